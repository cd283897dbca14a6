"""Quotas of the plain kind: one limit for a whole category, where nothing but points decides.

They take one look at everybody, which is sooner done than finding those near them.
"""

from __future__ import annotations

from evaluator.scoring.columnar.census import EVERYONE, among_of
from rules.syntax import Quota, RuleSet


def are_plain(rule_set: RuleSet) -> bool:
    """Return whether all quotas are of the plain kind."""
    direct = any(each.direct for each in rule_set.levels.from_low_to_high)
    return not direct and all(map(_is_plain, rule_set.quotas))


def _is_plain(quota: Quota) -> bool:
    return among_of(quota) == EVERYONE and quota.kind != "at_least"
