"""From an assessment to a level: bands, gates, direct awards, caps, steps, vetoes, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import partial

from evaluator.scoring import level_words
from evaluator.scoring.assessment import Assessment
from rules.describe.words import Labels, say_formula, say_share
from rules.syntax import Gate, Held, Level, Veto, Words

NO_LEVEL = -1
"""The index of no level; 0 is the lowest level."""


@dataclass(frozen=True)
class GateResult:
    """Whether one condition of a level, beside its band, holds."""

    level: str
    holds: bool
    words: Words


@dataclass
class Decision:
    """The level that an organisation reaches on its own, and what moved it there.

    `awarded` holds every level that was awarded directly, also where a cap or a quota left less.
    """

    index: int
    rated: bool = True
    awarded: frozenset[int] = frozenset()
    steps: list[Words] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        """Return whether the level is one that was awarded directly, and nothing lowered it."""
        return self.index in self.awarded

    def awarded_between(self, low: int, high: int) -> int:
        """Return the highest level above `low` and below `high` awarded directly, or none."""
        return max((each for each in self.awarded if low < each < high), default=NO_LEVEL)

    def move(self, index: int, words: Words) -> None:
        """Set the level and note why, where it changes."""
        if index != self.index:
            self.index = index
            self.steps.append(words)


class LevelRules:
    """Decides levels by one rule set; made once, used for any number of organisations."""

    def __init__(self, labels: Labels):
        self.labels = labels
        self.rule_set = labels.rule_set
        self.levels = self.rule_set.levels.from_low_to_high
        self.index = {level.id: number for number, level in enumerate(self.levels)}

    def title(self, index: int) -> Words:
        """Return the title of a level, or of none."""
        return self.levels[index].title if index >= 0 else level_words.UNRATED

    def previous(self, assessment: Assessment) -> int:
        """Return the index of the level held so far."""
        return self.index.get(assessment.organisation.previous_level, NO_LEVEL)

    def decide(self, assessment: Assessment) -> Decision:
        """Return the level by score, then by everything that overrules the score.

        Direct awards raise it; then caps, single steps and vetoes lower it. Vetoes take turns by
        their effects, whatever their order in the file: first those that leave a highest level
        (at_most, lowest_level, no_promotion), then the steps of every `down` together, at last
        no_level and clear_to_zero.
        """
        unfit = self.unfit(assessment, range(len(self.rule_set.eligibility)))
        if unfit:
            return unfit
        decision = Decision(self.reached_below(assessment, len(self.levels)))
        self._direct(assessment, decision)
        self._capped(assessment, decision)
        self._one_step(assessment, decision)
        for veto in sorted(assessment.fallen_vetoes, key=turn):
            _EFFECTS[veto.effect.kind](self, veto, assessment, decision)
        return decision

    def reached_below(self, assessment: Assessment, top: int) -> int:
        """Return the highest level below `top` whose band and gates hold, or none."""
        for number in range(top - 1, -1, -1):
            level = self.levels[number]
            if assessment.value("band", level.id) and self.gates_hold(level, assessment):
                return number
        return NO_LEVEL

    def gates_hold(self, level: Level, assessment: Assessment) -> bool:
        """Return whether every gate of a level holds."""
        return all(self.gate_holds(level, place, assessment) for place in range(len(level.gates)))

    def gate_holds(self, level: Level, place: int, assessment: Assessment) -> bool:
        """Return whether one gate of a level holds."""
        held = level.gates[place].held
        if held is None:
            return bool(assessment.value("gate", level.id, str(place)))
        return self._was_held(held, assessment)

    def _was_held(self, held: Held, assessment: Assessment) -> bool:
        """Return whether a prior standing is there.

        `years_at_level` counts the years at the present level, and nothing tells of the years
        before. Whoever holds a higher level than the one asked for has met its years already: one
        year at the higher level is enough.
        """
        previous, asked = self.previous(assessment), self.index[held.level]
        years = min(held.years, 1) if previous > asked else held.years
        return previous >= asked and assessment.organisation.years_at_level >= years

    def gates(self, assessment: Assessment) -> list[GateResult]:
        """Return every gate of every level, in order."""
        return [
            GateResult(level.id, self.gate_holds(level, place, assessment), self.gate_words(gate))
            for level in self.levels
            for place, gate in enumerate(level.gates)
        ]

    def gate_words(self, gate: Gate) -> Words:
        """Return a gate in words."""
        if gate.because:
            return gate.because
        if gate.held:
            return self._held_words(gate.held)
        if gate.every_dimension:
            zh, en = (say_share(gate.every_dimension, self.labels, each) for each in ("zh", "en"))
            return Words(f"每个维度得分率不低于{zh}", f"every dimension reaches {en} of its points")
        assert gate.require is not None  # noqa: S101 - the schema asks for exactly one way
        require = gate.require
        zh, en = (
            self.labels.once((require, each), partial(say_formula, require, self.labels, each))
            for each in ("zh", "en")
        )
        return Words(zh, en)

    def _held_words(self, held: Held) -> Words:
        title, years = self.levels[self.index[held.level]].title, held.years
        if years <= 1:
            return Words(
                f"已保持“{title.zh}”及以上满{years}年",
                f"held {title.say('en')} or higher for {years} year(s)",
            )
        return Words(
            f"已保持“{title.zh}”满{years}年，或已保持更高等级满1年",
            f"held {title.say('en')} for {years} years, or a higher level for 1 year",
        )

    def unfit(self, assessment: Assessment, decidable: Container[int]) -> Decision | None:
        """Return the decision for whoever is not rated, or left without a level; else None.

        Of the conditions for being rated only those are looked at whose numbers are `decidable`.
        """
        period = self.rule_set.period
        part_year = self.rule_set.organisations.part_year == "not_rated"
        if part_year and assessment.inputs.founded > period.from_.toordinal():
            return Decision(NO_LEVEL, rated=False, steps=[level_words.FOUNDED_WITHIN])
        for number, entry in enumerate(self.rule_set.eligibility):
            if number in decidable and not assessment.value("eligible", str(number)):
                rated = entry.otherwise != "not_rated"
                return Decision(NO_LEVEL, rated=rated, steps=[entry.because])
        return None

    def _direct(self, assessment: Assessment, decision: Decision) -> None:
        for number, level in enumerate(self.levels):
            for place, award in enumerate(level.direct):
                if assessment.value("direct", level.id, str(place)):
                    decision.awarded |= {number}
                    decision.move(max(number, decision.index), level_words.awarded(award, level))

    def _capped(self, assessment: Assessment, decision: Decision) -> None:
        for number, cap in enumerate(self.rule_set.levels.caps):
            top = self.index[cap.at_most]
            if top < decision.index and assessment.value("cap", str(number)):
                decision.move(top, level_words.capped(cap, self.title(top)))

    def _one_step(self, assessment: Assessment, decision: Decision) -> None:
        """Keep a score to one step above the level held so far.

        A direct award is a named honour and exempt: a level that was awarded directly needs no
        single steps, and needs no `skip_when` either.
        """
        if self.rule_set.levels.promotion != "one_step" or assessment.get("skip"):
            return
        step, awarded = self.previous(assessment) + 1, max(decision.awarded, default=NO_LEVEL)
        top = max(step, awarded)
        if decision.index > top:
            before, title = self.title(step - 1), self.title(top)
            decision.move(top, level_words.one_step(before, title, by_award=awarded > step))

    def lower(self, veto: Veto, index: int, decision: Decision) -> None:
        """Move a level down because of a veto; never up."""
        if index < decision.index:
            decision.move(index, level_words.vetoed(veto, self.title(index)))


_Effect = Callable[[LevelRules, Veto, Assessment, Decision], None]


def _no_level(rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision) -> None:
    rules.lower(veto, NO_LEVEL, decision)


def _lowest(rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision) -> None:
    rules.lower(veto, 0, decision)


def _at_most(rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision) -> None:
    rules.lower(veto, rules.index[veto.effect.level], decision)


def _no_promotion(
    rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision
) -> None:
    rules.lower(veto, rules.previous(assessment), decision)


def _down(rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision) -> None:
    """Take steps off whatever was reached, which leaves nothing that was awarded directly."""
    decision.awarded = frozenset()
    rules.lower(veto, max(decision.index - veto.effect.steps, NO_LEVEL), decision)


def _cleared(rules: LevelRules, veto: Veto, assessment: Assessment, decision: Decision) -> None:
    """Leave what a total of 0 reaches: at most the lowest level, if band and gates hold.

    Gates are those of the facts and points as they are before the total is cleared.
    """
    lowest = rules.levels[0] if rules.levels else None
    stays = lowest and lowest.at_least <= 0 and rules.gates_hold(lowest, assessment)
    rules.lower(veto, 0 if stays else NO_LEVEL, decision)


_EFFECTS: dict[str, _Effect] = {
    "no_level": _no_level,
    "lowest_level": _lowest,
    "at_most": _at_most,
    "no_promotion": _no_promotion,
    "down": _down,
    "clear_to_zero": _cleared,
}
_TURNS = ("at_most", "lowest_level", "no_promotion"), ("down",), ("no_level", "clear_to_zero")


def turn(veto: Veto) -> int:
    """Return when a veto takes its turn among those that fall."""
    return next(number for number, kinds in enumerate(_TURNS) if veto.effect.kind in kinds)
