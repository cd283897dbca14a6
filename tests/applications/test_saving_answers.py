"""What is typed is kept; what somebody else changed is never overwritten unseen."""

from __future__ import annotations

import json
from typing import Any

import pytest
from district import make_account
from drafting import Case
from sqlalchemy import select

from evaluator.access import NotAllowed, Role
from evaluator.accounts.sessions import actor_of
from evaluator.applications.draft import Flaw
from evaluator.applications.models import Answer, ApplicationState, Origin
from evaluator.applications.typed import Typed
from evaluator.audit.models import AuditLine
from evaluator.web.errors import Refusal


def answers(case: Case) -> dict[str, tuple[Any, str, Origin]]:
    case.session.expire_all()
    found = case.session.scalars(select(Answer).order_by(Answer.id))
    return {each.fact: (each.value, each.reason, each.origin) for each in found}


def test_answers_are_kept_as_typed_and_count(case: Case) -> None:
    rows = [{"date": "2026-03-01", "topic": "学习", "rank": "high"}]
    case.save(visits=" 10 ", brand="true", lectures=rows)
    assert answers(case) == {
        "visits": ("10", "", Origin.GIVEN),
        "brand": ("true", "", Origin.GIVEN),
        "lectures": (rows, "", Origin.GIVEN),
    }
    found = case.draft().found
    assert found.assessment.value("points", "lectures") == 30_000
    assert found.assessment.value("points", "visits") == 50_000


def test_rubbish_is_kept_as_typed_with_its_message(case: Case) -> None:
    case.save(visits="十次")
    draft = case.draft()
    assert draft.sheet.answers["visits"].value == "十次"
    assert draft.flaw("visits") is Flaw.UNREADABLE
    assert draft.problems["visits"].zh == "填写的是“十次”，应填整数"


def test_a_saved_change_is_written_down_with_before_and_after(case: Case) -> None:
    case.save(visits="10")
    case.save(visits="12", brand="false")
    lines = case.session.scalars(select(AuditLine).order_by(AuditLine.number)).all()
    assert [each.action for each in lines] == ["application.save", "application.save"]
    line = lines[-1]
    assert (line.subject, line.subject_id) == ("application", case.application.id)
    assert (line.organisation_path, line.account_id) == (case.participant.path, case.officer.id)
    assert json.loads(line.before) == {"visits": {"value": "10", "origin": "given"}, "brand": None}
    assert json.loads(line.after) == {
        "visits": {"value": "12", "origin": "given"},
        "brand": {"value": "false", "origin": "given"},
    }


def test_saving_what_is_there_changes_nothing(case: Case) -> None:
    case.save(visits="10")
    version = case.application.answers[0].version
    case.save(visits="10")
    assert case.application.answers[0].version == version
    assert len(case.session.scalars(select(AuditLine)).all()) == 1


def test_two_who_change_the_same_field_are_shown_both_values(case: Case) -> None:
    seen = case.mark("visits")
    case.save(visits="10")
    editing = case.save(visits=Typed("20", was=seen), brand="true")
    (conflict,) = editing.conflicts.values()
    assert (conflict.theirs, conflict.mine.value) == ("10", "20")
    assert conflict.account_id == case.officer.id
    assert {name: each[0] for name, each in answers(case).items()} == {
        "visits": "10",
        "brand": "true",
    }


def test_a_conflict_is_settled_by_who_has_seen_the_other_value(case: Case) -> None:
    seen = case.mark("visits")
    case.save(visits="10")
    conflict = case.save(visits=Typed("20", was=seen)).conflicts["visits"]
    assert case.save(visits=Typed("20", was=conflict.mark)).conflicts == {}
    assert answers(case)["visits"][0] == "20"


def test_a_value_that_came_back_is_a_conflict_all_the_same(case: Case) -> None:
    case.save(visits="10")
    seen = case.mark("visits")
    case.save(visits="11")
    case.save(visits="10")
    editing = case.save(visits=Typed("12", was=seen))
    assert list(editing.conflicts) == ["visits"]


