"""Letters about the admission: to whom, what takes them back, and who hears why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from district import make_account
from flask.testing import FlaskClient
from hall import Hall, make_hall, taking_part
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.audit.models import AuditLine
from evaluator.outbox.models import Letter, LetterState
from evaluator.panels.admitting import admit, dismiss
from evaluator.panels.letters import tell_not_admitted
from evaluator.panels.models import Case
from evaluator.web.errors import Refusal

Browser = Callable[[Account], FlaskClient]
HELD, WITHDRAWN = LetterState.HELD, LetterState.WITHDRAWN


@pytest.fixture
def hall(session: Session) -> Hall:
    """Return a defence to which nobody is admitted yet; each branch has an officer."""
    made = make_hall(session, "")
    for name in ("east_one", "east_two", "west_one", "west_two"):
        make_account(session, Role.BRANCH_OFFICER, getattr(made.district, name))
    return made


def admit_codes(session: Session, hall: Hall, *codes: str) -> list[Case]:
    picked = [each for each in taking_part(session) if each.code in codes]
    cases = admit(session, hall.actor, made=hall.round, participants=picked)
    session.commit()
    return cases


def told(session: Session) -> list[tuple[str, str, LetterState]]:
    query = select(Letter).order_by(Letter.about, Letter.title, Letter.id)
    return [(each.about, each.title, each.state) for each in session.scalars(query)]


def test_admitted_branches_are_told_and_no_others(session: Session, hall: Hall) -> None:
    admit_codes(session, hall, "E1", "W2")
    assert told(session) == [
        ("panel.admit", "东一社区党支部进入集中答辩", HELD),
        ("panel.admit", "西二社区党支部进入集中答辩", HELD),
    ]
    letter = session.scalars(select(Letter)).first()
    assert letter is not None
    assert letter.account is not None
    assert letter.account.login_name == "branch_officer_e1"
    assert letter.text.startswith("请做好汇报准备")


def test_dismissal_takes_back_what_nobody_has_read(session: Session, hall: Hall) -> None:
    (case,) = admit_codes(session, hall, "E1")
    dismiss(session, hall.actor, case=case, version=case.version, reason="材料不实")
    session.commit()
    assert told(session) == [("panel.admit", "东一社区党支部进入集中答辩", WITHDRAWN)]


def test_dismissal_is_told_with_its_reason_to_who_heard_of_the_admission(
    session: Session, hall: Hall
) -> None:
    (case,) = admit_codes(session, hall, "E1")
    session.scalars(select(Letter)).one().state = LetterState.SENT
    dismiss(session, hall.actor, case=case, version=case.version, reason="材料不实")
    session.commit()
    query = select(Letter).where(Letter.about == "panel.dismiss")
    letter = session.scalars(query).one()
    assert (letter.title, letter.text) == ("东一社区党支部不再参加集中答辩", "理由：材料不实")


def test_those_left_are_told_once_and_why(
    session: Session, hall: Hall, browser_of: Browser
) -> None:
    admit_codes(session, hall, "E1", "W2")
    client = browser_of(hall.organiser)
    address = "/panels/admission/community/tell"
    assert client.post(address, data={"tell-reason": ""}).status_code == 422
    assert "通知其余未进入答辩的支部：2个" in client.get("/panels/admission").text
    assert client.post(address, data={"tell-reason": "未达名额线"}).status_code == 302
    session.expire_all()
    assert told(session)[2:] == [
        ("panel.not_admitted", "东二社区党支部未进入集中答辩", HELD),
        ("panel.not_admitted", "西一社区党支部未进入集中答辩", HELD),
    ]
    query = select(Letter.text).where(Letter.about == "panel.not_admitted")
    assert set(session.scalars(query)) == {"理由：未达名额线\n初审得分照常计入评定。"}
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc())).first()
    assert line is not None
    assert (line.action, line.reason) == ("panel.tell_not_admitted", "未达名额线")
    assert client.post(address, data={"tell-reason": "再次"}).status_code == 409


def test_who_is_admitted_later_is_not_told_the_contrary(session: Session, hall: Hall) -> None:
    tell_not_admitted(session, hall.actor, made=hall.round, category="community", reason="名额")
    admit_codes(session, hall, "E1")
    states = {title: state for about, title, state in told(session) if about != "panel.admit"}
    assert states["东一社区党支部未进入集中答辩"] is WITHDRAWN
    assert states["西一社区党支部未进入集中答辩"] is HELD


def test_reason_is_asked_for(session: Session, hall: Hall) -> None:
    with pytest.raises(Refusal, match="请填写理由"):
        tell_not_admitted(session, hall.actor, made=hall.round, category="community", reason=" ")
