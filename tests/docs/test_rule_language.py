"""docs/rule-language.md: its examples hold, its tables are complete, its links lead somewhere."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path

import pytest
from constructs import CONSTRUCTS
from document_examples import DOCUMENT, examples, write, write_cases
from key_tables import documented_nodes, with_tables
from language_nodes import nodes_below

from evaluator.rule_cases import organisation_of, score_cases
from evaluator.scoring.round import Category, score_round
from rules import testing
from rules.checks import check
from rules.describe.document import document
from rules.formula import FUNCTIONS
from rules.loader import load_rule_set
from rules.numbers import points_text
from rules.problems import RuleErrors
from rules.syntax import RuleSet
from rules.testing import run_cases
from rules.yaml_reader import Mapping, Sequence, read_yaml

TEXT = DOCUMENT.read_text(encoding="utf-8")
EXAMPLES = examples()


def of_kind(kind: str) -> list[str]:
    return [name for name, each in EXAMPLES.items() if kind in each.blocks]


def problems_of(path: Path) -> list[str]:
    try:
        return [str(each) for each in check(load_rule_set(path))]
    except RuleErrors as error:
        return [str(each) for each in error.problems]


@pytest.mark.parametrize("name", of_kind("example"))
def test_example_is_right_and_can_be_said_in_words(name: str, tmp_path: Path) -> None:
    path = write(EXAMPLES[name], tmp_path)
    assert problems_of(path) == []
    assert [document(load_rule_set(path), each)[:2] for each in ("zh", "en")] == ["# ", "# "]


@pytest.mark.parametrize("name", [name for name in of_kind("example") if EXAMPLES[name].cases])
def test_cases_of_an_example_hold(name: str, tmp_path: Path) -> None:
    write(EXAMPLES[name], tmp_path)
    results = run_cases(write_cases(EXAMPLES[name], tmp_path), score_cases)
    assert [(each.case.name, each.differences) for each in results if each.differences] == []
    assert results != []


@pytest.mark.parametrize("name", [name for name in of_kind("example") if EXAMPLES[name].round])
def test_round_of_an_example_comes_to_the_stated_results(name: str, tmp_path: Path) -> None:
    category = Category(load_rule_set(write(EXAMPLES[name], tmp_path)))
    entries = read_yaml(EXAMPLES[name].round)
    assert isinstance(entries, Sequence)
    members, expected = [], []
    for each in entries:
        assert isinstance(each, Mapping)
        facts, expect = each["facts"], each["expect"]
        organisation = organisation_of({**each, "category": "example"})
        members.append((organisation, facts))
        expected.append((organisation.id, dict(expect)))  # type: ignore[arg-type]
    found = score_round({"example": category}, members)  # type: ignore[arg-type]
    said = []
    for result, (_, expect) in zip(found.results, expected, strict=True):
        assert result.assessment is not None
        assert result.decision is not None
        index = result.decision.index
        known = {
            "level": "none" if index < 0 else category.levels.levels[index].id,
            "total": points_text(result.assessment.total),
        }
        said.append((result.organisation.id, {key: known[key] for key in expect}))
    assert said == expected


@pytest.mark.parametrize("name", of_kind("refused"))
def test_refused_example_is_refused_in_the_stated_words(name: str, tmp_path: Path) -> None:
    problems = problems_of(write(EXAMPLES[name], tmp_path))
    stated = " ".join(EXAMPLES[name].refused.split())
    # The frame around an example moves its lines.
    found = [re.sub(r"\(line \d+\)", "(line …)", each.partition(": ")[2]) for each in problems]
    assert found == [stated]


def test_every_example_states_what_it_brings() -> None:
    bare = [name for name in of_kind("example")
            if not (EXAMPLES[name].cases or EXAMPLES[name].round)]  # fmt: skip
    assert bare == ["targets", "procedure"]


def test_tables_of_keys_are_those_of_the_code() -> None:
    assert with_tables(TEXT) == TEXT


def test_every_node_of_the_language_has_a_table() -> None:
    assert sorted(documented_nodes(TEXT)) == sorted(nodes_below(RuleSet, {}))


def test_every_key_of_the_language_is_in_a_table() -> None:
    keys = {
        str(each.metadata.get("key", each.name))
        for name in nodes_below(RuleSet, {})
        for each in dataclasses.fields(getattr(sys.modules["rules.syntax"], name))
        if each.name != "where"
    }
    assert sorted(key for key in keys if f"| `{key}` |" not in TEXT) == []


def test_every_function_is_in_the_table() -> None:
    assert [name for name in FUNCTIONS if f"| `{name}` |" not in TEXT] == []


def test_every_key_of_a_case_file_is_explained() -> None:
    keys = {*testing._FILE_KEYS, *testing._CASE_KEYS, *testing._EXPECTED}
    section = section_of("cases")
    assert sorted(key for key in keys if f"`{key}`" not in section) == []


def anchors() -> list[str]:
    """Return the anchor of every heading, as GitHub makes it."""
    titles = re.findall(
        r"^#{1,6} (.+)$", re.sub(r"^```.*?^```$", "", TEXT, flags=re.S | re.M), re.M
    )
    return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]


def section_of(anchor: str) -> str:
    """Return the text of a section, up to the next heading of its rank."""
    start = anchors().index(anchor)
    heads = [match.start() for match in re.finditer(r"^#{1,6} .+$", without_code(), re.M)]
    return TEXT[heads[start] : heads[start + 1] if start + 1 < len(heads) else None]


def without_code() -> str:
    """Return the document with code blanked out, at the same length."""
    return re.sub(r"^```.*?^```$", lambda match: re.sub(r"[^\n]", " ", match[0]), TEXT,
                  flags=re.S | re.M)  # fmt: skip


def test_anchors_are_unique() -> None:
    assert sorted(set(anchors())) == sorted(anchors())


def test_every_link_inside_the_document_leads_to_a_section() -> None:
    assert sorted(set(re.findall(r"\]\(#([^)]+)\)", TEXT)) - set(anchors())) == []


def rows_of_the_map() -> list[list[str]]:
    lines = TEXT.splitlines()
    start = lines.index("<!-- constructs -->")
    end = lines.index("<!-- end of constructs -->")
    rows = [line.strip("|").split(" | ") for line in lines[start + 3 : end]]
    return [[cell.strip() for cell in row] for row in rows]


def test_map_names_every_construct_in_order() -> None:
    assert [row[0] for row in rows_of_the_map()] == CONSTRUCTS


def test_map_gives_every_construct_a_spelling_and_a_section() -> None:
    cells = [(len(row), bool(row[1]), bool(re.search(r"\]\(#[^)]+\)", row[2])))
             for row in rows_of_the_map()]  # fmt: skip
    assert set(cells) == {(3, True, True)}
