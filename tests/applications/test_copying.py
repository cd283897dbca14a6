"""Last year's answers are taken over to be confirmed, and count from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from drafting import COMPLETE, Case, make_case
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.applications.draft import Flaw
from evaluator.applications.models import ApplicationState, Origin
from evaluator.applications.operations import copy_last_year
from evaluator.applications.typed import Typed
from evaluator.database import now
from evaluator.records.models import KnownFact
from evaluator.rounds.models import RoundState
from evaluator.web.errors import Refusal


@pytest.fixture
def case(session: Session) -> Case:
    """Return this year's branch; last year it had filled in everything."""
    former = make_case(session, 2025)
    former.save(**COMPLETE)
    former.save(meetings=Typed("4", "漏记", former.mark("meetings")))
    former.round.state = RoundState.CLOSED
    session.commit()
    return make_case(session, 2026, former.district)


def copied(case: Case) -> int:
    count = copy_last_year(case.session, case.actor, participant=case.participant, ready=case.ready)
    case.session.commit()
    return count


def test_copied_answers_are_marked_and_do_not_count(case: Case) -> None:
    assert copied(case) == 4
    draft = case.draft()
    assert {name: each.origin for name, each in draft.sheet.answers.items()} == dict.fromkeys(
        COMPLETE, Origin.COPIED
    )
    assert [each.flaw for each in draft.open()] == [Flaw.UNCONFIRMED] * 4
    assert draft.sheet.values() == {"meetings": "3"}


def test_what_is_known_or_said_this_year_is_not_copied_over(case: Case) -> None:
    case.save(visits="99")
    case.session.add(
        KnownFact(
            organisation_id=case.district.east_one.id,
            year=2026,
            fact="brand",
            value="false",
            source="record: brands",
            as_of=date(2026, 1, 1),
            brought_at=now(),
        )
    )
    case.session.commit()
    assert copied(case) == 2
    answers = case.draft().sheet.answers
    assert {name: each.value for name, each in answers.items()} == {
        "visits": "99",
        "lectures": COMPLETE["lectures"],
        "clean": "true",
    }


def test_copying_again_adds_nothing(case: Case) -> None:
    assert (copied(case), copied(case)) == (4, 0)


def test_a_confirmed_answer_counts_and_a_changed_one_is_ones_own(case: Case) -> None:
    copied(case)
    case.save(
        visits=Typed("10", was=case.mark("visits"), confirmed=True), brand="false", clean="true"
    )
    answers = case.draft().sheet.answers
    assert {name: each.origin for name, each in answers.items()} == {
        "visits": Origin.GIVEN,
        "brand": Origin.GIVEN,
        "clean": Origin.COPIED,
        "lectures": Origin.COPIED,
    }


def test_unconfirmed_answers_are_not_copied_on(case: Case, session: Session) -> None:
    copied(case)
    case.round.state = RoundState.CLOSED
    session.commit()
    assert copied(make_case(session, 2027, case.district)) == 0


def test_nothing_is_copied_into_what_was_submitted(case: Case) -> None:
    case.set_state(ApplicationState.SUBMITTED)
    with pytest.raises(Refusal):
        copied(case)


def test_the_page_offers_copying_where_there_is_a_last_year(
    case: Case, browser_of: Callable[[Account], FlaskClient]
) -> None:
    client = browser_of(case.officer)
    assert "复制去年填报内容" in client.get(case.address()).get_data(as_text=True)
    answer = client.post(case.address("/copy"), follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "已复制4项去年的填报内容" in page
    assert "复制自去年，请确认或修改" in page


def test_without_a_last_year_there_is_nothing_to_copy(session: Session) -> None:
    assert copied(make_case(session, 2024)) == 0
