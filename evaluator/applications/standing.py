"""How a draft stands: points so far, the level they give, what is missing for the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.applications.draft import Draft
from evaluator.applications.parts import Part
from evaluator.scoring.assessment import Assessment
from evaluator.scoring.levels import NO_LEVEL
from evaluator.scoring.next_level import Chance, Missing
from rules.numbers import decimal_text, points_text
from rules.syntax import Block, Dimension

_MOST_CHANCES = 6


@dataclass(frozen=True)
class Advice:
    """An indicator that could bring more points, and where it stands."""

    title: str
    worth: str
    how: str
    part: str
    anchor: str


@dataclass(frozen=True)
class Lacking:
    """One thing that is missing for the next level."""

    words: str
    advice: Sequence[Advice]


@dataclass(frozen=True)
class Standing:
    """The points so far and what they come to."""

    total: str
    most: str
    level: str
    stars: int
    steps: Sequence[str]
    above: str
    lacking: Sequence[Lacking]
    to_fill: int
    judged_later: int
    compared_later: int


@dataclass(frozen=True)
class PartLine:
    """A part in the list at the left: how much of it is done, and its points so far."""

    id: str
    title: str
    done: int
    count: int
    points: str
    most: str
    open: bool


def standing_of(draft: Draft, language: str) -> Standing:
    """Return how a draft stands."""
    found, levels = draft.found, draft.ready.levels
    index = found.decision.index
    waiting = found.waiting
    open_facts = {each.name for each in draft.open()}
    to_fill = sum(bool(each.facts & open_facts) for each in waiting.values())
    compared = sum(each.compared for each in waiting.values())
    return Standing(
        total=decimal_text(found.assessment.total),
        most=points_text(draft.ready.rule_set.scale.total),
        level=levels.title(index).say(language),
        stars=0 if index == NO_LEVEL else levels.levels[index].stars,
        steps=[each.say(language) for each in found.decision.steps],
        above=found.above.level.title.say(language) if found.above else "",
        lacking=[
            _lacking(each, draft, language) for each in (found.above.missing if found.above else ())
        ],
        to_fill=to_fill,
        judged_later=len(waiting) - to_fill - compared,
        compared_later=compared,
    )


def part_lines(draft: Draft, language: str) -> list[PartLine]:
    """Return the parts of a draft with what is done of each."""
    return [_part_line(each, draft, language) for each in draft.ready.parts]


def _part_line(part: Part, draft: Draft, language: str) -> PartLine:
    done, count = draft.progress(part)
    points, most = _points(part.group, draft.found.assessment)
    return PartLine(part.id, part.title.say(language), done, count, points, most, done < count)


def _points(group: Dimension | Block | None, assessment: Assessment) -> tuple[str, str]:
    """Return the points of a part and the most that it can have; of a deduction, with its sign."""
    if group is None:
        return "", ""
    if isinstance(group, Dimension):
        return decimal_text(assessment.value("dimension", group.id)), points_text(group.points)
    sign = "−" if group.kind == "deduction" else ""
    points = assessment.value("block", group.id)
    return f"{sign if points else ''}{decimal_text(points)}", f"{sign}{points_text(group.cap)}"


def _lacking(missing: Missing, draft: Draft, language: str) -> Lacking:
    advice = [_advice(each, draft, language) for each in missing.chances[:_MOST_CHANCES]]
    return Lacking(missing.words.say(language), advice)


def _advice(chance: Chance, draft: Draft, language: str) -> Advice:
    name = chance.indicator.id
    part = next(
        part
        for part in draft.ready.parts
        if any(place.indicator.id == name for place in part.places)
    )
    return Advice(
        chance.indicator.title.say(language),
        decimal_text(chance.worth),
        chance.how.say(language),
        part.id,
        f"indicator-{name}",
    )
