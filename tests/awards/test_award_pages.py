"""The pages of awards: each reader sees its own place; what is proposed stays with organisers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from awarded import Ended, make_ended
from counting import queries_of
from district import make_account, make_organisation, make_participant
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.awards.changing import propose
from evaluator.awards.models import Award, FollowUpTask
from evaluator.awards.ready import ready_on
from evaluator.database import now
from evaluator.notices.calendar import day_of

Browse = Callable[[Account], FlaskClient]
NAMES = {"E1": "东一社区党支部", "E2": "东二社区党支部", "W1": "西一社区党支部"}


@pytest.fixture
def ended(session: Session) -> Ended:
    return make_ended(session)


@pytest.fixture
def awards(ended: Ended) -> dict[str, Award]:
    return ended.award_all()


@pytest.fixture
def organiser(ended: Ended, browser_of: Browse) -> FlaskClient:
    return browser_of(ended.organiser)


def seen(client: FlaskClient, address: str = "/awards") -> set[str]:
    page = client.get(address)
    assert page.status_code == 200
    return {code for code, name in NAMES.items() if name in page.text}


@pytest.mark.parametrize(
    ("role", "place", "codes"),
    [
        (Role.BRANCH_OFFICER, "east_one", {"E1"}),
        (Role.COMMITTEE_REVIEWER, "east", {"E1", "E2"}),
        (Role.SUPERVISOR, "root", {"E1", "E2", "W1"}),
    ],
)
def test_everybody_sees_the_awards_of_the_own_place(
    ended: Ended, awards: dict[str, Award], browser_of: Browse, role: Role, place: str,
    codes: set[str],
) -> None:  # fmt: skip
    client = browser_of(make_account(ended.session, role, getattr(ended.district, place)))
    assert seen(client) == codes
    assert seen(client, "/awards?words=社区") == codes
    assert in_workbook(client.get("/awards/export").data) == {NAMES[each] for each in codes}


def in_workbook(data: bytes) -> set[str]:
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    return {str(row[2]) for row in rows[1:]}


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("?words=W1", {"W1"}),
        ("?words=8号", {"E1", "E2", "W1"}),
        ("?words=%25", set()),
        ("?level=four_star", {"W1"}),
        ("?category=soe", set()),
        ("?year=2026", {"E1", "E2", "W1"}),
        ("?year=2025", set()),
        ("?standing=held", {"E1", "E2", "W1"}),
        ("?standing=ended", set()),
        ("?standing=due", set()),
        ("?standing=proposed", set()),
        ("?standing=nonsense", {"E1", "E2", "W1"}),
    ],
)
def test_list_is_filtered(
    awards: dict[str, Award], organiser: FlaskClient, address: str, codes: set[str]
) -> None:
    assert seen(organiser, f"/awards{address}") == codes


def test_due_list_begins_with_what_is_overdue(
    ended: Ended, awards: dict[str, Award], organiser: FlaskClient
) -> None:
    today = day_of(now())
    awards["W1"].re_audit_due = today - timedelta(days=1)
    awards["E2"].re_audit_due = today + timedelta(days=89)
    awards["E1"].re_audit_due = today + timedelta(days=91)
    ended.session.commit()
    page = organiser.get("/awards?standing=due").text
    assert NAMES["E1"] not in page
    assert page.index(NAMES["W1"]) < page.index(NAMES["E2"])
    assert "复核已逾期" in page


def test_proposal_is_told_to_organisers_and_not_to_the_branch(
    ended: Ended, awards: dict[str, Award], organiser: FlaskClient, browser_of: Browse
) -> None:
    award = awards["E1"]
    propose(
        ended.session, ended.other, award=award, to_level="", reason="弄虚作假",
        version=award.version,
    )  # fmt: skip
    ended.session.commit()
    officer = make_account(ended.session, Role.BRANCH_OFFICER, ended.district.east_one)
    branch = browser_of(officer)
    for address in (f"/awards/{award.id}", "/awards", "/awards?standing=proposed", "/"):
        page = branch.get(address).text
        assert "弄虚作假" not in page
        assert "摘星提议" not in page
        assert "待确认" not in page
    assert seen(branch, "/awards?standing=proposed") == set()
    assert "弄虚作假" in organiser.get(f"/awards/{award.id}").text
    assert seen(organiser, "/awards?standing=proposed") == {"E1"}
    assert "降星、摘星提议待第二人确认" in organiser.get("/").text


def test_two_organisers_revoke_a_level_on_the_page(
    ended: Ended, awards: dict[str, Award], organiser: FlaskClient, browser_of: Browse
) -> None:
    award = awards["E1"]
    address = f"/awards/{award.id}"
    asked = {"propose-version": award.version, "propose-to_level": "none"}
    missing = organiser.post(f"{address}/changes", data=asked)
    assert missing.status_code == 422
    organiser.post(f"{address}/changes", data={**asked, "propose-reason": "发生重大问题"})
    ended.session.expire_all()
    change = award.changes[0]
    sent = {"confirm-version": award.version}
    alone = organiser.post(f"{address}/changes/{change.id}/confirm", data=sent)
    assert alone.status_code == 409
    browser_of(ended.second).post(f"{address}/changes/{change.id}/confirm", data=sent)
    ended.session.expire_all()
    assert award.level == ""
    officer = make_account(ended.session, Role.BRANCH_OFFICER, ended.district.east_one)
    page = browser_of(officer).get(address).text
    assert "发生重大问题" in page
    assert "人员second" not in page


def test_notice_is_awarded_on_its_page(ended: Ended, organiser: FlaskClient) -> None:
    address = f"/awards/notices/{ended.notice.id}"
    assert address in organiser.get("/awards").text
    page = organiser.get(address).text
    assert "可命名：3个" in page
    seen_digest = ready_on(ended.session, ended.notice).digest
    sent = {"seen": seen_digest, "document": "", "awarded_on": "2099-01-01"}
    wrong = organiser.post(address, data=sent)
    assert wrong.status_code == 422
    assert "2099-01-01" in wrong.text
    day = day_of(now()).isoformat()
    done = organiser.post(address, data={**sent, "document": "8号", "awarded_on": day})
    assert done.status_code == 302
    assert len(ended.session.scalars(select(Award)).all()) == 3
    assert address not in organiser.get("/awards").text


def test_words_that_look_like_a_formula_stay_words(
    ended: Ended, awards: dict[str, Award], organiser: FlaskClient
) -> None:
    awards["E1"].document = "=1+1"
    ended.participant("E1").name = "+危险"
    ended.session.commit()
    data = organiser.get("/awards/export").data
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    line = next(row for row in rows if row[1] == "E1")
    assert (line[2], line[8]) == ("'+危险", "'=1+1")


@pytest.mark.parametrize("address", ["/awards", "/awards/follow-up", "/awards/export"])
def test_lists_ask_as_many_queries_for_one_row_as_for_more(
    ended: Ended, awards: dict[str, Award], organiser: FlaskClient, address: str
) -> None:
    ended.session.add(FollowUpTask(participant=ended.participant("W1"), text="任务"))
    ended.session.commit()
    organiser.get(address)
    few = queries_of(lambda: organiser.get(f"{address}?words=W1"))
    for number in range(3):
        code = f"W1{number}"
        branch = make_organisation(ended.session, code, f"西{number}", ended.district.west)
        one = make_participant(ended.round, branch)
        day = date(2026, 1, 1)
        ended.session.add(FollowUpTask(participant=one, text="任务"))
        ended.session.add(
            Award(participant=one, first_level="four_star", level="four_star", awarded_on=day,
                  at=now())
        )  # fmt: skip
    ended.session.commit()
    assert queries_of(lambda: organiser.get(f"{address}?words=W1")) == few
