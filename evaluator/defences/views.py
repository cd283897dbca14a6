"""All pages of defences; each module of them registers on the blueprint."""

from __future__ import annotations

from evaluator.defences import (
    agreement_views,
    board_views,
    handout_views,
    judging_views,
    leading_views,
    record_views,
    timetable_views,
)
from evaluator.defences.blueprint import blueprint

MODULES = (
    agreement_views,
    board_views,
    handout_views,
    judging_views,
    leading_views,
    record_views,
    timetable_views,
)
"""The pages of the subject; importing them registers them."""

__all__ = ["blueprint"]
