"""Lists of events, and rule sets that measure them."""

from __future__ import annotations

from functools import cache
from typing import Any

from factories import points, small

from rules.syntax import RuleSet

FACTS = """
honours:
  label: 荣誉
  type: events
  max: 20
  fields:
    giver: {label: 授予单位, type: choice, options: {nation: 国家级, city: 市级, town: 镇级}}
    matter: {label: 事项, type: text}
    hours: {label: 时长, type: decimal, max: 100}
"""


def event(date: str, giver: str = "city", matter: str = "", hours: str = "0") -> dict[str, Any]:
    return {"date": date, "giver": giver, "matter": matter or date, "hours": hours}


@cache
def measured(measure: str, organisations: str = "{part_year: in_full, merged: mean}") -> RuleSet:
    return small(
        "award: [{each: floor(found), points: 1}]",
        FACTS + "founded: {label: 成立, type: date, source: {organisation: founded}}\n",
        points="100",
        more=f"organisations: {organisations}\nmeasures: {{found: {{label: 数, {measure}}}}}\n",
    )


def found(measure: str, *events: dict[str, Any]) -> int:
    return int(points(measured(measure), {"honours": list(events), "founded": "2000-01-01"}))
