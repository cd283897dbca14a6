"""A case with fewer scores than the rule set asks for is not closed, and people are told why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import make_account
from flask.testing import FlaskClient
from hearing import Hearing, ask_for_ratings, make_hearing, make_panellist
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.defences.models import ScoreSheet
from evaluator.defences.sittings import close_case
from evaluator.outbox.models import Letter
from evaluator.panels.admitting import dismiss
from evaluator.panels.seating import seat_by_hand
from evaluator.web.errors import Refusal

Browsers = Callable[[Account], FlaskClient]
TOLD = "目前有2名评委评审，规则集要求“答辩评分”至少有3个评分"
CLOSE = "结束评审</button>"


@pytest.fixture
def hearing(session: Session) -> Hearing:
    """Return a hearing of three panellists whose rule set asks for three scores."""
    hearing = make_hearing(session)
    ask_for_ratings(session, hearing.made, 3)
    return hearing


@pytest.fixture
def organiser(hearing: Hearing) -> Account:
    return make_account(hearing.session, Role.ORGANISER, hearing.district.root)


@pytest.fixture
def withdrawn(hearing: Hearing, organiser: Account, browser_of: Browsers) -> Hearing:
    """Return the hearing after its last panellist withdrew and both others handed in."""
    address = f"/defence/cases/{hearing.cases[0].id}/recuse"
    assert browser_of(hearing.accounts[2]).post(address, data={"reason": "亲属"}).status_code == 302
    hearing.session.expire_all()
    hearing.hand_in(0, before="80")
    hearing.hand_in(1, before="90")
    hearing.session.commit()
    return hearing


def close(hearing: Hearing) -> None:
    close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    hearing.session.commit()


def test_case_with_too_few_scores_is_not_closed(withdrawn: Hearing, browser_of: Browsers) -> None:
    answer = browser_of(withdrawn.accounts[0]).post(f"/defence/cases/{withdrawn.cases[0].id}/close")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert [words in page for words in (TOLD, "增派评委", "取消答辩")] == [True] * 3
    withdrawn.session.expire_all()
    assert (withdrawn.state(), withdrawn.ratings()) == (ApplicationState.IN_DEFENCE, None)


def test_chair_is_told_before_the_case_could_be_closed(
    withdrawn: Hearing, browser_of: Browsers
) -> None:
    pages = [
        browser_of(account).get(f"/defence/cases/{withdrawn.cases[0].id}").get_data(as_text=True)
        for account in withdrawn.accounts[:2]
    ]
    assert [TOLD in page for page in pages] == [True, False]
    assert [CLOSE in page for page in pages] == [False, False]


def test_chair_of_enough_panellists_is_told_nothing(hearing: Hearing, browser_of: Browsers) -> None:
    hearing.hand_all_in("80", "85", "90")
    page = browser_of(hearing.accounts[0]).get(f"/defence/cases/{hearing.cases[0].id}")
    assert ["至少有3个评分" in page.text, CLOSE in page.text] == [False, True]
    close(hearing)
    assert hearing.ratings() == ["80", "85", "90"]


def test_organiser_reads_what_is_lacking_and_where_to_mend_it(
    withdrawn: Hearing, organiser: Account, browser_of: Browsers
) -> None:
    case = withdrawn.cases[0]
    page = browser_of(organiser).get(f"/defence/records/{case.id}").get_data(as_text=True)
    assert [TOLD in page, f'href="/panels/cases/{case.id}"' in page] == [True, True]
    other = browser_of(organiser).get(f"/defence/records/{withdrawn.cases[1].id}")
    assert "至少有3个评分" not in other.text


def test_organiser_gets_a_letter_once_too_few_are_left(
    withdrawn: Hearing, organiser: Account
) -> None:
    letters = withdrawn.session.scalars(select(Letter)).all()
    assert [(each.account_id, each.title, each.link) for each in letters] == [
        (organiser.id, "东一社区党支部的评委人数不足", f"/panels/cases/{withdrawn.cases[0].id}")
    ]


def test_nobody_gets_a_letter_while_enough_are_left(
    hearing: Hearing, organiser: Account, browser_of: Browsers
) -> None:
    another = make_panellist(hearing.session, hearing.district.root, "评委3")
    case = hearing.cases[0]
    seat_by_hand(
        hearing.session, actor_of(organiser, ""), case=case, version=case.version, panellist=another
    )
    hearing.session.commit()
    browser_of(another.account).post(f"/defence/cases/{case.id}/recuse", data={"reason": "亲属"})
    hearing.session.expire_all()
    assert len([each for each in case.seats if each.recused_at is not None]) == 1
    assert hearing.session.scalars(select(Letter)).all() == []


def test_another_panellist_lets_the_case_be_closed(withdrawn: Hearing, organiser: Account) -> None:
    another = make_panellist(withdrawn.session, withdrawn.district.root, "评委3")
    case = withdrawn.cases[0]
    seat_by_hand(
        withdrawn.session, actor_of(organiser, ""), case=case, version=case.version,
        panellist=another,
    )  # fmt: skip
    withdrawn.session.commit()
    with pytest.raises(Refusal, match="评委3"):
        close(withdrawn)
    withdrawn.panellists[2] = another
    withdrawn.hand_in(2, before="85")
    close(withdrawn)
    assert (withdrawn.state(), withdrawn.ratings()) == (
        ApplicationState.DEFENDED, ["80", "85", "90"],
    )  # fmt: skip


def test_organiser_may_dismiss_what_was_judged_by_too_few(
    withdrawn: Hearing, organiser: Account
) -> None:
    case, actor = withdrawn.cases[0], actor_of(organiser, "")
    state = select(Application.state).where(Application.participant_id == case.participant_id)
    dismiss(withdrawn.session, actor, case=case, version=case.version, reason="无人可派")
    withdrawn.session.commit()
    assert withdrawn.session.scalars(state).one() is ApplicationState.REVIEWED
    sheets = withdrawn.session.scalars(select(ScoreSheet)).all()
    told = select(AuditLine.reason).where(AuditLine.action == "application.dismiss")
    assert (sheets, withdrawn.session.scalars(told).one()) == ([], "无人可派")


def test_organiser_may_not_dismiss_what_enough_judge(hearing: Hearing, organiser: Account) -> None:
    case = hearing.cases[0]
    hearing.hand_all_in("80", "85", "90")
    with pytest.raises(Refusal, match="不能再取消"):
        dismiss(
            hearing.session, actor_of(organiser, ""), case=case, version=case.version, reason="弃权"
        )
