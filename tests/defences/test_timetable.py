"""The timetable on its pages: made, told why not, moved by hand, handed out, called out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pypdf
import pytest
from counting import queries_of
from district import make_account
from flask.testing import FlaskClient
from hearing import Hearing, make_case, make_hearing, make_panellist, make_sitting
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.defences.models import DefencePlan, Sitting, SittingState
from evaluator.panels.models import Panel, Relation, Tie
from evaluator.rounds.calendar import ZONE

Browsers = Callable[[Account], FlaskClient]
PLAN = {
    "rooms": "101\r\n102",
    "days": "2027-03-08",
    "begins": "09:00",
    "ends": "12:00",
    "report": "10",
    "questions": "10",
    "breaks": "10:00-10:15",
    "version": "0",
}


@pytest.fixture
def organiser(hearing: Hearing, browser_of: Browsers) -> FlaskClient:
    account = make_account(hearing.session, Role.ORGANISER, hearing.district.root)
    return browser_of(account)


def times(hearing: Hearing) -> list[tuple[int, str, str]]:
    hearing.session.expire_all()
    query = select(Sitting).order_by(Sitting.starts_at)
    return [
        (each.case_id, each.room, f"{each.starts_at.astimezone(ZONE):%m-%d %H:%M}")
        for each in hearing.session.scalars(query)
    ]


def test_organiser_makes_a_timetable(hearing: Hearing, organiser: FlaskClient) -> None:
    first, second = (each.id for each in hearing.cases)
    assert organiser.post("/defence/timetable/plan", data=PLAN).status_code == 302
    assert times(hearing) == [(first, "101", "03-08 09:00"), (second, "101", "03-08 09:20")]
    page = organiser.get("/defence/timetable/plan").get_data(as_text=True)
    assert "10:00-10:15" in page


def test_cases_that_have_a_time_stay_where_that_is_wanted(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    before = times(hearing)
    organiser.post("/defence/timetable/plan", data={**PLAN, "keep": "y"})
    assert times(hearing)[:1] == before
    assert len(times(hearing)) == 2


def test_page_tells_why_a_case_has_no_time(hearing: Hearing, organiser: FlaskClient) -> None:
    hearing.cases[1].position = None
    hearing.session.commit()
    organiser.post("/defence/timetable/plan", data={**PLAN, "ends": "09:20"})
    page = organiser.get("/defence/timetable").get_data(as_text=True)
    assert "尚无答辩顺序，请先抽签" in page
    hearing.cases[1].position = 2
    hearing.session.commit()
    page = organiser.get("/defence/timetable").get_data(as_text=True)
    assert "该评审组的党组织多于可用时段" in page


@pytest.mark.parametrize(
    "wrong", [{"days": "8 March"}, {"breaks": "noon"}, {"ends": "08:00"}, {"rooms": " "}]
)
def test_settings_that_cannot_be_read_are_told_at_their_field(
    hearing: Hearing, organiser: FlaskClient, wrong: dict[str, str]
) -> None:
    before = times(hearing)
    answer = organiser.post("/defence/timetable/plan", data={**PLAN, **wrong})
    assert (answer.status_code, times(hearing)) == (422, before)
    assert "is-invalid" in answer.get_data(as_text=True)


def test_two_who_plan_at_once_do_not_overwrite_each_other(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post("/defence/timetable/plan", data=PLAN)
    made = times(hearing)
    late = organiser.post("/defence/timetable/plan", data={**PLAN, "begins": "10:00"})
    assert (late.status_code, times(hearing)) == (409, made)


def test_case_is_moved_by_hand_where_nothing_clashes(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post("/defence/timetable/plan", data=PLAN)
    first, second = (each.id for each in hearing.cases)
    version = hearing.session.scalars(
        select(Sitting.version).where(Sitting.case_id == second)
    ).one()
    sent = {"room": "102", "day": "2027-03-08", "begins": "09:10", "minutes": "20"}
    sent |= {"version": str(version)}
    answer = organiser.post(f"/defence/sittings/{second}", data=sent)
    assert (answer.status_code, "评委0、评委1、评委2" in answer.get_data(as_text=True)) == (
        422,
        True,
    )
    hearing.session.expire_all()
    answer = organiser.post(f"/defence/sittings/{second}", data={**sent, "begins": "11:00"})
    assert answer.status_code == 302
    assert times(hearing)[1] == (second, "102", "03-08 11:00")
    stale = organiser.post(f"/defence/sittings/{first}", data={**sent, "version": "9"})
    assert stale.status_code == 409


def test_handout_has_the_timetable_and_a_page_on_each_case(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    organiser.post("/defence/timetable/plan", data=PLAN)
    answer = organiser.get(f"/defence/handouts/{hearing.panel.id}/2027-03-08.pdf")
    pages = [each.extract_text() for each in pypdf.PdfReader(BytesIO(answer.data)).pages]
    assert len(pages) == 3
    assert answer.headers["Content-Disposition"].isascii()
    assert "09:20–09:40" in pages[0]
    assert ["东一社区党支部" in each for each in pages] == [True, True, False]
    assert organiser.get(f"/defence/handouts/{hearing.panel.id}/2027-03-09.pdf").status_code == 404


def test_own_handout_leaves_out_what_a_conflict_hides(
    hearing: Hearing, browser_of: Browsers
) -> None:
    tie = Tie(organisation_id=hearing.district.east_two.id, relation=Relation.DECLARED)
    hearing.panellists[1].ties.append(tie)
    hearing.session.commit()
    browser = browser_of(hearing.accounts[1])
    reader = pypdf.PdfReader(BytesIO(browser.get("/defence/mine.pdf").data))
    told = "".join(each.extract_text() for each in reader.pages)
    assert [name in told for name in ("东一社区", "东二社区")] == [True, False]
    for address in ("/defence/mine", "/defence/board"):
        assert "东二社区" not in browser.get(address).get_data(as_text=True)
    assert browser.get(f"/defence/cases/{hearing.cases[1].id}").status_code == 404


def test_call_board_is_there_for_whoever_has_its_address(
    hearing: Hearing, organiser: FlaskClient, client: FlaskClient
) -> None:
    organiser.post("/defence/timetable/plan", data={**PLAN, "keep": "y"})
    key = hearing.session.scalars(select(DefencePlan.board_key)).one()
    answer = client.get(f"/call-board/{key}")
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "15")
    page = answer.get_data(as_text=True)
    assert [word in page for word in ("第1号", "东一社区党支部", "101", "评委", "E1")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert organiser.post("/defence/board/renew").status_code == 302
    assert client.get(f"/call-board/{key}").status_code == 404
    assert client.get("/call-board/").status_code == 404


def test_board_of_a_branch_shows_its_own_case_alone(hearing: Hearing, browser_of: Browsers) -> None:
    make_sitting(hearing.session, hearing.cases[1], now())
    officer = make_account(hearing.session, Role.BRANCH_OFFICER, hearing.district.east_one)
    page = browser_of(officer).get("/defence/board").get_data(as_text=True)
    assert [name in page for name in ("东一社区", "东二社区")] == [True, False]


def test_board_shows_who_is_heard_now(hearing: Hearing, organiser: FlaskClient) -> None:
    sitting = hearing.session.scalars(select(Sitting)).one()
    sitting.state, sitting.starts_at = SittingState.QUESTIONS, datetime(2026, 1, 5, 9, tzinfo=ZONE)
    hearing.session.commit()
    page = organiser.get("/defence/board").get_data(as_text=True)
    assert ["正在进行" in page, "提问中" in page] == [True, True]


@pytest.mark.parametrize("address", ["/defence/mine", "/defence/timetable", "/defence/board"])
def test_lists_ask_as_often_for_three_cases_as_for_one(
    session: Session, browser_of: Browsers, address: str
) -> None:
    hearing = make_hearing(session, branches=1)
    role = Role.ORGANISER if address.endswith("timetable") else Role.PANELLIST
    account = hearing.accounts[0]
    if role is Role.ORGANISER:
        account = make_account(session, role, hearing.district.root)
    browser = browser_of(account)
    browser.get(address)
    one = queries_of(lambda: browser.get(address))
    places = (hearing.district.east_two, hearing.district.west_one)
    for position, branch in enumerate(places, 2):
        case = make_case(session, hearing.made, hearing.panel, branch, hearing.panellists, position)
        make_sitting(session, case, now(), f"10{position}")
    session.expire_all()
    assert queries_of(lambda: browser.get(address)) == one


def test_panels_that_share_somebody_are_heard_one_after_the_other(
    hearing: Hearing, organiser: FlaskClient
) -> None:
    other = Panel(round_id=hearing.made.id, name="第二评审组")
    hearing.session.add(other)
    hearing.session.flush()
    people = [
        hearing.panellists[2],
        make_panellist(hearing.session, hearing.district.root, "新评委"),
    ]
    west = make_case(hearing.session, hearing.made, other, hearing.district.west_one, people, 1)
    organiser.post("/defence/timetable/plan", data=PLAN)
    starts = [when for case, _, when in times(hearing) if case == west.id]
    assert starts == ["03-08 09:40"]