def test_without_a_mark_only_a_first_answer_is_taken(case: Case) -> None:
    assert case.save(visits=Typed("10")).conflicts == {}
    assert list(case.save(visits=Typed("11")).conflicts) == ["visits"]


def test_a_field_that_was_not_touched_is_left_to_whoever_changed_it(case: Case) -> None:
    case.save(visits="10")
    seen = case.mark("visits")
    case.save(visits="11")
    editing = case.save(visits=Typed("10", was=seen))
    assert (editing.conflicts, answers(case)["visits"][0]) == ({}, "11")


def test_two_who_type_the_same_do_not_differ(case: Case) -> None:
    seen = case.mark("visits")
    case.save(visits="10")
    assert case.save(visits=Typed("10", was=seen)).conflicts == {}


def test_a_correction_counts_with_its_reason_only(case: Case) -> None:
    case.save(meetings="4")
    assert case.draft().flaw("meetings") is Flaw.UNREASONED
    assert case.draft().found.assessment.value("points", "meetings") == 80_000
    case.save(meetings=Typed("4", "漏记一次", case.mark("meetings")))
    assert case.draft().flaw("meetings") is None
    assert case.draft().found.assessment.value("points", "meetings") == 100_000
    assert answers(case)["meetings"] == ("4", "漏记一次", Origin.CORRECTED)


@pytest.mark.parametrize("back", ["3", "", " 3 "])
def test_a_correction_is_withdrawn_by_what_is_known_or_nothing(case: Case, back: str) -> None:
    case.save(meetings=Typed("4", "漏记", case.mark("meetings")))
    case.save(meetings=Typed(back, "漏记", case.mark("meetings")))
    draft = case.draft()
    assert (draft.flaw("meetings"), draft.sheet.values()["meetings"]) == (None, "3")


def test_the_register_may_be_corrected_with_a_reason(case: Case) -> None:
    case.save(members=Typed("10", "已转出十人", case.mark("members")), visits="5")
    assert case.draft().found.assessment.value("points", "visits") == 50_000


def test_an_emptied_answer_is_missing_again(case: Case) -> None:
    case.save(visits="10")
    case.save(visits="")
    assert case.draft().flaw("visits") is Flaw.MISSING


def test_a_list_without_rows_is_missing_and_one_that_says_none_is_not(case: Case) -> None:
    case.save(lectures=None)
    assert case.draft().flaw("lectures") is Flaw.MISSING
    case.save(lectures=[])
    assert case.draft().flaw("lectures") is None


@pytest.mark.parametrize("name", ["attitude", "satisfied", "unknown"])
def test_what_others_give_is_not_taken_from_the_branch(case: Case, name: str) -> None:
    with pytest.raises(Refusal):
        case.save(**{name: Typed("5", "好", "0-")})
    case.session.rollback()
    assert answers(case) == {}


@pytest.mark.parametrize("state", [ApplicationState.SUBMITTED, ApplicationState.REVIEWED])
def test_what_was_submitted_is_not_changed(case: Case, state: ApplicationState) -> None:
    case.set_state(state)
    with pytest.raises(Refusal):
        case.save(visits="10")


def test_a_draft_is_not_changed_after_its_time(case: Case) -> None:
    case.close("self_assessment")
    with pytest.raises(Refusal):
        case.save(visits="10")


def test_a_returned_application_is_mended_until_the_review_closes(case: Case) -> None:
    case.set_state(ApplicationState.RETURNED)
    case.close("self_assessment")
    case.save(visits="10")
    case.close("committee_review")
    with pytest.raises(Refusal):
        case.save(visits="11")
    case.session.rollback()
    assert answers(case)["visits"][0] == "10"


def test_another_branch_and_a_reviewer_change_nothing(case: Case) -> None:
    west = make_account(case.session, Role.BRANCH_OFFICER, case.district.west_one)
    reviewer = make_account(case.session, Role.COMMITTEE_REVIEWER, case.district.east)
    for account in (west, reviewer):
        with pytest.raises(NotAllowed):
            case.save(actor_of(account, ""), visits="10")
        case.session.rollback()
    assert answers(case) == {}
