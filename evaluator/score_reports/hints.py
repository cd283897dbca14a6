"""What a branch can do about a condition, a veto or a band that keeps it from the next level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from evaluator.score_reports.losses import lost, won_back, won_to
from evaluator.score_reports.standing import Standing
from evaluator.scoring.next_level import Missing
from evaluator.web.wording import gettext
from rules.describe.language import listing, pick
from rules.describe.level_lines import effect_words
from rules.describe.sources import source_words
from rules.describe.words import say_formula
from rules.formula import Expression, parse
from rules.numbers import points_text
from rules.syntax import Dimension, Formula, Gate, Indicator, Veto
from rules.syntax.base import POINT

_MOST = 3
"""So many indicators are named for a dimension: the ones that lost most."""


def hint_of(missing: Missing, standing: Standing, language: str) -> str:
    """Return what to do about one missing thing, as far as the rule set says; else nothing.

    Points are won by the indicators that are suggested beside them.
    """
    node = missing.node
    if isinstance(node, Veto):
        said = _veto(node, standing, language)
    elif isinstance(node, Gate):
        said = list(_gate(node, standing, language))
    elif missing.kind == "points" and not missing.chances:
        stars = standing.ready.rule_set.levels.stars
        said = list(_dimensions(standing, stars.won_at.text, language)) if stars else []
    else:
        said = []
    return pick(language, "；", "; ").join(said)


def _veto(veto: Veto, standing: Standing, language: str) -> list[str]:
    labels = standing.ready.labels
    when = say_formula(veto.when, labels, language)
    return [
        gettext("it falls when: %(condition)s", condition=when),
        gettext("effect: %(effect)s", effect=effect_words(veto.effect, labels, language)),
    ]


def _gate(gate: Gate, standing: Standing, language: str) -> Iterator[str]:
    if gate.held:
        yield gettext("it takes holding that level for so long; nothing is to be filled in")
    if gate.every_dimension:
        yield from _dimensions(standing, gate.every_dimension.text, language)
    if gate.require:
        if gate.because:
            needed = say_formula(gate.require, standing.ready.labels, language)
            yield gettext("needed: %(condition)s", condition=needed)
        yield from _sources(gate.require, standing, language)
        yield from _named_dimensions(gate.require, standing, language)


def _sources(formula: Formula, standing: Standing, language: str) -> Iterator[str]:
    """Say by which facts a condition is judged, and from whom they come."""
    facts, names = standing.ready.rule_set.facts, standing.ready.scorer.program.names
    behind = {
        fact
        for name in _names(parse(formula))
        for fact in (names.facts_behind(name) if names else ())
    }
    said = [
        gettext(
            "%(fact)s (%(source)s)",
            fact=facts[name].label.say(language),
            source=source_words(facts[name].source, language),
        )
        for name in facts
        if name in behind
    ]
    if said:
        yield gettext("judged by: %(facts)s", facts=listing(said, language))


def _named_dimensions(formula: Formula, standing: Standing, language: str) -> Iterator[str]:
    """Name what brings each dimension to the points that a condition asks of it."""
    for group in named_dimensions(formula, standing):
        chosen = asked_of(formula, group, standing)
        yield from _of_dimension(group, chosen, standing, language)


def named_dimensions(formula: Formula, standing: Standing) -> list[Dimension]:
    """Return the dimensions whose points a condition looks at."""
    named = set(_names(parse(formula)))
    return [each for each in standing.ready.rule_set.dimensions if each.id in named]


def _dimensions(standing: Standing, share: str, language: str) -> Iterator[str]:
    """Name what brings each dimension to a share of its points that it does not reach."""
    for group in standing.ready.rule_set.dimensions:
        if group.counts:
            chosen = list(won_back(standing, group, share))[:_MOST]
            yield from _of_dimension(group, chosen, standing, language)


def asked_of(formula: Formula, group: Dimension, standing: Standing) -> list[Indicator]:
    """Return what brings a dimension to what a condition asks of its points.

    Where the condition is no plain lower limit, those are the indicators that lost most.
    """
    said = parse(formula)
    plain = said.kind in (">=", ">") and len(said.args) == 2
    if plain and said.args[0].value == group.id and said.args[1].kind == "number":
        wanted = Fraction(said.args[1].value) * POINT
        return list(won_to(standing, group, wanted))[:_MOST]
    return _most_lost(standing, group)


def _most_lost(standing: Standing, group: Dimension) -> list[Indicator]:
    left = [each for each in group.indicators if lost(standing, each) > 0]
    return sorted(left, key=lambda each: -lost(standing, each))[:_MOST]


def _of_dimension(
    group: Dimension, chosen: Sequence[Indicator], standing: Standing, language: str
) -> Iterator[str]:
    if not chosen:
        return
    said = [
        gettext(
            "%(indicator)s (%(points)s points left)",
            indicator=each.title.say(language),
            points=points_text(lost(standing, each)),
        )
        for each in chosen
    ]
    yield gettext(
        "%(dimension)s: begin with %(indicators)s",
        dimension=group.title.say(language),
        indicators=listing(said, language),
    )


def _names(expression: Expression) -> Iterable[str]:
    if expression.kind == "name":
        yield str(expression.value)
    for each in expression.args:
        yield from _names(each)
