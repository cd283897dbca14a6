"""The way to the next level: the fewest open items that win it, each fit for a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.score_reports.content import Road, Suggestion
from evaluator.score_reports.models import PlanItem
from evaluator.score_reports.standing import Standing
from evaluator.scoring.next_level import Missing
from rules.numbers import points_text

Planned = Mapping[str, PlanItem]
"""What a plan already holds from the report of a round, by item."""


def road_of(standing: Standing, planned: Planned, language: str) -> Road | None:
    """Return the way to the next level; None at the top."""
    above = standing.above
    if above is None:
        return None
    return Road(
        above.level.title.say(language),
        [each.words.say(language) for each in above.missing],
        [
            Suggestion(*found, planned.get(found[0]))
            for number, each in enumerate(above.missing)
            for found in _items(each, number, language)
        ],
    )


def _items(missing: Missing, number: int, language: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield what to do about one missing thing: its id, title, worth and how.

    Points are won by indicators. A condition is an item itself, and is known by its place: a plan
    keeps its words. What a veto or a quota took is nothing that a branch could plan for.
    """
    if missing.kind == "points":
        for each in missing.chances:
            title = each.indicator.title.say(language)
            yield each.indicator.id, title, points_text(each.worth), each.how.say(language)
    elif missing.kind == "gate":
        yield f"condition-{number}", missing.words.say(language), "", ""
