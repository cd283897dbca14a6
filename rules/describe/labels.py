"""The labels, units and kinds of every name that a formula may use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from copy import copy

from rules.formula import Expression, parse
from rules.problems import RuleErrors
from rules.syntax import Block, Dimension, EventField, Fact, Measure, RuleSet, Words

_COMPARED = frozenset(
    ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "not", "truth")
)
_FIXED = {
    "period_start": Words("评定周期首日", "the first day of the period"),
    "period_end": Words("评定周期末日", "the last day of the period"),
    "base": Words("基础分", "the base"),
    "total": Words("总分", "the total"),
    "stars": Words("获得的星数", "the stars won"),
    "date": Words("日期", "date"),
}
_TIMES = Words("次")
_COUNTED = (*"次人件个户项家篇条名场天级", "人次", "个月")
_UNITS_IN_LABELS = tuple("次人件户天项篇名")


class Labels:
    """Finds what a name is called, in which unit it counts, and what kind of value it is.

    Inside a condition on events, `columns` are the columns of these events.
    """

    def __init__(self, rule_set: RuleSet, columns: Mapping[str, EventField] | None = None):
        self.rule_set = rule_set
        self.columns = columns or {}
        self.losing = False
        self._said: dict[tuple[int, str], str] = {}
        self.groups: tuple[Dimension | Block, ...] = (*rule_set.dimensions, *rule_set.blocks)
        groups = self.groups
        self.words: dict[str, Words] = {
            **_FIXED,
            **{each.id: each.title for group in groups for each in group.indicators},
            **{group.id: group.title for group in groups},
            **{name: measure.label for name, measure in rule_set.measures.items()},
            **{name: fact.label for name, fact in rule_set.facts.items()},
            **{name: column.label for name, column in self.columns.items()},
        }
        self._stripped = Counter(each.zh.partition("（")[0] for each in self.words.values())
        self.totals = {"base", "total", "stars", *(group.id for group in self.groups)}
        self.vetoes = {veto.id: veto.title for veto in rule_set.vetoes}
        self.levels = {level.id: level.title for level in rule_set.levels.from_low_to_high}

    def once(self, about: tuple[object, str], say: Callable[[], str]) -> str:
        """Return what is said of a part of the rule set in a language, worded the first time only.

        The part is known by its identity: it lives as long as the rule set of these labels.
        """
        part, language = about
        key = (id(part), language)
        said = self._said.get(key)
        if said is None:
            said = self._said[key] = say()
        return said

    def for_events(self, name: str) -> Labels:
        """Return the labels inside a condition on the events of a fact."""
        fact = self.rule_set.facts.get(name)
        return Labels(self.rule_set, fact.fields) if fact else self

    def in_deductions(self) -> Labels:
        """Return the labels inside a deduction block, where points won are points taken off."""
        labels = copy(self)
        labels.losing = True
        labels._said = {}
        return labels

    def plain(self, name: str, language: str) -> str:
        """Return the label of a name, without a remark in brackets; else the name itself."""
        words = self.words.get(name)
        label = words.say(language) if words else name
        bare = label.partition("（")[0] if label.endswith("）") else label
        return bare if bare and self._stripped[bare] == 1 else label

    def of(self, name: str, language: str) -> str:
        """Return the label of a name in quotes; the name itself where there is none."""
        return quoted(self.plain(name, language), language)

    def typed(self, name: str) -> Fact | EventField | None:
        """Return the fact or column of a name, where it is one."""
        return self.columns.get(name) or self.rule_set.facts.get(name)

    def measure(self, name: str) -> Measure | None:
        """Return the measure of a name, where it is one."""
        return None if self.typed(name) else self.rule_set.measures.get(name)

    def option(self, name: str, word: str, language: str) -> str:
        """Return the label of one word of a choice."""
        typed = self.typed(name)
        words = typed.options.get(word) if typed else None
        return words.say(language) if words else word

    def unit(self, name: str, language: str) -> str:
        """Return the unit in which a name counts; nothing where none is declared."""
        measure, fact = self.measure(name), self.rule_set.facts.get(name)
        if measure is None and fact is None and name not in self.columns:
            return self._total_unit(name, language)
        if measure and (measure.count or measure.missed) and not measure.unit:
            return _TIMES.zh if language == "zh" else ""
        if measure and measure.longest_gap and not measure.unit:
            return "天" if language == "zh" else "day"
        unit = measure.unit if measure else fact.unit if fact and name not in self.columns else None
        if language == "en":
            return unit.en if unit else ""
        return unit.zh if unit else self._unit_in_label(name)

    def _total_unit(self, name: str, language: str) -> str:
        """Return the unit of a total: points, or stars."""
        if name == "stars":
            return "颗" if language == "zh" else ""
        if name not in self.totals:
            return ""
        return "分" if language == "zh" else "point"

    def counts(self, expression: Expression) -> bool:
        """Return whether a name is a number of things, which are more or fewer."""
        name = str(expression.value)
        if expression.kind != "name" or self.is_rank(expression):
            return False
        typed, measure = self.typed(name), self.measure(name)
        if measure:
            return bool(measure.count or measure.missed or measure.longest_gap)
        whole = typed is not None and typed.type == "integer"
        return whole and self.unit(name, "zh") in _COUNTED

    def is_rank(self, expression: Expression) -> bool:
        """Return whether a name is a place in a group."""
        measure = self.measure(str(expression.value)) if expression.kind == "name" else None
        return measure is not None and measure.rank is not None

    def _unit_in_label(self, name: str) -> str:
        """Return 次 for a label such as 走访次数, which names its unit."""
        label = self.plain(name, "zh")
        return label[-2] if label[-1:] == "数" and label[-2:-1] in _UNITS_IN_LABELS else ""

    def is_condition(self, expression: Expression) -> bool:
        """Return whether an expression is something that holds or does not."""
        if expression.kind in _COMPARED:
            return True
        if expression.kind == "call":
            return expression.value == "given"
        return expression.kind == "name" and self._named(expression, "boolean", self.is_condition)

    def is_day(self, expression: Expression) -> bool:
        """Return whether an expression is a date."""
        if expression.kind == "call":
            return expression.value == "date"
        if expression.kind != "name":
            return False
        return expression.value in ("period_start", "period_end", "date") or self._named(
            expression, "date", self.is_day
        )

    def is_percent(self, expression: Expression) -> bool:
        """Return whether an expression is a share that people read as a percentage."""
        if expression.kind == "name":
            return self._named(expression, "ratio", self.is_percent)
        if expression.kind == "call" and expression.value == "ratio":
            return True
        inner = {"if": expression.args[1:], "call": expression.args[:1]}.get(
            expression.kind, expression.args
        )
        follows = expression.kind in ("+", "-", "negate", "if") or expression.value in (
            "min",
            "max",
            "abs",
            "round",
        )
        return follows and any(map(self.is_percent, inner))

    def _named(self, expression: Expression, kind: str, of_formula: object) -> bool:
        name = str(expression.value)
        typed, measure = self.typed(name), self.measure(name)
        if typed:
            return typed.type == kind
        if measure is None:
            return False
        if kind == "ratio" and measure.percent:
            return True
        return callable(of_formula) and bool(_of_measure(measure, of_formula))


def _of_measure(measure: Measure, of_formula: object) -> bool:
    grouped = measure.highest or measure.lowest or measure.group_mean
    formula = measure.formula or (grouped.of if grouped else None)
    if formula is None or not callable(of_formula):
        return False
    try:
        return bool(of_formula(parse(formula)))
    except (RuleErrors, RecursionError):
        return False


def quoted(text: str, language: str) -> str:
    """Return a text in the quotes of the language."""
    if language == "zh":
        return f"“{text.replace('“', '‘').replace('”', '’')}”"
    return f'"{text}"'
