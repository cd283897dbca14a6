"""A district with a defence: a panel of three, four cases, the people who run it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from district import District, make_account, make_district, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.organisations.models import Organisation
from evaluator.panels.models import Case, Panel, Panellist, PanelMember, Relation, Seat, Tie
from evaluator.rounds.models import Participant, Round, RoundStep


@dataclass
class Hall:
    """What a defence is made of; cases by the codes of their organisations."""

    district: District
    round: Round
    organiser: Account
    panel: Panel
    panellists: list[Panellist]
    cases: dict[str, Case]

    @property
    def actor(self) -> Actor:
        """Return the organiser as it acts."""
        return actor_of(self.organiser, "")


def make_hall(session: Session, admitted: str = "E1 E2 W1 W2") -> Hall:
    """Add the defence, its cases without anybody on them."""
    district = make_district(session)
    made = make_round(session, district)
    moment = now()
    made.steps.append(
        RoundStep(
            step="defence",
            position=9,
            opens_at=moment - timedelta(days=1),
            closes_at=moment + timedelta(days=9),
        )
    )
    organiser = make_account(session, Role.ORGANISER, district.root, "zhao")
    panellists = [make_panellist(session, district.root, f"p{number}") for number in range(1, 4)]
    panel = Panel(round_id=made.id, name="第一组", categories=["community"], seats=2, wanted={})
    panel.members = [PanelMember(panellist=each) for each in panellists]
    session.add(panel)
    session.flush()
    codes = admitted.split()
    cases = {each.code: make_case(session, each, panel, codes) for each in taking_part(session)}
    session.commit()
    kept = {code: case for code, case in cases.items() if case is not None}
    return Hall(district, made, organiser, panel, panellists, kept)


def taking_part(session: Session) -> list[Participant]:
    """Return all participants by code."""
    return list(session.scalars(select(Participant).order_by(Participant.code)))


def make_case(
    session: Session, participant: Participant, panel: Panel, codes: list[str]
) -> Case | None:
    """Add the application of a participant, reviewed; in defence where it is admitted."""
    moment, admitted = now(), participant.code in codes
    state = ApplicationState.IN_DEFENCE if admitted else ApplicationState.REVIEWED
    days: dict[str, Any] = {"created_at": moment, "changed_at": moment, "submitted_at": moment}
    session.add(Application(participant=participant, state=state, **days))
    if not admitted:
        return None
    case = Case(participant=participant, panel_id=panel.id)
    session.add(case)
    session.flush()
    return case


def make_panellist(
    session: Session, root: Organisation, login_name: str, *competences: str, **more: Any
) -> Panellist:
    """Add a panellist with an account of its own."""
    account = make_account(session, Role.PANELLIST, root, login_name)
    panellist = Panellist(account=account, competences=list(competences), **more)
    session.add(panellist)
    session.commit()
    return panellist


def tie_to(
    session: Session,
    panellist: Panellist,
    organisation: Organisation,
    relation: Relation,
    until: date | None = None,
) -> Tie:
    """Add a tie of a panellist."""
    tie = Tie(organisation=organisation, relation=relation, until=until)
    panellist.ties.append(tie)
    session.commit()
    return tie


def seat_on(session: Session, panellist: Panellist, *cases: Case, **more: Any) -> list[Seat]:
    """Seat a panellist on cases."""
    seats = [Seat(panellist=panellist, **more) for _ in cases]
    for case, seat in zip(cases, seats, strict=True):
        case.seats.append(seat)
    session.commit()
    return seats


def codes_of(cases: list[Case]) -> list[str]:
    """Return the codes of cases in order."""
    return sorted(each.participant.code for each in cases)
