"""What is wrong with a rule set is said in Chinese, with the same values as in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from district import RULES, make_account, make_district
from factories import ROOT
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.problem_sentences import said, said_in_chinese
from rules.checks import check
from rules.loader import load_rule_set
from rules.problems import RuleErrors

WRONG = ROOT / "tests" / "rules" / "wrong"
QUOTED = re.compile(r'`[^`]*`|“[^”]*”|"[^"]*"|\[[^\]]*\]')
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
WRITERS = frozenset({"Problem", "refuse", "error", "_error", "Flaw", "flawed"})
COMPOSED = {
    '"x" ends below x and "x" begins at x: x. Write `below: x`, or leave `below` out: a band ends '
    "where the next one begins.",
    'the quota "x" does not say x. Add `x:` with one of x.',
    'x has share: "x"; allowed is a share above 0% and up to 100%, such as 10%.x',
    '"x" counts in "x" (line x) and again in the x "x". x`reused: WHY` on the fact says that it is '
    "meant to count in both.",
    "this x holds: the value lies between x and x. Change what it is compared with, or the bounds "
    "of the fact.x",
    "found x; allowed is x.",
    'found "x"; allowed is x.x',
    "found x; allowed is x.x",
    "x Add `x: …`.",
}
"""Sentences of which parts are written elsewhere; the corpus has each of their forms."""


@cache
def messages() -> dict[str, str]:
    """Return every message of the corpus of wrong files, with the file that it is of."""
    found = {}
    for path in sorted(WRONG.rglob("*.yaml")):
        try:
            problems = check(load_rule_set(path)) if path.name != "parent.yaml" else []
        except RuleErrors as error:
            problems = error.problems
        found.update({each.message: path.name for each in problems})
    return found


def test_every_problem_of_the_corpus_has_chinese() -> None:
    assert len(messages()) > 150
    assert {text for text in messages() if said_in_chinese(text) is None} == set()


def test_no_english_is_left_but_what_a_rule_set_is_written_in() -> None:
    chinese = {text: said_in_chinese(text) or "" for text in messages()}
    assert {each for each in chinese.values() if ENGLISH.search(QUOTED.sub("", each))} == set()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            'the level "none" has the name of the fact on line 12; each name may stand once. '
            "Rename one of them.",
            "星级“none”与第12行的数据重名；名称不能重复，请修改其一。",
        ),
        (
            'found "asekd"; allowed is one of asked, review. Did you mean "asked"?',
            "填写的是“asekd”，可填其中之一：asked, review。是否应为“asked”？",
        ),
        ("total: expected 90, found 88.5", "`total`：应为90，实际为88.5"),
    ],
)
def test_values_are_those_of_the_english(english: str, chinese: str) -> None:
    assert said_in_chinese(english) == chinese


def test_what_has_no_chinese_is_shown_as_english() -> None:
    found = said("nobody ever wrote this", "zh")
    assert (found.words, found.language) == ("nobody ever wrote this", "en")
    assert said("the rule is empty.", "en").words == "the rule is empty."


def written() -> Iterator[str]:
    """Yield the sentences in the sources of the rule language, an x for each value."""
    for path in sorted((ROOT / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in WRITERS:
                yield from (text for each in node.args if " " in (text := _text(each)))


def _name(call: ast.expr) -> str:
    function = call.func if isinstance(call, ast.Call) else call
    return getattr(function, "id", getattr(function, "attr", ""))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(_text(each) if isinstance(each, ast.Constant) else _hole(each) for each in parts)


def _hole(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.FormattedValue) else node
    return "" if _name(value) == "nearest" else "x"


def test_every_sentence_of_the_sources_has_chinese() -> None:
    found = set(written())
    assert len(found) > 100
    assert {each for each in found - COMPOSED if said_in_chinese(each) is None} == set()


def test_page_says_it_in_the_language_of_the_reader(
    session: Session, browser_of: Callable[[Account], FlaskClient], tmp_path: Path
) -> None:
    district = make_district(session)
    client = browser_of(make_account(session, Role.ORGANISER, district.root))
    text = RULES.replace("points: 40\n    indicators", "points: 41\n    indicators")
    client.post("/rule-sets", data={"files": [(BytesIO(text.encode()), "rules.yaml")]})
    number = session.scalars(select(StoredRuleSet.id)).one()
    page = client.get(f"/rule-sets/{number}").text
    assert page.count("“life”为41分，所属指标合计40分，两者应相等。") == 2
    assert "Make the two equal" not in page
    client.post("/language", data={"language": "en", "next": "/"})
    assert "Make the two equal" in client.get(f"/rule-sets/{number}").text
