"""The facts of one organisation, read into the slots of a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from evaluator.scoring.events import Event, events_reader, ratings_reader, reduction_of
from evaluator.scoring.reading import Raw, Unreadable, read_day, reader_of
from rules.lowering import Program
from rules.lowering.program import Slot
from rules.problems import closest, listed, nearest
from rules.syntax import MeanOf


@dataclass(frozen=True)
class Organisation:
    """Who is rated, and its standing so far; `previous_level` is empty where it holds none."""

    id: str
    name: str
    category: str = ""
    committee: str = ""
    previous_level: str = ""
    years_at_level: int = 0
    applied: bool = True
    attributes: Mapping[str, Raw] = field(default_factory=dict)


@dataclass(frozen=True)
class FactProblem:
    """A fact that cannot be used: which, and what is wrong, in both languages."""

    fact: str
    zh: str
    en: str


class FactErrors(Exception):
    """Everything that is wrong with the facts of one organisation."""

    def __init__(self, organisation: Organisation, problems: list[FactProblem]):
        self.organisation = organisation
        self.problems = problems
        name = organisation.name or organisation.id
        super().__init__("\n".join(f"{name}: {each.fact}: {each.en}" for each in problems))


@dataclass
class Inputs:
    """Slot values of one organisation; group values are filled in later."""

    organisation: Organisation
    slots: list[int]
    missing: frozenset[str]
    raw: Mapping[str, Raw]
    reasons: Mapping[str, str]
    founded: int = 0

    def value_of(self, fact: str) -> Raw:
        """Return the raw value of a fact; that of a choice is the word, not its label."""
        return self.raw.get(fact)


_Put = Callable[["_Reading"], None]
_Scalar = tuple[str, Callable[[Raw], int], int, bool, tuple[str, ...]]
"""Name, reader, slot (-1 for none), whether it needs a reason, options of a choice."""
_BARE = frozenset({int, str, bool, type(None)})


@dataclass
class _Reading:
    """One organisation's facts on their way into the slots."""

    organisation: Organisation
    raw: dict[str, Raw]
    slots: list[int]
    missing: set[str] = field(default_factory=set)
    reasons: dict[str, str] = field(default_factory=dict)
    problems: list[FactProblem] = field(default_factory=list)
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    founded: int = 0

    def refuse(self, fact: str, zh: str, en: str) -> None:
        self.problems.append(FactProblem(fact, zh, en))


class InputReader:
    """Reads facts for one program; made once, used for any number of organisations."""

    def __init__(self, program: Program):
        rule_set = program.rule_set
        self.facts = rule_set.facts
        self.blank = [max(slot.low, min(0, slot.high)) for slot in program.slots]
        self.attribute_of = {
            name: fact.source.detail
            for name, fact in rule_set.facts.items()
            if fact.source.kind == "organisation"
        }
        self.founded = rule_set.organisations.founded
        self.levels = [level.id for level in rule_set.levels.from_low_to_high]
        self.reasoned = {name for name, fact in rule_set.facts.items() if fact.reason == "required"}
        self.scalars = self._scalars(program)
        self.lists = self._lists(program)
        self.missing_slots = [
            (number, slot.name)
            for number, slot in enumerate(program.slots)
            if slot.kind == "missing"
        ]

    def _scalars(self, program: Program) -> list[_Scalar]:
        slots = program.fact_slots
        return [
            (name, reader_of(fact), slots.get(name, -1), name in self.reasoned, tuple(fact.options))
            for name, fact in self.facts.items()
            if fact.type not in ("events", "ratings")
        ]

    def _lists(self, program: Program) -> list[_Put]:
        reading = [
            partial(_read_events, name, events_reader(fact))
            for name, fact in self.facts.items()
            if fact.type == "events"
        ] + [
            partial(_note_ratings, name)
            for name, fact in self.facts.items()
            if fact.type == "ratings"
        ]
        return [
            *reading,
            *(
                step
                for number, slot in enumerate(program.slots)
                if slot.kind == "reduction"
                for step in [self._reduction(number, slot, program)]
                if step
            ),
        ]

    def _reduction(self, number: int, slot: Slot, program: Program) -> _Put | None:
        if isinstance(slot.reduction, MeanOf):
            node, fact = slot.reduction, self.facts[slot.reduction.ratings]
            read = ratings_reader(fact, node)
            return partial(_put_mean, node.ratings, read, number, slot.facet)
        name, reduce = reduction_of(slot, program.rule_set)
        return lambda reading: _put_reduced(reading, name, reduce, number)

    def read(self, organisation: Organisation, raw: Mapping[str, Raw]) -> Inputs:
        """Return the slots of an organisation; raises FactErrors with everything that is wrong."""
        given = dict(raw)
        reading = _Reading(organisation, given, self.blank.copy())
        for name in [each for each in given if each not in self.facts]:
            self._refuse_unknown(name, reading)
        for name, attribute in self.attribute_of.items():
            if name not in given and attribute in organisation.attributes:
                given[name] = organisation.attributes[attribute]
        self._previous(reading)
        self._found(reading)
        _put_scalars(self.scalars, reading)
        for step in self.lists:
            step(reading)
        if reading.problems:
            raise FactErrors(organisation, reading.problems)
        for number, name in self.missing_slots:
            reading.slots[number] = name in reading.missing
        return Inputs(
            organisation,
            reading.slots,
            frozenset(reading.missing),
            given,
            reading.reasons,
            reading.founded,
        )

    def _previous(self, reading: _Reading) -> None:
        """Refuse a level that does not exist: taken for none, it would cost the way up."""
        held = reading.organisation.previous_level
        if held and held not in self.levels:
            reading.refuse(
                "previous_level",
                f"填写的是“{held}”，只能是：{'、'.join([*self.levels, 'none'])}",
                f'found "{held}"; allowed are {listed([*self.levels, "none"])}.'
                f"{nearest(held, self.levels)}",
            )

    def _refuse_unknown(self, name: str, reading: _Reading) -> None:
        meant, hint = closest(name, self.facts), nearest(name, self.facts)
        reading.refuse(
            name,
            f"规则集中没有“{name}”这项事实" + (f"，是否应为“{meant}”" if meant else ""),
            f"is no fact of this rule set.{hint} It has {listed(self.facts)}",
        )

    def _found(self, reading: _Reading) -> None:
        """Note the founding day, from which on requirements hold under `pro_rata`."""
        raw = reading.raw.get(self.founded) if self.founded else None
        if raw is not None:
            with suppress(Unreadable):
                reading.founded = read_day(raw)


