"""The page of one part of a draft: its indicators in words, its facts with their fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from wtforms.form import BaseForm

from evaluator.applications.draft import Draft, Flaw
from evaluator.applications.editing import Conflict
from evaluator.applications.explained import Explained
from evaluator.applications.lines import FactLine, IndicatorLine, Reference, Score, Theirs
from evaluator.applications.parts import Part, Place
from evaluator.applications.typed import Field, as_typed, field_of, known_value
from evaluator.applications.wording import (
    columns_of,
    flaw_words,
    rows_words,
    short_words,
    source_of,
    value_words,
)
from evaluator.scoring.reasons import Reasons
from evaluator.web.wording import gettext
from forms.facts import draft_form
from rules.describe.sources import source_words
from rules.numbers import points_text
from rules.syntax import Block, Indicator


class Page:
    """The page of one part; `conflicts` are shown beside what the caller typed.

    `names` are those of accounts that wrote in the meantime.
    """

    def __init__(
        self,
        draft: Draft,
        part: Part,
        language: str,
        conflicts: Mapping[str, Conflict] | None = None,
        names: Mapping[int, str] | None = None,
    ):
        self.draft = draft
        self.part = part
        self.language = language
        self.conflicts = conflicts or {}
        self.names = names or {}
        self.labels = draft.ready.labels

    @cached_property
    def reasons(self) -> Reasons:
        """Return what words the points; they are worked out once somebody asks."""
        return Reasons(self.draft.found.assessment, self.labels)

    @cached_property
    def indicators(self) -> list[IndicatorLine]:
        """Return the indicators of the part."""
        return [self._indicator(each) for each in self.part.places]

    @cached_property
    def facts(self) -> list[FactLine]:
        """Return the facts that stand at the part itself."""
        return [self._fact(name) for name in self.part.facts]

    @cached_property
    def form(self) -> BaseForm:
        """Return the fields of the part, filled in."""
        names = [name for name in self.part.owns if self.draft.is_given_here(name)]
        data = {name: self._field(name).value for name in names}
        return draft_form(self.draft.ready.rule_set, names, self.language, data=data)

    def _field(self, name: str) -> Field:
        """Return what the field of a fact shows: what the caller typed, where it waits."""
        if name in self.conflicts:
            mine = self.conflicts[name].mine
            return Field(as_typed(self.draft.fact(name), mine.value), mine.reason, mine.was)
        return field_of(name, self.draft.fact(name), self.draft.sheet)

    @cached_property
    def scores(self) -> list[Score]:
        """Return the points of the part's indicators."""
        return [self._score(each) for each in self.part.places]

    def mark(self, name: str) -> str:
        """Return the mark of what the field of a fact shows."""
        return self._field(name).mark

    def _score(self, place: Place) -> Score:
        indicator, waits = place.indicator, self.waits(place.indicator)
        return Score(
            indicator.id,
            points_text(self.draft.found.assessment.points(indicator)),
            points_text(indicator.points),
            self._deducts,
            waits,
            "" if waits else self.reasons.say(indicator, self.language),
            self.draft.is_done(place),
        )

    @property
    def _deducts(self) -> bool:
        return isinstance(self.part.group, Block) and self.part.group.kind == "deduction"

    def _indicator(self, place: Place) -> IndicatorLine:
        indicator, explainer = place.indicator, self.draft.ready.explainer
        said = explainer.explained(indicator, self.language, deducts=self._deducts)
        return IndicatorLine(
            indicator,
            said.title,
            self._score(place),
            said.rule,
            _behind(said),
            said.evidence,
            [self._fact(name) for name in place.here],
            [self._reference(name) for name in place.elsewhere],
        )

    def waits(self, indicator: Indicator) -> str:
        """Return what an indicator waits for, in words; empty where its points are known."""
        waiting = self.draft.found.waiting.get(indicator.id)
        if waiting is None:
            return ""
        if any(self.draft.flaw(name) for name in waiting.facts):
            return gettext("to be filled in")
        return gettext("to be judged") if waiting.facts else gettext("known after comparison")

    def _fact(self, name: str) -> FactLine:
        draft, fact, language = self.draft, self.draft.fact(name), self.language
        flaw, field, record = draft.flaw(name), self._field(name), draft.sheet.known.get(name)
        known = as_typed(fact, known_value(name, fact, draft.sheet))
        answer = draft.sheet.answers.get(name)
        answered = answer is not None and answer.value is not None
        return FactLine(
            name,
            self.labels.plain(name, language),
            self.reasons.shown.fact(name, language),
            source_words(source_of(record.source) if record else fact.source, language),
            record.as_of if record else None,
            "" if known is None else short_words(fact, known, language),
            rows_words(fact, field.value, language),
            columns_of(fact, language) if fact.type == "events" else (),
            self._input(name),
            field.reason,
            field.mark,
            known is not None or fact.reason == "required",
            answered and known is not None,
            flaw is Flaw.UNCONFIRMED,
            flaw,
            self.message(name, flaw),
            self._theirs(name),
        )

    @property
    def messages(self) -> dict[str, tuple[Flaw | None, str]]:
        """Return what is to be said at the fields of the part."""
        flaws = {name: self.draft.flaw(name) for name in self.part.owns}
        return {name: (flaw, self.message(name, flaw)) for name, flaw in flaws.items()}

    @property
    def differing(self) -> dict[str, Theirs]:
        """Return what others wrote into fields of the part in the meantime."""
        found = {name: self._theirs(name) for name in self.part.owns}
        return {name: each for name, each in found.items() if each}

    def _input(self, name: str) -> Any:
        """Return the field of a fact, None where it comes from others."""
        return self.form[name] if self.draft.is_given_here(name) else None

    def message(self, name: str, flaw: Flaw | None) -> str:
        """Return what is to be said at a field."""
        if flaw is Flaw.UNREADABLE or (flaw is None and name in self.draft.problems):
            return self.draft.problems[name].say(self.language)
        return flaw_words(flaw)

    def _theirs(self, name: str) -> Theirs | None:
        conflict = self.conflicts.get(name)
        if conflict is None:
            return None
        words = value_words(self.draft.fact(name), conflict.theirs, self.language)
        by = self.names.get(conflict.account_id or 0, "")
        return Theirs(words, conflict.reason, conflict.mark, by, conflict.at)

    def _reference(self, name: str) -> Reference:
        found = self.draft.place_of(name)
        part, place = found or (self.part, None)
        title = place.indicator.title if place else part.title
        return Reference(
            self.labels.plain(name, self.language),
            self.reasons.shown.fact(name, self.language),
            part.id,
            f"fact-{name}",
            title.say(self.language),
        )


def _behind(said: Explained) -> list[tuple[str, str]]:
    """Return what stands behind an indicator: its measures, its clauses, a note."""
    more = [(gettext("Basis"), said.basis), (gettext("Note"), said.note)]
    return [*said.measures, *((label, words) for label, words in more if words)]
