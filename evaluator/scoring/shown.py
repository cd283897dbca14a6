"""Facts and measures as people read them: 是, 95.5%, 11次, 较好, 3条."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from weakref import WeakKeyDictionary

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.interpreted import evaluate
from rules.describe.sources import awaited_words
from rules.describe.words import Labels
from rules.formula import Expression, parse
from rules.lowering.values import Number, scale_of
from rules.numbers import decimal_text, number_text
from rules.quotients import Quotient
from rules.syntax import Fact, Formula

_NAMES: WeakKeyDictionary[Labels, dict[int, tuple[str, ...]]] = WeakKeyDictionary()
"""The names in the formulas of each part of a rule set, in their order."""
_TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}


class Shown:
    """Shows values of one assessment."""

    def __init__(self, assessment: Assessment, labels: Labels):
        self.assessment = assessment
        self.labels = labels
        self.slots = assessment.inputs.slots
        self.slot_of = assessment.program.fact_slots
        self._names = _NAMES.setdefault(labels, {})
        self._numbers: dict[str, str] = {}

    def fact(self, name: str, language: str) -> str:
        """Return the value of a fact."""
        fact = self.labels.rule_set.facts[name]
        raw = self.assessment.inputs.raw.get(name)
        if name in self.assessment.inputs.missing:
            return awaited_words(fact.source, language)
        if fact.type in ("events", "ratings"):
            return _several(fact, raw, language)
        slot = self.slot_of.get(name)
        if slot is None:
            words = fact.options.get(str(raw))
            return words.say(language) if words else str(raw)
        return self._scalar(fact, int(self.slots[slot]), language, str(raw))

    def _scalar(self, fact: Fact, value: int, language: str, raw: str) -> str:
        if fact.type == "boolean":
            return _TRUTH[language][value]
        if fact.type == "choice":
            return list(fact.options.values())[value].say(language)
        if fact.type == "date":
            return raw
        unit = fact.unit.say(language) if fact.unit else ""
        space = " " if unit and language == "en" else ""
        return f"{_scaled(value, scale_of(fact), fact.type == 'ratio')}{space}{unit}"

    def quotient(self, quotient: Quotient) -> Fraction:
        """Return the exact value of a quotient for this organisation."""
        outputs = self.assessment.outputs
        return Fraction(
            evaluate(quotient.num, self.slots, outputs), evaluate(quotient.den, self.slots, outputs)
        )

    def name(self, name: str, language: str) -> str:
        """Return the value of a fact or measure; empty for conditions, which words say better."""
        rule_set, names = self.labels.rule_set, self.assessment.program.names
        if name in rule_set.facts:
            boolean = rule_set.facts[name].type == "boolean"
            return "" if boolean else self.fact(name, language)
        measure = rule_set.measures.get(name)
        if measure is None or names is None:
            return self._total(name)
        value = names.lookup(Expression("name", measure.where, name))
        if not isinstance(value, Number):
            return ""
        unit = measure.unit.say(language) if measure.unit else ""
        space = " " if unit and language == "en" else ""
        if name not in self._numbers:
            quotient = self.quotient(value.quotient)
            self._numbers[name] = number_text(quotient, value.percent, 2)
        return f"{self._numbers[name]}{space}{unit}"

    def _total(self, name: str) -> str:
        """Return the points of a dimension or block, or the total; empty for other names."""
        keys = (("dimension", name), ("block", name), (name,))
        found = [key for key in keys if key in self.assessment.program.index]
        return decimal_text(self.assessment.value(*found[0])) if found else ""

    def values_in(self, formulas: Iterable[Formula], language: str) -> str:
        """Return the facts and measures of formulas with their values, each once."""
        return self.named(
            (name for formula in formulas for name in _ordered_names(parse(formula))), language
        )

    def values_of(
        self, part: object, language: str, formulas: Callable[[], Iterable[Formula]]
    ) -> str:
        """Return the same for the formulas of a part of the rule set, which are looked up once.

        The part is known by its identity: it lives as long as the rule set of the labels.
        """
        names = self._names.get(id(part))
        if names is None:
            found = (name for each in formulas() for name in _ordered_names(parse(each)))
            names = self._names[id(part)] = tuple(dict.fromkeys(found))
        return self.named(names, language)

    def named(self, names: Iterable[str], language: str) -> str:
        """Return facts, measures and totals with their values, each once."""
        found: dict[str, str] = {}
        for name in names:
            value = self.name(name, language)
            if value and name not in found:
                label = self.labels.plain(name, language)
                found[name] = f"{label}：{value}" if language == "zh" else f"{label}: {value}"
        return ("，" if language == "zh" else ", ").join(found.values())


@lru_cache(maxsize=8192)
def _scaled(value: int, scale: int, percent: bool) -> str:
    """Return a whole number of parts as people read it; branches share most of their numbers."""
    return number_text(Fraction(value, scale), percent)


def _ordered_names(expression: Expression) -> Iterable[str]:
    if expression.kind == "name":
        yield str(expression.value)
    for each in expression.args:
        yield from _ordered_names(each)


def _several(fact: Fact, raw: object, language: str) -> str:
    items = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else []
    if fact.type == "ratings":
        return ("、" if language == "zh" else ", ").join(str(each) for each in items)
    return f"{len(items)}条" if language == "zh" else f"{len(items)} event(s)"
