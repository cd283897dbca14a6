"""The published timetable: branch and panellists read their own times, and changes alone again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from district import make_account
from flask.testing import FlaskClient
from hearing import Hearing, make_sitting
from sqlalchemy import select

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.defences.models import Sitting
from evaluator.outbox.models import Letter, LetterState
from evaluator.rounds.calendar import ZONE

Browsers = Callable[[Account], FlaskClient]
ADDRESS = "/defence/timetable/publish"


@pytest.fixture
def organiser(hearing: Hearing, browser_of: Browsers) -> FlaskClient:
    """Return an organiser; both branches have an officer, both cases a time."""
    session = hearing.session
    for place in (hearing.district.east_one, hearing.district.east_two):
        make_account(session, Role.BRANCH_OFFICER, place)
    session.delete(session.scalars(select(Sitting)).one())
    session.commit()
    for number, case in enumerate(hearing.cases):
        make_sitting(session, case, datetime(2027, 3, 8, 9, 20 * number, tzinfo=ZONE))
    return browser_of(make_account(session, Role.ORGANISER, hearing.district.root))


def letters(hearing: Hearing, state: LetterState = LetterState.HELD) -> dict[str, Letter]:
    """Return the letters in a state by the log-in names of their readers."""
    hearing.session.expire_all()
    query = select(Letter).where(Letter.state == state).order_by(Letter.id)
    return {
        each.account.login_name: each for each in hearing.session.scalars(query) if each.account
    }


def test_branch_reads_its_own_time_and_no_other(hearing: Hearing, organiser: FlaskClient) -> None:
    assert organiser.post(ADDRESS).status_code == 302
    letter = letters(hearing)["branch_officer_e2"]
    assert letter.title == "东二社区党支部答辩时间和地点"
    assert letter.text == "2027年3月8日星期一 09:20—09:40，地点：101，东二社区党支部"


def test_panellist_reads_all_of_its_hearings_in_order(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    hearing.cases[1].seats.pop()
    hearing.session.commit()
    organiser.post(ADDRESS)
    found = letters(hearing)
    assert sorted(found) == ["branch_officer_e1", "branch_officer_e2", "评委0", "评委1", "评委2"]
    assert found["评委0"].title == "您参加的答辩场次：2场"
    assert found["评委0"].text.splitlines() == [
        "2027年3月8日星期一 09:00—09:20，地点：101，东一社区党支部",
        "2027年3月8日星期一 09:20—09:40，地点：101，东二社区党支部",
    ]
    assert "东二社区党支部" not in found["评委2"].text
    assert found["评委0"].organisation_path == hearing.district.root.path


def test_reader_of_english_reads_english(hearing: Hearing, organiser: FlaskClient) -> None:
    hearing.accounts[0].language = "en"
    hearing.session.commit()
    organiser.post(ADDRESS)
    letter = letters(hearing)["评委0"]
    assert letter.title == "Your hearings at the defence: 2"
    assert letter.text.startswith("Monday, March 8, 2027, 09:00–09:20, room 101: ")


def test_publishing_again_without_a_change_is_refused(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    assert organiser.post(ADDRESS).status_code == 409
    assert len(letters(hearing)) == 5


def test_only_changed_times_are_told_again(hearing: Hearing, organiser: FlaskClient) -> None:
    organiser.post(ADDRESS)
    letters(hearing)["branch_officer_e2"].state = LetterState.SENT
    sitting = hearing.session.scalars(select(Sitting).order_by(Sitting.id.desc())).first()
    assert sitting is not None
    sitting.room = "202"
    hearing.session.commit()
    organiser.post(ADDRESS)
    assert set(letters(hearing, LetterState.WITHDRAWN)) == {"评委0", "评委1", "评委2"}
    found = letters(hearing)
    assert sorted(found) == ["branch_officer_e1", "branch_officer_e2", "评委0", "评委1", "评委2"]
    assert found["branch_officer_e2"].title == "（有调整）东二社区党支部答辩时间和地点"
    assert found["branch_officer_e1"].title == "东一社区党支部答辩时间和地点"


def test_letter_of_a_hearing_that_is_no_more_is_taken_back(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    hearing.session.delete(last_sitting(hearing))
    hearing.session.commit()
    organiser.post(ADDRESS)
    assert "branch_officer_e2" not in letters(hearing)
    assert "branch_officer_e2" in letters(hearing, LetterState.WITHDRAWN)


def test_changed_letter_says_what_changed_and_what_holds(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    let_go(hearing)
    sitting = last_sitting(hearing)
    sitting.room = "202"
    sitting.starts_at, sitting.ends_at = (
        each + timedelta(hours=1) for each in (sitting.starts_at, sitting.ends_at)
    )
    hearing.session.commit()
    organiser.post(ADDRESS)
    found = letters(hearing)
    assert sorted(found) == ["branch_officer_e2", "评委0", "评委1", "评委2"]
    moved = (
        "改期：2027年3月8日星期一 10:20—10:40，地点：202，东二社区党支部"
        "（原定2027年3月8日星期一 09:20—09:40，地点：101）"
    )
    assert found["branch_officer_e2"].text == moved
    assert found["评委0"].text.splitlines() == [
        moved,
        "",
        "调整后的全部场次：",
        "2027年3月8日星期一 09:00—09:20，地点：101，东一社区党支部",
        "2027年3月8日星期一 10:20—10:40，地点：202，东二社区党支部",
    ]


def test_panellist_without_a_hearing_any_more_is_told_by_time_alone(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    for case in hearing.cases[1:]:
        case.seats.pop()
    hearing.session.commit()
    organiser.post(ADDRESS)
    let_go(hearing)
    hearing.cases[0].seats.pop()
    hearing.session.commit()
    organiser.post(ADDRESS)
    assert sorted(letters(hearing)) == ["评委2"]
    letter = letters(hearing)["评委2"]
    assert letter.title == "（有调整）您参加的答辩场次已全部取消或调整"
    assert letter.text.splitlines() == [
        "取消（不再参加）：原定2027年3月8日星期一 09:00—09:20，地点：101",
        "",
        "目前没有为您安排答辩场次。",
    ]
    let_go(hearing)
    assert organiser.post(ADDRESS).status_code == 409


def test_branch_whose_hearing_is_cancelled_is_told(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    let_go(hearing)
    hearing.session.delete(last_sitting(hearing))
    hearing.session.commit()
    organiser.post(ADDRESS)
    assert sorted(letters(hearing)) == ["branch_officer_e2", "评委0", "评委1", "评委2"]
    assert letters(hearing)["branch_officer_e2"].text.startswith("取消（不再参加）：原定2027年")


def test_time_that_is_changed_back_before_anybody_was_told_needs_no_letter(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    let_go(hearing)
    sitting = last_sitting(hearing)
    sitting.room = "202"
    hearing.session.commit()
    organiser.post(ADDRESS)
    last_sitting(hearing).room = "101"
    hearing.session.commit()
    organiser.post(ADDRESS)
    assert letters(hearing) == {}
    assert len(letters(hearing, LetterState.WITHDRAWN)) == 4


def test_letter_that_was_edited_is_not_written_again(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post(ADDRESS)
    for each in letters(hearing).values():
        each.text += "\n请提前一刻钟到场。"
        each.state = LetterState.SENT
    hearing.session.commit()
    assert organiser.post(ADDRESS).status_code == 409


def let_go(hearing: Hearing) -> None:
    """Let all held letters go."""
    for each in letters(hearing).values():
        each.state = LetterState.SENT
    hearing.session.commit()


def last_sitting(hearing: Hearing) -> Sitting:
    """Return the sitting of the second case."""
    query = select(Sitting).where(Sitting.case_id == hearing.cases[1].id)
    return hearing.session.scalars(query).one()
