"""The branch of the demonstration's officer: a draft with a few facts left to type.

With them its points reach the next star, so that whoever types sees the points move. Last year's
application answers them as well, though one of its answers leaves a gate of the next star closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evaluator.demonstration.stages import OWN
from evaluator.files import Submission

LAST_YEAR: Mapping[str, Any] = {
    "household_leaders": "57",
    "party_grids": "5",
    "problems_solved": "9",
    "households_served": "1261",
    "showcases": [{"date": "2025-05-16", "kind": "post"}],
}
"""The facts that nobody knows yet, as they were answered the year before."""
_GOOD_YEAR = {
    "requests_closed": 157,
    "requests_on_time": 155,
    "requests_repeated": 0,
    "development_done": 5,
    "volunteers": 31,
}
"""Records that stand higher than in the workbook: without these the next star is out of reach."""


def with_good_year(submissions: list[Submission], *, gaps: bool) -> list[Submission]:
    """Return the rows of the workbook, that of the own branch with its good year.

    With `gaps` a few facts are left for its officer to type; after the self-assessment none are.
    """
    return [_own(each, gaps) if each.organisation.id == OWN else each for each in submissions]


def _own(submission: Submission, gaps: bool) -> Submission:
    facts = {**submission.facts, **_GOOD_YEAR}
    if not gaps:
        return replace(submission, facts=facts)
    return replace(
        submission, facts={name: value for name, value in facts.items() if name not in LAST_YEAR}
    )
