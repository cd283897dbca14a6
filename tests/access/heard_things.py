"""What the defence leaves: a panel before its lot, and a case that is being judged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.defences.models import DefencePlan, Look, ScoreSheet, Sitting
from evaluator.panels.models import Case, Draw, Panel, Panellist, PanelMember, Relation, Seat, Tie
from evaluator.rounds.models import Participant, Round


def heard_things(session: Session, made: Round, participant: Participant) -> dict[str, int | str]:
    """Add a panel with its panellist, a case before it, and a lot that is not drawn."""
    account = select(Account).where(Account.login_name == "panellist-west")
    tie = Tie(organisation_id=participant.organisation_id, relation=Relation.DECLARED)
    panellist = Panellist(account=session.scalars(account).one(), competences=[], ties=[tie])
    panel = Panel(round_id=made.id, name="第一组", categories=[], wanted={})
    panel.members.append(PanelMember(panellist=panellist))
    session.add(panel)
    session.flush()
    seat = Seat(panellist=panellist)
    case = Case(participant=participant, panel_id=panel.id, seats=[seat])
    codes = [participant.code]
    lot = Draw(
        panel_id=panel.id, commitment="0" * 64, committed_at=now(), sealed_seed="", cases=codes
    )
    session.add_all([case, lot])
    session.flush()
    return {
        "panel": panel.id,
        "panellist": panellist.id,
        "tie": tie.id,
        "case": case.id,
        "seat": seat.id,
        "lot": lot.id,
    }


def judged_things(session: Session, made: Round, participant: Participant) -> dict[str, int | str]:
    """Add a case before the panellist of the east, its time, its sheet, and a second look."""
    account = select(Account).where(Account.login_name == "panellist-east")
    panellist = Panellist(account=session.scalars(account).one(), competences=[])
    panel = Panel(round_id=made.id, name="第二组", categories=[], wanted={})
    seat = Seat(panellist=panellist)
    session.add_all([panel, seat.panellist])
    session.flush()
    case = Case(participant=participant, panel_id=panel.id, position=1, seats=[seat])
    session.add(case)
    session.flush()
    starts = datetime(2026, 11, 21, 1, tzinfo=UTC)
    ends = starts + timedelta(minutes=20)
    sheet = ScoreSheet(seat_id=seat.id, changed_at=now())
    plan = DefencePlan(round_id=made.id, settings={}, board_key="key-of-the-matrix")
    session.add_all([Sitting(case_id=case.id, room="101", starts_at=starts, ends_at=ends)])
    session.add_all([sheet, plan])
    session.flush()
    figures = {"value": "1", "others": "2", "deviations": "-4"}
    look = Look(sheet_id=sheet.id, fact="defence", figures=figures, flagged_at=now())
    session.add(look)
    session.flush()
    return {
        "judged": case.id,
        "judging": panel.id,
        "board": plan.board_key,
        "look": look.id,
    }
