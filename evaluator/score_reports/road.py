"""The way to the next level: the fewest open items that win it, each fit for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.score_reports.content import Road, Suggestion
from evaluator.score_reports.hints import asked_of, hint_of, named_dimensions
from evaluator.score_reports.losses import lost, won_back
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.standing import Standing
from evaluator.score_reports.steps import step_of
from evaluator.scoring.next_level import Missing
from rules.describe.language import pick
from rules.lowering import indicators_of
from rules.numbers import points_text
from rules.syntax import Indicator, Level

Planned = Mapping[str, PlanItem]
"""What a plan already holds from the report of a round, by item."""


def road_of(standing: Standing, planned: Planned, language: str) -> Road | None:
    """Return the way to the next level; None at the top."""
    above = standing.above
    if above is None:
        return None
    found = {
        each.id: each
        for number, missing in enumerate(above.missing)
        for each in _items(standing, missing, number, planned, language)
    }
    for indicator in _short(standing, above.level):
        if indicator.id not in found:
            found[indicator.id] = _suggestion(standing, indicator, planned, language)
    lacking = [_lacking(each, standing, language) for each in above.missing]
    return Road(above.level.title.say(language), lacking, list(found.values()))


def _lacking(missing: Missing, standing: Standing, language: str) -> str:
    """Return one missing thing in words; what is no item of its own has its hint with it."""
    words = missing.words.say(language)
    hint = "" if missing.kind == "gate" else hint_of(missing, standing, language)
    return pick(language, f"{words}。{hint}。", f"{words}. {hint}.") if hint else words


def suggestion_of(
    standing: Standing, planned: Planned, item: str, language: str
) -> Suggestion | None:
    """Return what a branch may take into its plan: what is suggested, or what lost points."""
    road = road_of(standing, planned, language)
    for each in road.suggestions if road else ():
        if each.id == item:
            return each
    rule_set = standing.ready.rule_set
    indicators = {each.id: each for each in indicators_of(rule_set)}
    if road is None or item not in indicators or lost(standing, indicators[item]) <= 0:
        return None
    return _suggestion(standing, indicators[item], planned, language)


def _items(
    standing: Standing, missing: Missing, number: int, planned: Planned, language: str
) -> Iterator[Suggestion]:
    """Yield what to do about one missing thing.

    Points are won by indicators. A condition is an item itself, and is known by its place: a plan
    keeps its words. What a veto or a quota took is nothing that a branch could plan for.
    """
    if missing.kind == "points":
        for each in missing.chances:
            name, title = each.indicator.id, each.indicator.title.say(language)
            how = step_of(standing, each.indicator, language)
            yield Suggestion(name, title, points_text(each.worth), how, planned.get(name))
    elif missing.kind == "gate":
        name = f"condition-{number}"
        how = hint_of(missing, standing, language)
        yield Suggestion(name, missing.words.say(language), "", how, planned.get(name))


def _suggestion(
    standing: Standing, indicator: Indicator, planned: Planned, language: str
) -> Suggestion:
    return Suggestion(
        indicator.id,
        indicator.title.say(language),
        points_text(lost(standing, indicator)),
        step_of(standing, indicator, language),
        planned.get(indicator.id),
    )


def _short(standing: Standing, level: Level) -> Iterator[Indicator]:
    """Yield the indicators that bring dimensions to what the conditions of a level ask of them.

    Those that lost most come first, so that they are few.
    """
    assessment = standing.so_far.assessment
    for place, gate in enumerate(level.gates):
        if gate.require and not standing.ready.levels.gate_holds(level, place, assessment):
            for group in named_dimensions(gate.require, standing):
                yield from asked_of(gate.require, group, standing)
        if gate.every_dimension is None:
            continue
        for group in standing.ready.rule_set.dimensions:
            if not assessment.get("gate", level.id, str(place), group.id, default=1):
                yield from won_back(standing, group, gate.every_dimension.text)
