"""What one walk through a whole round keeps from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field

from clock import Clock
from flask import Flask
from person import Page, Person
from sqlalchemy import select

from evaluator.applications.models import Application
from evaluator.database import db
from evaluator.rounds.models import Participant

YEAR = 2026
ROUND = "/rounds/1"


@dataclass
class Walk:
    """The service, its clock, and who came to it so far."""

    app: Flask
    clock: Clock
    people: dict[str, Person] = field(default_factory=dict)
    participants: dict[str, int] = field(default_factory=dict)
    """The numbers of the applications by the codes of their branches, as addresses name them."""

    def as_(self, name: str) -> Person:
        """Return a person who has an account."""
        return self.people[name]

    def look(self, name: str, address: str) -> Page:
        """Return a page as a person sees it."""
        return self.people[name].look(address)

    def come(self, login_name: str, one_time_password: str) -> Person:
        """Let a new person sign in for the first time."""
        person = Person(self.app, self.clock, login_name)
        self.people[login_name] = person
        person.first_sign_in(one_time_password)
        return person

    def anybody(self) -> Person:
        """Return a member of the public, who signs in nowhere."""
        return Person(self.app, self.clock)

    def everybody_can_start(self) -> None:
        """Make sure that the start page answers each person."""
        for person in self.people.values():
            assert person.start().address == "/"

    def states(self) -> dict[str, str]:
        """Return the state of each application by the code of its branch, as the table has it."""
        query = select(Participant.code, Application.state).join_from(Application, Participant)
        with self.app.app_context():
            return {code: state.value for code, state in db.session.execute(query)}

    def learn_participants(self) -> None:
        """Note the numbers under which the applications are found."""
        with self.app.app_context():
            found = db.session.execute(select(Participant.code, Participant.id))
            self.participants = dict(found.all())
