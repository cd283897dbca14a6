"""Rule sets with levels from two to five stars, and facts that come to a total."""

from __future__ import annotations

from functools import cache
from typing import Any

from factories import rule_set

from rules.numbers import points_text, read_points
from rules.syntax import RuleSet

HEAD = """
scale: {total: 100}
facts:
  p: {label: 分数, type: decimal, max: 80, places: 4}
  q: {label: 其余, type: decimal, max: 20, places: 4}
  a: {label: {zh: 有项目, en: Has a project}, type: boolean}
  b: {label: 乙, type: boolean}
  c: {label: 丙, type: boolean}
  founded: {label: 成立, type: date, source: {organisation: founded}}
dimensions:
  - id: first
    title: 一
    points: 80
    indicators: [{id: x, title: 一, points: 80, rule: {formula: p}}]
  - id: second
    title: 二
    points: 20
    indicators: [{id: y, title: 二, points: 20, rule: {formula: q}}]
"""
BANDS = """
    - {id: two_star, title: 二星, stars: 2, at_least: 60}
    - {id: three_star, title: 三星, stars: 3, at_least: 70}
    - {id: four_star, title: {zh: 四星, en: Four stars}, stars: 4, at_least: 80}
"""
DIRECT = "      direct: [{when: a, because: {zh: 省级表彰, en: honoured by the province}}]"


@cache
def made(
    top: str = "",
    *,
    measured: str = "unrounded",
    promotion: str = "any",
    keys: str = "",
    bands: str = BANDS,
    more: str = "",
) -> RuleSet:
    """Return a rule set with levels from two to five stars; `top` holds keys of the highest."""
    return rule_set(
        f"{HEAD}\nlevels:\n  measured_on: {measured}\n  promotion: {promotion}\n{keys}\n"
        f"  from_low_to_high:{bands}"
        f"    - id: five_star\n      title: {{zh: 五星, en: Five stars}}\n      stars: 5\n"
        f"      at_least: 90\n{top}\n{more}"
    )


def facts(total: str, **given: Any) -> dict[str, Any]:
    """Return facts that come to a total, the second dimension full where that is possible."""
    points = read_points(total)
    rest = min(points, 200_000)
    usual = {"a": False, "b": False, "c": False, "founded": "2000-01-01"}
    return {"p": points_text(points - rest), "q": points_text(rest), **usual, **given}
