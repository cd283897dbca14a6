"""A defence to test on: a panel of three that hears both eastern branches, its chair first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from district import RULES, District, make_account, make_district, make_round
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, Grant, Role
from evaluator.accounts.models import Account
from evaluator.applications.models import Application, ApplicationState
from evaluator.database import now
from evaluator.defences.models import ScoreSheet, Sitting
from evaluator.defences.queries import Desk, desk_of
from evaluator.defences.sheets import Writing, hand_in, write_sheet
from evaluator.defences.typed import Typed
from evaluator.organisations.models import Organisation
from evaluator.panels.models import Case, Panel, Panellist, PanelMember, Seat
from evaluator.records.models import KnownFact
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import read_files
from rules.canonical import digest

DEFENCE = """\
  defence:
    label: {zh: 答辩评分, en: Defence}
    type: ratings
    max: 100
    places: 1
    source: {panel: defence}
    anchors:
      - {at_least: 0, means: {zh: 情况不清, en: Unclear}}
      - {at_least: 85, means: {zh: 成效明显, en: Clear results}}
dimensions:
"""
MEAN = """\
measures:
  defence_mean:
    label: {zh: 答辩平均分, en: Mean of the defence}
    mean: {ratings: defence, drop_highest: 1, drop_lowest: 1, at_least: FEWEST}
dimensions:
"""


def with_defence(text: str = RULES) -> str:
    """Return the rules of the small district with ratings of a panel."""
    return text.replace("dimensions:\n", DEFENCE, 1)


def ask_for_ratings(session: Session, made: Round, fewest: int) -> None:
    """Let the rule set of a round take the mean without extremes, of so many ratings or more."""
    stored = made.rule_sets[0].stored
    mean = MEAN.replace("FEWEST", str(fewest))
    stored.files = {stored.main: with_defence().replace("dimensions:\n", mean, 1)}
    stored.digest = digest(read_files(stored.main, stored.files))
    session.commit()


@dataclass
class Hearing:
    """A panel, its cases in drawn order, and its panellists, the chair first."""

    session: Session
    district: District
    made: Round
    panel: Panel
    cases: list[Case]
    panellists: list[Panellist]

    @property
    def accounts(self) -> list[Account]:
        """Return the accounts of the panellists."""
        return [each.account for each in self.panellists]

    def desk(self, panellist: int = 0, case: int = 0) -> Desk:
        """Return a case before a panellist."""
        return desk_of(self.session, self.actor(panellist), self.cases[case].id)

    def actor(self, panellist: int = 0) -> Actor:
        """Return a panellist as it acts."""
        return actor_of(self.accounts[panellist])

    def write(self, panellist: int = 0, case: int = 0, **values: str) -> Writing:
        """Write into a sheet; `before` and `after` are scores of the one criterion."""
        desk = self.desk(panellist, case)
        names = {"before": "before-defence", "after": "after-defence"}
        typed = {names.get(name, name): Typed(value) for name, value in values.items()}
        known = {name: Typed(each.value, _mark(desk, name)) for name, each in typed.items()}
        return write_sheet(self.session, self.actor(panellist), desk=desk, typed=known)

    def hand_in(self, panellist: int = 0, case: int = 0, **values: str) -> ScoreSheet:
        """Write a sheet and hand it in."""
        sheet = self.write(panellist, case, **values).sheet
        assert sheet is not None
        desk = self.desk(panellist, case)
        return hand_in(self.session, self.actor(panellist), desk=desk, version=sheet.version)

    def hand_all_in(self, *scores: str, case: int = 0) -> None:
        """Hand in the sheets of all panellists."""
        for number, score in enumerate(scores):
            self.hand_in(number, case, before=score)
        self.session.commit()

    def state(self, case: int = 0) -> ApplicationState:
        """Return how far the application of a case is."""
        query = select(Application.state).where(
            Application.participant_id == self.cases[case].participant_id
        )
        return self.session.scalars(query).one()

    def ratings(self, case: int = 0) -> object:
        """Return what scoring knows of the ratings of a case."""
        organisation = self.cases[case].participant.organisation_id
        query = select(KnownFact).where(KnownFact.organisation_id == organisation)
        facts = {each.fact: each for each in self.session.scalars(query)}
        return facts["defence"].value if "defence" in facts else None


def _mark(desk: Desk, name: str) -> str:
    from evaluator.defences.typed import mark

    return mark(desk.sheet, name)


def actor_of(account: Account) -> Actor:
    """Return an account as it acts."""
    grants = [Grant(Role(each.role), each.organisation.path) for each in account.grants]
    return Actor(account.id, account.name, tuple(grants))


def make_hearing(session: Session, panellists: int = 3, branches: int = 2) -> Hearing:
    """Add a round with a panel whose cases wait to be heard; the first has its time today."""
    district = make_district(session)
    made = make_round(session, district)
    made.rule_sets[0].stored.files = {"rules.yaml": with_defence()}
    panel = Panel(round_id=made.id, name="第一评审组", seats=panellists)
    session.add(panel)
    people = [make_panellist(session, district.root, f"评委{n}") for n in range(panellists)]
    panel.members = [PanelMember(panellist=each, is_chair=not n) for n, each in enumerate(people)]
    session.flush()
    places = (district.east_one, district.east_two, district.west_one, district.west_two)
    cases = [
        make_case(session, made, panel, branch, people, position)
        for position, branch in enumerate(places[:branches], 1)
    ]
    make_sitting(session, cases[0], now())
    session.commit()
    return Hearing(session, district, made, panel, cases, people)


def make_panellist(session: Session, place: Organisation, name: str) -> Panellist:
    """Add a panellist with an account."""
    account = make_account(session, Role.PANELLIST, place, name)
    account.name = name
    panellist = Panellist(account_id=account.id, competences=[])
    session.add(panellist)
    session.commit()
    return panellist


def make_case(
    session: Session,
    made: Round,
    panel: Panel,
    branch: Organisation,
    people: Sequence[Panellist],
    position: int,
) -> Case:
    """Add a case of a branch whose application was admitted to the defence."""
    query = select(Participant).where(
        Participant.round_id == made.id, Participant.organisation_id == branch.id
    )
    participant, moment = session.scalars(query).one(), now()
    session.add(
        Application(
            participant=participant,
            state=ApplicationState.IN_DEFENCE,
            created_at=moment,
            changed_at=moment,
            submitted_at=moment,
        )
    )
    case = Case(participant=participant, panel_id=panel.id, position=position)
    case.seats = [Seat(panellist=each) for each in people]
    session.add(case)
    session.commit()
    return case


def make_sitting(session: Session, case: Case, starts: datetime, room: str = "101") -> Sitting:
    """Give a case a time of twenty minutes."""
    ends = starts + timedelta(minutes=20)
    sitting = Sitting(case_id=case.id, room=room, starts_at=starts, ends_at=ends)
    session.add(sitting)
    session.commit()
    return sitting


def fields_of(client: FlaskClient, case: Case) -> dict[str, str]:
    """Return the fields of a sheet as a browser without scripts would send them."""
    from html.parser import HTMLParser

    found: dict[str, str] = {}

    class Reader(HTMLParser):
        area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            named = dict(attrs)
            name = named.get("name") or ""
            if tag == "textarea":
                self.area, found[name] = name, ""
            elif tag == "input" and name:
                found[name] = named.get("value") or ""

        def handle_data(self, data: str) -> None:
            if self.area:
                found[self.area] += data

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

    page = client.get(f"/defence/cases/{case.id}").get_data(as_text=True)
    form = page[page.index('<form id="sheet"') :]
    Reader().feed(form[: form.index("</form>")])
    return found
