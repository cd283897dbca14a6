"""What a trial came to, as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext

from evaluator.applications.models import ApplicationState
from evaluator.trials.asking import Asked
from evaluator.trials.bench import Bench
from evaluator.trials.pictures import flow_picture
from evaluator.trials.studies import RuleSets, Tried, category_for, tried
from evaluator.web.languages import language
from evaluator.what_if.categories import Ready
from evaluator.what_if.influences import influences
from evaluator.what_if.ladder import ladder_of
from evaluator.what_if.listing import losers
from evaluator.what_if.proposals import proposal
from evaluator.what_if.summary import summary
from evaluator.what_if.thresholds import Target
from rules.numbers import decimal_text, read_points

LISTED = 100
_WITH_THE_BRANCH = (ApplicationState.DRAFT, ApplicationState.RETURNED)
Json = dict[str, Any]


@dataclass(frozen=True)
class Waiting:
    """Why participants cannot be scored yet: most are simply not through with their steps."""

    unsubmitted: int = 0
    unreviewed: int = 0
    lacking: int = 0

    @classmethod
    def of(cls, result: Tried, states: Mapping[str, ApplicationState]) -> Waiting:
        """Count those whom the rules that were tried could not score."""
        found = [states.get(each.code, ApplicationState.DRAFT) for each in result.incomplete]
        unsubmitted = sum(each in _WITH_THE_BRANCH for each in found)
        unreviewed = sum(each is ApplicationState.SUBMITTED for each in found)
        return cls(unsubmitted, unreviewed, len(found) - unsubmitted - unreviewed)


@dataclass(frozen=True)
class Shown:
    """Everything that the page of a trial shows."""

    found: Json
    tried: Tried
    pictures: Mapping[str, str]
    losers: Sequence[Json]
    losing: int
    waiting: Waiting
    influences: Sequence[Json] = field(default_factory=list)
    proposals: Sequence[Json] = field(default_factory=list)


def results_of(asked: Asked, bench: Bench, after: RuleSets) -> Shown:
    """Return what a trial comes to; the caller holds the bench."""
    before, other = both_sides(asked, bench, after)
    result = tried(bench, before, other)
    losing = losers(result.study)
    return Shown(
        summary(result.study),
        result,
        _pictures(asked, result),
        [_loser(result, each) for each in losing.slice(0, LISTED).to_pylist()],
        losing.num_rows,
        Waiting.of(result, bench.data.states),
        **_more(asked, bench, before, other),
    )


def both_sides(asked: Asked, bench: Bench, after: RuleSets) -> tuple[RuleSets, RuleSets]:
    """Return the rules of both sides for the categories that have participants."""
    before = {name: each for name, each in asked.before.items() if bench.data.members.get(name)}
    return before, {name: after[name] for name in before}


def _more(asked: Asked, bench: Bench, before: RuleSets, after: RuleSets) -> dict[str, list[Json]]:
    """Return what indicators decide, and bands for targets, as far as they were asked for."""
    form = asked.form
    targets = form.targets()
    if not form.influences.data and not targets:
        return {}
    categories = [
        category_for(bench, name, before[name], rule_set) for name, rule_set in after.items()
    ]
    step = form.step_points()
    return {
        "influences": [influences(each) for each in categories] if form.influences.data else [],
        "proposals": [
            proposal(each, wanted, step, quotas=True)
            for each in categories
            if (wanted := _targets(each, targets))
        ],
    }


def _targets(category: Ready, shares: Mapping[str, Any]) -> list[Target]:
    levels = [each.id for each in category.rule_set.levels.from_low_to_high]
    return [Target(level, share) for level, share in shares.items() if level in levels]


def _pictures(asked: Asked, result: Tried) -> dict[str, str]:
    """Return the picture of all categories under an empty name, and that of each."""
    comparison = result.study.comparison
    about = gettext("Levels before and after")
    found: dict[str, str] = {"": flow_picture(comparison.matrix, about, "flow")}
    if len(comparison.categories) > 1:
        for number, (name, each) in enumerate(comparison.categories.items()):
            found[name] = flow_picture(each.matrix, asked.titles[name], f"flow-{number}")
    return found


def _loser(result: Tried, row: Json) -> Json:
    """Return one who would lose a level, with words in the language of the reader."""
    study, category = result.study, row["category"]
    ladder = ladder_of(study.before[category].rule_set, study.after[category].rule_set)
    titles = {each.id: each.title.say(language()) for each in ladder.states}
    return {
        **row,
        "before_words": titles[row["before"]],
        "after_words": titles[row["after"]],
        "points_before": _points(row["total_before"]),
        "points_after": _points(row["total_after"]),
    }


def _points(total: Decimal | None) -> str:
    return "—" if total is None else decimal_text(read_points(f"{total:f}"))
