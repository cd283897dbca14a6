"""A small district in which four branches have been decided upon, for tests of notices."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from unittest.mock import patch

from district import RULES, District, make_account, make_district, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Role
from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.decisions.models import Decision
from evaluator.notices.content import Plan
from evaluator.notices.handling import appoint, conclude, give_opinion
from evaluator.notices.models import Notice, NoticeEntry, Objection, ObjectionState
from evaluator.notices.objecting import Said, file_objection
from evaluator.notices.preparing import prepare
from evaluator.notices.publishing import publish
from evaluator.notices.queries import find_by_code
from evaluator.panels.models import Case, Panellist, Seat
from evaluator.rounds.models import Participant, Round

CLOCKS = ("publishing", "queries", "preparing", "objecting", "handling", "public_views", "views")
STEP = "procedure:\n  - {step: public_notice, working_days: 5, real_name_objections: %s}\n"
LEVELS = {"E1": "five_star", "E2": "three_star", "W1": "four_star", "W2": ""}
PERSON = Said("王建国", "13800001111", "该支部上报的志愿服务次数与实际不符，请核实。")


def at(moment: datetime) -> ExitStack:
    """Let the clock of notices stand at a moment."""
    stack = ExitStack()
    for module in CLOCKS:
        stack.enter_context(patch(f"evaluator.notices.{module}.now", return_value=moment))
    return stack


@dataclass
class Decided:
    """The district, its round, an organiser, and what the tests do with it."""

    session: Session
    district: District
    round: Round
    organiser: Account
    actor: Actor

    def plan(self, **more: object) -> Plan:
        """Return a plan of a notice."""
        given = {
            "title": "2026年度星级公示",
            "introduction": "现将拟定星级予以公示。",
            "office": "电话：0512-00000000",
            "working_days": 5,
            "categories": ("community",),
        }
        return Plan(**{**given, **more})  # type: ignore[arg-type]

    def draft(self, **more: object) -> Notice:
        """Prepare a notice of all."""
        notice = prepare(self.session, self.actor, made=self.round, plan=self.plan(**more))
        self.session.commit()
        return notice

    def published(self, **more: object) -> Notice:
        """Prepare and publish a notice of all."""
        notice = self.draft(**more)
        publish(self.session, self.actor, notice=notice, version=notice.version)
        self.session.commit()
        return notice

    def participant(self, code: str) -> Participant:
        """Return a participant by its code."""
        query = select(Participant).where(Participant.code == code)
        return self.session.scalars(query).one()

    def state(self, code: str) -> ApplicationState:
        """Return where the application of a participant stands."""
        participant = self.participant(code)
        query = select(Application.state).where(Application.participant_id == participant.id)
        return self.session.scalars(query).one()

    def entry(self, notice: Notice, code: str) -> NoticeEntry:
        """Return the entry of a participant."""
        return next(each for each in notice.entries if each.participant.code == code)

    def objection(self, notice: Notice, code: str = "E1", person: Said = PERSON) -> Objection:
        """File an objection to a participant."""
        entry = self.entry(notice, code)
        found = file_objection(self.session, notice=notice, entry=entry, said_by=person, files=[])
        self.session.commit()
        objection = find_by_code(self.session, found)
        assert objection is not None
        return objection

    def panellist(self, name: str) -> Account:
        """Add somebody who judges, from the whole district."""
        account = make_account(self.session, Role.PANELLIST, self.district.root, name)
        self.session.add(Panellist(account=account, competences=[]))
        self.session.commit()
        return account

    def seat(self, account: Account, code: str) -> None:
        """Let somebody have judged the case of a participant."""
        query = select(Panellist).where(Panellist.account_id == account.id)
        panellist = self.session.scalars(query).one()
        case = Case(participant=self.participant(code))
        case.seats.append(Seat(panellist=panellist))
        self.session.add(case)
        self.session.commit()


def make_decided(session: Session, real_name: str = "true") -> Decided:
    """Add the district with its decisions; the last branch was decided to have no level."""
    district = make_district(session)
    made = make_round(session, district)
    stored = made.rule_sets[0].stored
    stored.files = {"rules.yaml": RULES + STEP % real_name}
    for participant in session.scalars(select(Participant)):
        decide(session, participant, LEVELS[participant.code])
    organiser = make_account(session, Role.ORGANISER, district.root, "organiser")
    session.commit()
    return Decided(session, district, made, organiser, actor_of(organiser, ""))


def decide(session: Session, participant: Participant, level: str) -> None:
    """Add an application that has been decided."""
    moment = now() - timedelta(days=1)
    session.add(
        Application(
            participant=participant,
            state=ApplicationState.DECIDED,
            created_at=moment,
            changed_at=moment,
        )
    )
    session.add(Decision(participant=participant, level=level, proposed_at=moment))


def panel(decided: Decided, objection: Objection, opinions: str) -> None:
    """Let a second panel say what it thinks: a letter for each member, y, n, or - for nothing."""
    members = [decided.panellist(f"member{n}") for n in range(len(opinions))]
    appoint(
        decided.session,
        decided.actor,
        objection=objection,
        account_ids=[each.id for each in members],
        version=objection.version,
    )
    for member, said_by in zip(members, opinions, strict=True):
        if said_by != "-":
            give_opinion(
                decided.session,
                actor_of(member, ""),
                objection=objection,
                upholds=said_by == "y",
                opinion="已核实。",
            )
    decided.session.commit()


def end(
    decided: Decided, objection: Objection, outcome: ObjectionState, reason: str = "经核实。"
) -> None:
    """State an outcome as the organiser."""
    conclude(
        decided.session,
        decided.actor,
        objection=objection,
        outcome=outcome,
        reason=reason,
        version=objection.version,
    )
