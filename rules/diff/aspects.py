"""In which respects a part of a rule set can change, and how each value is said."""

from __future__ import annotations

import dataclasses
import datetime
import json
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rules.describe.fact_rows import value_words
from rules.describe.indicator_lines import basis_words, evidence_words, fallback_words
from rules.describe.labels import Labels
from rules.describe.language import day_words, listing, pick, points_words
from rules.describe.level_lines import effect_words
from rules.describe.measures import measure_words, span_words
from rules.describe.rule_lines import rule_lines
from rules.describe.sources import source_words
from rules.describe.words import say_formula
from rules.diff.names import ASPECTS
from rules.schema import plain
from rules.syntax import Fact, Formula, Indicator, Measure, MeasuredOn, Node, Points, Veto, Words

Say = Callable[[Any, Labels, str], str]


@dataclass(frozen=True)
class Aspect:
    """One respect: the attributes that belong to it, and how a node's value is said."""

    name: str
    attributes: tuple[str, ...]
    say: Say

    @property
    def title(self) -> Words:
        """Return what the respect is called."""
        return ASPECTS.get(self.name, Words(self.name, self.name))


def aspects_of(node: type[Node], without: tuple[str, ...] = ()) -> list[Aspect]:
    """Return every respect in which a node can change, but for attributes compared elsewhere."""
    own = _OWN.get(node, ())
    covered = {name for each in own for name in each.attributes} | {"where", "id", *without}
    rest = [each.name for each in dataclasses.fields(node) if each.name not in covered]
    return [*own, *(Aspect(name, (name,), _plainly(node, name)) for name in rest)]


def _plainly(node: type[Node], name: str) -> Say:
    """Return how an attribute is said by its type."""
    hint = typing.get_type_hints(node)[name]
    is_points = Points in (hint, *typing.get_args(hint))

    def say(found: Any, labels: Labels, language: str) -> str:
        value = getattr(found, name)
        if is_points and value is not None:
            return points_words(value, language)
        return said(value, labels, language)

    return say


def said(value: Any, labels: Labels, language: str) -> str:
    """Return a value in words, by its kind."""
    if value is None or value == ():
        return ""
    if isinstance(value, Words):
        return value.say(language)
    if isinstance(value, Formula):
        return say_formula(value, labels, language)
    if isinstance(value, bool):
        return pick(language, *{True: ("是", "yes"), False: ("否", "no")}[value])
    if isinstance(value, datetime.date):
        return day_words(value, language)
    if isinstance(value, MeasuredOn):
        return _measured_on(value, language)
    return _compound(value, labels, language)


def _compound(value: Any, labels: Labels, language: str) -> str:
    if isinstance(value, tuple):
        return listing((said(each, labels, language) for each in value), language)
    if isinstance(value, dict):
        return listing((f"{key} {said(each, labels, language)}" for key, each in value.items()),
                       language)  # fmt: skip
    if isinstance(value, Node):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)


def _measured_on(value: MeasuredOn, language: str) -> str:
    if value.rounded is None:
        return pick(language, "不取整", "unrounded")
    places = value.rounded
    return pick(
        language, f"四舍五入保留{places}位小数", f"rounded half up to {places} decimal place(s)"
    )


def _rule(indicator: Indicator, labels: Labels, language: str) -> str:
    block = next((each for each in labels.rule_set.blocks if indicator in each.indicators), None)
    losing = block is not None and block.kind == "deduction"
    inner = labels.in_deductions() if losing else labels
    return "\n".join(rule_lines(indicator, inner, language))


def _fallback(name: str) -> Say:
    def say(found: Any, labels: Labels, language: str) -> str:
        value = getattr(found, name)
        return fallback_words(value, labels, language) if value else ""

    return say


def _evidence(indicator: Indicator, labels: Labels, language: str) -> str:
    return listing((evidence_words(each, language) for each in indicator.evidence), language)


def _basis(node: Any, labels: Labels, language: str) -> str:
    return basis_words(node.basis, language)


def _source(fact: Fact, labels: Labels, language: str) -> str:
    detail = f" [{fact.source.detail}]" if fact.source.detail else ""
    return source_words(fact.source, language) + detail


def _fields(fact: Fact, labels: Labels, language: str) -> str:
    columns = (f"{each.label.say(language)} [{value_words(each, language)}]"
               for each in fact.fields.values())  # fmt: skip
    return listing(columns, language)


def _options(fact: Fact, labels: Labels, language: str) -> str:
    return listing((each.say(language) for each in fact.options.values()), language)


def _anchors(fact: Fact, labels: Labels, language: str) -> str:
    return listing((f"{each.at_least} {each.means.say(language)}" for each in fact.anchors),
                   language)  # fmt: skip


def _effect(veto: Veto, labels: Labels, language: str) -> str:
    return effect_words(veto.effect, labels, language)


def _period(rule_set: Any, labels: Labels, language: str) -> str:
    return span_words(rule_set.period, language)


_WAYS = tuple(each.name for each in dataclasses.fields(Measure) if "way" in each.metadata)
_OWN: dict[type[Node], tuple[Aspect, ...]] = {
    Indicator: (
        Aspect("rule", ("rule",), _rule),
        Aspect("otherwise", ("otherwise",), _fallback("otherwise")),
        Aspect("missing", ("missing",), _fallback("missing")),
        Aspect("evidence", ("evidence",), _evidence),
        Aspect("basis", ("basis",), _basis),
    ),
    Fact: (
        Aspect("source", ("source",), _source),
        Aspect("fields", ("fields",), _fields),
        Aspect("options", ("options",), _options),
        Aspect("anchors", ("anchors",), _anchors),
    ),
    Measure: (Aspect("way", _WAYS, measure_words),),
    Veto: (Aspect("effect", ("effect",), _effect), Aspect("basis", ("basis",), _basis)),
}
PERIOD = Aspect("period", ("period",), _period)
