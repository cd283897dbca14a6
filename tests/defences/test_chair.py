"""The chair leads a hearing and closes its case; the organiser opens it again with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import make_account
from flask.testing import FlaskClient
from hearing import Hearing
from sqlalchemy import select

from evaluator.access import Actor, NotAllowed, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import ApplicationState
from evaluator.audit.models import AuditLine
from evaluator.defences.models import ScoreSheet, SittingState
from evaluator.defences.rubric import Criterion
from evaluator.defences.sittings import close_case, move_sitting, reopen_case
from evaluator.outbox.models import Letter
from evaluator.reviews.facts import reviewed_facts
from evaluator.web.errors import Refusal
from rules.syntax import Fact, Source, Words

Browsers = Callable[[Account], FlaskClient]
S = SittingState


def move(hearing: Hearing, *states: SittingState, panellist: int = 0) -> None:
    for state in states:
        desk = hearing.desk(panellist)
        assert desk.sitting is not None
        move_sitting(
            hearing.session, hearing.actor(panellist), desk=desk, to=state,
            version=desk.sitting.version,
        )  # fmt: skip
        hearing.session.commit()


def test_hearing_goes_on_step_by_step_and_back(hearing: Hearing) -> None:
    move(hearing, S.CALLED, S.PRESENTING, S.CALLED, S.PRESENTING, S.QUESTIONS)
    with pytest.raises(Refusal):
        move(hearing, S.CALLED)
    sitting = hearing.desk().sitting
    assert sitting is not None
    with pytest.raises(Refusal):
        move_sitting(hearing.session, hearing.actor(), desk=hearing.desk(), to=S.CLOSED,
                     version=sitting.version)  # fmt: skip


def test_only_the_chair_leads(hearing: Hearing, browser_of: Browsers) -> None:
    with pytest.raises(NotAllowed):
        move(hearing, S.CALLED, panellist=1)
    with pytest.raises(NotAllowed):
        close_case(hearing.session, hearing.actor(1), desk=hearing.desk(1))
    browser, case = browser_of(hearing.accounts[1]), hearing.cases[0]
    assert browser.post(f"/defence/cases/{case.id}/close").status_code == 404
    assert "由您主持" not in browser.get(f"/defence/cases/{case.id}").get_data(as_text=True)


def test_case_is_closed_once_all_sheets_are_handed_in(hearing: Hearing) -> None:
    hearing.hand_in(0, before="80")
    hearing.hand_in(1, before="90.5")
    hearing.write(2, before="85")
    with pytest.raises(Refusal) as refusal:
        close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    assert "评委2" in str(refusal.value)
    hearing.hand_in(2, after="79.5", reason="答问欠佳")
    close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    hearing.session.commit()
    sitting = hearing.desk().sitting
    assert sitting is not None
    assert (hearing.state(), sitting.state) == (ApplicationState.DEFENDED, S.CLOSED)
    assert hearing.ratings() == ["79.5", "80", "90.5"]
    participant = hearing.cases[0].participant
    facts = reviewed_facts(hearing.session, [participant])[participant.id]
    assert facts["defence"] == ["79.5", "80", "90.5"]


def test_sheets_of_those_who_withdrew_are_not_waited_for(
    hearing: Hearing, browser_of: Browsers
) -> None:
    address = f"/defence/cases/{hearing.cases[0].id}/recuse"
    browser_of(hearing.accounts[0]).post(address, data={"reason": "亲属"})
    hearing.session.expire_all()
    hearing.hand_in(1, before="80")
    hearing.hand_in(2, before="90")
    assert hearing.desk(1).leads
    close_case(hearing.session, hearing.actor(1), desk=hearing.desk(1))
    assert hearing.ratings() == ["80", "90"]


def test_case_without_any_sheet_is_not_closed(hearing: Hearing, browser_of: Browsers) -> None:
    for account in hearing.accounts[1:]:
        address = f"/defence/cases/{hearing.cases[0].id}/recuse"
        browser_of(account).post(address, data={"reason": "亲属"})
    hearing.session.expire_all()
    with pytest.raises(Refusal):
        close_case(hearing.session, hearing.actor(), desk=hearing.desk())


def test_opening_again_takes_scores_back_and_gives_sheets_back(hearing: Hearing) -> None:
    hearing.hand_all_in("80", "81", "60")
    close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    hearing.session.commit()
    sheets = {each.seat.panellist_id: each for each in hearing.session.scalars(select(ScoreSheet))}
    back = sheets[hearing.panellists[2].id]
    organiser, case = Actor.system(), hearing.cases[0]
    with pytest.raises(Refusal):
        reopen_case(hearing.session, organiser, case=case, back={back.id}, reason=" ")
    hearing.session.rollback()
    with pytest.raises(Refusal):
        reopen_case(hearing.session, organiser, case=case, back=set(), reason="复核")
    with pytest.raises(NotAllowed):
        reopen_case(hearing.session, hearing.actor(), case=case, back={back.id}, reason="复核")
    reopen_case(hearing.session, organiser, case=case, back={back.id}, reason="分值疑似误填")
    hearing.session.commit()
    assert (hearing.state(), hearing.ratings()) == (ApplicationState.IN_DEFENCE, None)
    line = hearing.session.scalars(
        select(AuditLine).where(AuditLine.action == "known_facts.withdraw")
    ).one()
    assert (line.reason, "80" in line.before) == ("分值疑似误填", True)
    letter = hearing.session.scalars(select(Letter)).one()
    assert (letter.account_id, "误填" in letter.text) == (hearing.accounts[2].id, True)
    with pytest.raises(Refusal):
        hearing.write(0, before="82")
    hearing.hand_in(2, after="80", reason="原为误填")
    close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    assert hearing.ratings() == ["80", "80", "81"]


def test_organiser_reads_only_sheets_that_are_handed_in(
    hearing: Hearing, browser_of: Browsers
) -> None:
    organiser = browser_of(make_account(hearing.session, Role.ORGANISER, hearing.district.root))
    hearing.hand_in(1, before="63.5", note="暗记")
    hearing.write(2, before="64.5", reason="暂定")
    hearing.session.commit()
    page = organiser.get(f"/defence/records/{hearing.cases[0].id}").get_data(as_text=True)
    found = [word in page for word in ("63.5", "暗记", "64.5", "暂定")]
    assert found == [True, False, False, False]


def test_organiser_opens_a_case_again_from_its_page(hearing: Hearing, browser_of: Browsers) -> None:
    organiser = browser_of(make_account(hearing.session, Role.ORGANISER, hearing.district.root))
    supervisor = browser_of(make_account(hearing.session, Role.SUPERVISOR, hearing.district.root))
    hearing.hand_all_in("80", "81", "60")
    close_case(hearing.session, hearing.actor(), desk=hearing.desk())
    hearing.session.commit()
    address = f"/defence/records/{hearing.cases[0].id}"
    assert "重新打开评审" in organiser.get(address).get_data(as_text=True)
    assert "重新打开评审" not in supervisor.get(address).get_data(as_text=True)
    sheet = hearing.session.scalars(select(ScoreSheet.id).order_by(ScoreSheet.id)).first()
    sent = {"sheets": [sheet], "reason": "复核"}
    assert supervisor.post(f"{address}/reopen", data=sent).status_code == 404
    assert organiser.post(f"{address}/reopen", data={"reason": "复核"}).status_code in (409, 422)
    assert organiser.post(f"{address}/reopen", data=sent).status_code == 302
    hearing.session.expire_all()
    assert hearing.state() is ApplicationState.IN_DEFENCE


def test_fact_of_a_single_number_gets_the_exact_mean() -> None:
    one = Fact(
        label=Words("评", "r"), type="decimal", max="10", places=1, source=Source("panel", "expert")
    )
    given = [Criterion("x", one).read(each) for each in ("8", "8.5", "9", "8")]
    assert Criterion("x", one).together(given, "") == "8.4"
