"""A draft as a whole: its facts, what they come to, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlalchemy.orm import Session

from evaluator.applications.facts import FactSheet, fact_sheet
from evaluator.applications.models import Application, Origin
from evaluator.applications.parts import Part, Place, may_be_given
from evaluator.applications.ready import Ready
from evaluator.applications.typed import known_value
from evaluator.rounds.models import Participant
from evaluator.scoring.so_far import SoFar
from rules.syntax import Fact, Words


class Flaw(StrEnum):
    """What keeps a fact from being submitted."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNCONFIRMED = "unconfirmed"
    UNREASONED = "unreasoned"


@dataclass(frozen=True)
class Open:
    """A fact that the branch still has to see to, and where it is asked."""

    name: str
    flaw: Flaw
    part: Part
    place: Place | None


class Draft:
    """The application of a participant with the points of its facts so far."""

    def __init__(
        self,
        participant: Participant,
        application: Application | None,
        ready: Ready,
        sheet: FactSheet,
    ):
        self.participant = participant
        self.application = application
        self.ready = ready
        self.sheet = sheet
        self._flaws: dict[str, Flaw | None] = {}

    @classmethod
    def of(
        cls,
        session: Session,
        participant: Participant,
        application: Application | None,
        ready: Ready,
    ) -> Draft:
        """Return the draft of a participant as it is stored."""
        sheet = fact_sheet(session, participant, application)
        return cls(participant, application, ready, sheet)

    @cached_property
    def found(self) -> SoFar:
        """Return what the facts come to so far."""
        return self.ready.drafts.so_far(self.sheet.organisation, self.sheet.values())

    @cached_property
    def problems(self) -> dict[str, Words]:
        """Return what is wrong with facts that were given, in words."""
        return {each.fact: Words(each.zh, each.en) for each in self.found.problems}

    def fact(self, name: str) -> Fact:
        """Return the declaration of a fact."""
        return self.ready.rule_set.facts[name]

    def is_known(self, name: str) -> bool:
        """Return whether somebody else has given a fact."""
        return known_value(name, self.fact(name), self.sheet) is not None

    def is_given_here(self, name: str) -> bool:
        """Return whether the branch may say something of a fact."""
        return may_be_given(self.fact(name), self.is_known(name))

    def flaw(self, name: str) -> Flaw | None:
        """Return what the branch has to see to of a fact, None where nothing is left."""
        if name not in self._flaws:
            self._flaws[name] = self._flaw_of(name)
        return self._flaws[name]

    def _flaw_of(self, name: str) -> Flaw | None:
        if not self.is_given_here(name):
            return None
        answer = self.sheet.answers.get(name)
        if answer is not None and answer.value is not None:
            if answer.origin is Origin.COPIED:
                return Flaw.UNCONFIRMED
            if not self.sheet.counts(answer) or (self.is_known(name) and not answer.reason.strip()):
                return Flaw.UNREASONED
        if name in self.problems:
            return Flaw.UNREADABLE
        return Flaw.MISSING if name in self.found.missing else None

    def is_done(self, place: Place) -> bool:
        """Return whether an indicator leaves the branch nothing to do."""
        return not any(map(self.flaw, (*place.here, *place.elsewhere)))

    def open(self) -> Iterator[Open]:
        """Yield every fact that keeps the application from being submitted."""
        for part in self.ready.parts:
            for place in part.places:
                yield from self._open(place.here, part, place)
            yield from self._open(part.facts, part, None)

    def _open(self, names: tuple[str, ...], part: Part, place: Place | None) -> Iterator[Open]:
        for name in names:
            flaw = self.flaw(name)
            if flaw:
                yield Open(name, flaw, part, place)

    def progress(self, part: Part) -> tuple[int, int]:
        """Return how many indicators of a part are done, and how many there are."""
        if part.places:
            return sum(map(self.is_done, part.places)), len(part.places)
        return sum(not self.flaw(name) for name in part.facts), len(part.facts)

    def first_open_part(self) -> Part:
        """Return the part to begin with: the first where something is left to do."""
        return next((each.part for each in self.open()), self.ready.parts[0])

    def part(self, name: str | None) -> Part:
        """Return a part by its name, the one to begin with for an unknown name."""
        found = (each for each in self.ready.parts if each.id == name)
        return next(found, None) or self.first_open_part()

    def place_of(self, name: str) -> tuple[Part, Place | None] | None:
        """Return where a fact is asked."""
        for part in self.ready.parts:
            if name in part.owns:
                found = (place for place in part.places if name in place.here)
                return part, next(found, None)
        return None