def _put_scalars(scalars: list[_Scalar], reading: _Reading) -> None:
    """Read every single-valued fact; one loop, because this is where the time goes."""
    raw_of, slots = reading.raw.get, reading.slots
    for name, read, slot, reasoned, options in scalars:
        raw = raw_of(name)
        if type(raw) not in _BARE:
            raw = _without_reason(name, raw, reading)
        if raw is None or raw == "":
            reading.missing.add(name)
            reading.raw[name] = None  # whoever lacks a fact is in the group of those who lack it
            continue
        try:
            value = read(raw)
        except Unreadable as error:
            reading.refuse(name, error.zh, error.en)
            continue
        if reasoned:
            _need_reason(name, reading)
        if options:
            reading.raw[name] = options[value]
        if slot >= 0:
            slots[slot] = value


def _without_reason(name: str, raw: Raw, reading: _Reading) -> Raw:
    """Return the value of `{value: …, reason: …}`, and note the reason."""
    if not isinstance(raw, Mapping):
        return raw
    reading.reasons[name] = str(raw.get("reason") or "")
    value = raw.get("value")
    reading.raw[name] = value
    return value


def _need_reason(name: str, reading: _Reading) -> None:
    if not reading.reasons.get(name, "").strip():
        reading.refuse(
            name,
            "打分须写明理由（value 与 reason 一并填写）",
            "needs a reason; write {value: …, reason: …}",
        )


def _read_events(name: str, read: Callable[[Raw], tuple[Event, ...]], reading: _Reading) -> None:
    raw = reading.raw.get(name)
    if raw is None:
        reading.missing.add(name)
        return
    try:
        reading.events[name] = read(raw)
    except Unreadable as error:
        reading.refuse(name, error.zh, error.en)


def _put_reduced(reading: _Reading, name: str, reduce: Callable[..., int], number: int) -> None:
    events = reading.events.get(name)
    if events is not None:
        reading.slots[number] = reduce(events, reading.founded)


def _note_ratings(name: str, reading: _Reading) -> None:
    """Mark ratings as missing, also where no measure reads them and given() asks alone."""
    if reading.raw.get(name) in (None, "", []):
        reading.missing.add(name)


def _put_mean(
    name: str,
    read: Callable[[Raw], tuple[int, int]],
    number: int,
    facet: str,
    reading: _Reading,
) -> None:
    raw = reading.raw.get(name)
    if raw is None or raw == []:
        reading.missing.add(name)
        return
    try:
        added, count = read(raw)
    except Unreadable as error:
        if facet == "sum":
            reading.refuse(name, error.zh, error.en)
        return
    reading.slots[number] = added if facet == "sum" else count
