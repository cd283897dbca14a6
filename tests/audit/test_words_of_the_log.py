"""Whatever the subjects write into the log has words in both languages."""

from __future__ import annotations

import ast

import pytest
from district import make_rule_set
from flask import Flask
from sqlalchemy import Enum
from sqlalchemy.orm import Session
from written_actions import ROOT, Module, Unknown, modules, writers, written_actions

from evaluator.applications.procedure import Act
from evaluator.audit.action_words import ACTING, ACTIONS, SUBJECTS
from evaluator.audit.differences import as_text
from evaluator.audit.field_words import FIELDS
from evaluator.audit.models import AuditLine
from evaluator.audit.operations import canonical
from evaluator.audit.value_words import VALUES
from evaluator.audit.words import action_words
from evaluator.database import Base
from evaluator.reviews.case import Standing

WRITES = ("write_line(", "audit(", "log_known_facts(", "LinesAbout[")
NOT_OF_THE_LOG = frozenset(
    {
        *("account_id", "brought_at", "fact", "known_as", "organisation_id", "participant_id"),
        *("after", "before", "organisation_path", "subject", "subject_id"),
        *("key_share", "synchronize_session", "others", "parts"),
        *("details", "what", "written_at", "group_", "group_en", "text_en"),
        *("changed_at", "confirmed_at", "proposed_at"),
    }
)
"""Keys of dictionaries there that are columns, arguments of calls, or fields with mistakes."""


def writing_modules() -> list[Module]:
    apart = ("audit", "commands", "api")
    return [
        module
        for module in modules()
        if module.subject not in apart
        and any(each in module.path.read_text("utf-8") for each in WRITES)
    ]


def written_names(found: list[Module]) -> dict[str, str]:
    """Return the keys of all dictionaries in the modules that write lines."""
    return {
        key.value: f"{module.path}:{key.lineno}"
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def test_every_action_has_words_and_no_words_lack_an_action(app: Flask) -> None:
    actions = {*written_actions(modules()), *(f"application.{act}" for act in Act)}
    assert sorted(set(actions) - set(ACTIONS)) == []
    assert sorted(set(ACTIONS) - set(actions)) == []
    assert sorted({each.partition(".")[0] for each in actions} - set(ACTING)) == []


def test_every_subject_of_a_line_has_words() -> None:
    made = {subject for module in writing_modules() for _, subject in writers(module)}
    subjects = made | {
        node.value
        for module in writing_modules()
        for call, _around in module.calls
        for keyword in call.keywords
        if keyword.arg == "subject"
        for node in ast.walk(keyword.value)
        if isinstance(node, ast.Constant)
    }
    assert subjects == set(SUBJECTS)


def test_every_name_of_a_value_has_words() -> None:
    names = written_names(writing_modules())
    missing = {name: place for name, place in names.items() if name not in FIELDS}
    assert {name: place for name, place in missing.items() if name not in NOT_OF_THE_LOG} == {}


def test_every_state_of_a_row_has_words(app: Flask) -> None:
    states = {
        value
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if column.key == "state" and isinstance(column.type, Enum)
        for value in column.type.enums
    }
    assert "on_notice" in states
    assert sorted(states - set(VALUES["state"])) == []


def test_every_standing_that_is_decided_on_has_words() -> None:
    written = {each.value for each in Standing} - {Standing.ELSEWHERE.value}
    assert sorted(written - set(VALUES["state"])) == []


def test_words_are_there_in_both_languages() -> None:
    found = [*SUBJECTS.values(), *ACTING.values(), *ACTIONS.values(), *FIELDS.values()]
    found += [words for each in VALUES.values() for words in each.values()]
    assert [words for words in found if not (words.zh.strip() and words.en.strip())] == []


@pytest.mark.parametrize(
    "source",
    [
        'def act(session, verb):\n    write_line(session, action=f"round.{verb()}")\n',
        "def act(session, **more):\n    write_line(session, **more)\n",
    ],
)
def test_action_that_the_source_does_not_tell_is_named(tmp_path: object, source: str) -> None:
    path = ROOT / "evaluator" / "rounds" / "operations.py"
    module = Module(path)
    module.tree = ast.parse(source)
    with pytest.raises(Unknown, match=r"operations\.py"):
        written_actions([module])


def test_line_is_told_in_words(session: Session, app: Flask) -> None:
    make_rule_set(session)
    line = AuditLine(
        action="review.decide",
        before=canonical({"state": "accepted", "facts": {"services": "6"}}),
        after=canonical(
            {
                "indicator": "brand",
                "state": "to_mend",
                "facts": {"services": "7"},
                "calendar": {"appraisal": "2026-01-01T16:00:00+00:00 – 2026-01-02T16:00:00+00:00"},
                "login_name": "branch",
            }
        ),
    )
    with app.test_request_context(headers={"Accept-Language": "zh"}):
        assert action_words(line.action) == "初审 · 审核指标"
        assert as_text(line) == (
            "数据: 志愿服务次数: 6 → 志愿服务次数: 7; 状态: 已认可 → 需补正; "
            "日程: 民主测评: 2026-01-02 00:00:00 – 2026-01-03 00:00:00; "
            "指标: 党建品牌; 用户名: branch"
        )
