"""The influence of indicators as plain values."""

from __future__ import annotations

from typing import Any

import numpy as np

from evaluator.what_if.categories import Ready
from evaluator.what_if.sensitivity import Sensitivity
from evaluator.what_if.stages import Begin, unseen
from evaluator.what_if.summary import both
from rules.numbers import points_text

Json = dict[str, Any]


def influences(ready: Ready, begin: Begin = unseen) -> Json:
    """Return what every indicator of a category means for its levels, the greatest first."""
    rated = ready.engine.decide(ready.columns, ready.tables).rated
    found = Sensitivity(ready.engine).of(
        ready.columns, ready.tables, begin("Trying", ready.columns.size)
    )
    return {
        "category": ready.rule_set.category,
        "title": both(ready.title),
        "rated": int(np.count_nonzero(rated)),
        "unread": ready.unread,
        "before_quotas": True,
        "indicators": [
            {
                "indicator": each.indicator.id,
                "title": both(each.indicator.title),
                "points": points_text(each.indicator.points),
                "deducts": each.deducts,
                "rises": each.rises,
                "falls": each.falls,
                "decides": each.decides,
            }
            for each in found
        ],
    }
