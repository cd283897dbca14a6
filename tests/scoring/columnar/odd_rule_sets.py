"""Rule sets whose decisions are odd: every construct at its edges, and several at once."""

from __future__ import annotations

from functools import cache

from factories import NO_LEVELS, rule_set

from rules.syntax import RuleSet

HEAD = """
scale: {total: 10}
facts:
  p: {label: 分数, type: decimal, max: 10}
  rest: {label: 裁量, type: decimal, max: 6, reason: required}
  kind: {label: 类型, type: choice, options: {shop: 门店, office: 写字楼}}
  founded: {label: 成立, type: date, min: 2025-12-01, max: 2026-02-01}
  a: {label: 甲, type: boolean}
  b: {label: 乙, type: boolean}
  c: {label: 丙, type: boolean}
  d: {label: 丁, type: boolean}
  e: {label: 戊, type: boolean}
  f: {label: 己, type: boolean}
dimensions:
  - id: first
    title: 一
    points: 10
    indicators: [{id: x, title: 一, points: 10, rule: {formula: p}}]
"""
ALL_VETOES = """
vetoes:
  - {id: cleared, title: 清零, when: a, effect: clear_to_zero}
  - {id: none_left, title: {zh: 取消, en: Cancelled}, when: b, effect: no_level}
  - {id: two_down, title: 降两级, when: c, effect: {down: 2}}
  - {id: frozen, title: 不得晋升, when: d, effect: no_promotion}
  - {id: lowest, title: 最低, when: e, effect: lowest_level}
  - {id: one_down, title: 降一级, when: f, effect: {down: 1}}
"""
CAPPED_VETO = "  - {id: kept_down, title: 封顶, when: a and b, effect: {at_most: LEVEL}}\n"
NOT_ALL_YEAR = "organisations: {part_year: not_rated, founded: founded, merged: mean}\n"
BOTH_WAYS = """
eligibility:
  - {require: 'a or b', otherwise: no_level, because: {zh: 条件一, en: condition one}}
  - {require: 'c or d', otherwise: not_rated, because: 条件二}
  - {require: 'e or f', otherwise: not_rated, because: 条件三}
  - {require: 'p >= 1', otherwise: no_level, because: 条件四}
"""
NO_LEVEL_AT_ALL = HEAD + NO_LEVELS + ALL_VETOES + BOTH_WAYS
ONE_LEVEL = (
    HEAD
    + """
levels:
  measured_on: unrounded
  promotion: one_step
  caps: [{when: b, at_most: only, because: 封顶}]
  from_low_to_high:
    - {id: only, title: 唯一, at_least: 0, direct: [{when: a, because: 表彰}],
       gates: [{held: {level: only, years: 2}}]}
"""
    + ALL_VETOES
    + CAPPED_VETO.replace("LEVEL", "only")
)
FIVE_LEVELS = """
levels:
  measured_on: unrounded
  promotion: PROMOTION
  from_low_to_high:
    - id: one
      title: {zh: 一星, en: One star}
      at_least: 0
      gates: [{require: not f}]
      direct: [{when: a and c, because: 老典型}]
    - {id: two, title: 二星, at_least: 4, gates: [{held: {level: one, years: 3}}]}
    - id: three
      title: {zh: 三星, en: Three stars}
      at_least: 6
      gates: [{require: a}, {every_dimension: 60%}, {held: {level: two}}]
      direct: [{when: b, because: {zh: 市级表彰, en: honoured}}, {when: c, because: 区级表彰}]
    - {id: four, title: 四星, at_least: 8, direct: [{when: d, because: 奖章}]}
    - id: five
      title: 五星
      at_least: 9
      gates: [{held: {level: four, years: 0}}]
      direct: [{when: e, because: 省级表彰}]
"""
CAPS = """
  caps:
    - {when: a, at_most: four, because: {zh: 满意度低, en: satisfaction is low}}
    - {when: b, at_most: one, because: 未整改}
    - {when: c, at_most: three, because: 不稳定}
    - {when: d, at_most: five, because: 无效果}
"""
QUOTAS = """
quotas:
  - {id: lower, level: two, kind: at_least, share: 10%, of: rated, rounding: down, ties: exclude,
     tie_break: [p / 7]}
  - {id: top, level: five, kind: at_most, number: 2, ties: exclude, direct_awards: beside,
     among: kind, tie_break: [p, '(p + 1) / (p + 2)']}
  - {id: upper, level: three, kind: at_most, counts: and_above, share: 30%, of: all,
     rounding: up, ties: include, direct_awards: counted}
  - {id: aim, level: four, kind: target, number: 1, ties: exclude}
"""
ANY_STEP = HEAD + FIVE_LEVELS.replace("PROMOTION", "any" + CAPS) + QUOTAS
SINGLE_STEPS = HEAD + FIVE_LEVELS.replace("PROMOTION", "one_step") + QUOTAS
SKIPPING = (
    HEAD
    + FIVE_LEVELS.replace("PROMOTION", "one_step\n  skip_when: e and f" + CAPS)
    + ALL_VETOES
    + CAPPED_VETO.replace("LEVEL", "three")
    + BOTH_WAYS
    + NOT_ALL_YEAR
    + QUOTAS
)
VETOES = HEAD + FIVE_LEVELS.replace("PROMOTION", "any") + ALL_VETOES + NOT_ALL_YEAR
TWO_CLEARED = (
    HEAD
    + FIVE_LEVELS.replace("PROMOTION", "any").replace("at_least: 0\n", "at_least: 1\n")
    + """
vetoes:
  - {id: v, title: 一, when: a, effect: clear_to_zero}
  - {id: w, title: 二, when: b, effect: clear_to_zero}
  - {id: top, title: 三, when: c, effect: {at_most: five}}
  - {id: far, title: 四, when: d, effect: {down: 9}}
"""
)
FEW_READ = """
levels:
  measured_on: unrounded
  promotion: one_step
  from_low_to_high:
    - {id: one, title: 一星, at_least: 0}
    - {id: two, title: 二星, at_least: 4, gates: [{held: {level: one}}]}
"""
ON_POINTS = (
    HEAD
    + """
  - id: second
    title: 二
    points: 10
    counts: false
    applies_when: kind == "shop"
    indicators:
      - {id: y, title: 二, points: 9, missing: zero, rule: {award: [{when: a,
         discretion: {fact: rest, from: 2, to: 5}}]}}
      - {id: z, title: 三, points: 1, applies_when: b, otherwise: full,
         rule: {award: [{when: 'c if given(d) else e', points: 1}]}}
eligibility:
  - {require: 'total >= 3', otherwise: not_rated, because: 三分以下}
  - {require: 'given(f) and a', otherwise: no_level, because: 条件二}
  - {require: 'f', otherwise: not_rated, because: 条件三}
"""
    + FEW_READ
)
REPLACING = (
    HEAD
    + """
  - id: second
    title: 二
    points: 10
    counts: false
    indicators:
      - {id: y, title: 二, points: 10, alternative: slot, applies_when: a and not b,
         rule: {award: [{discretion: {fact: rest, from: 2, to: 5}}]}}
      - {id: z, title: 三, points: 10, alternative: slot, applies_when: b,
         rule: {award: [{when: c, points: 1}]}}
eligibility:
  - {require: 'd or given(rest)', otherwise: no_level, because: 条件一}
  - {require: 'e', otherwise: not_rated, because: 条件二}
"""
    + FEW_READ
)
COMPARED = (
    HEAD
    + """
  - id: second
    title: 二
    points: 10
    counts: false
    indicators:
      - {id: y, title: 二, points: 5, applies_when: place <= 2, otherwise: zero,
         rule: {award: [{when: d, points: 5}]}}
      - {id: z, title: 三, points: 5, missing: peers_mean, rule: {award: [{when: e, points: 5}]}}
measures:
  place: {label: 名次, rank: {of: p, among: kind, best: highest, ties: best_rank}}
eligibility:
  - {require: 'a', otherwise: not_rated, because: 条件一}
  - {require: 'first >= 2', otherwise: not_rated, because: 条件二}
  - {require: 'place <= 4', otherwise: no_level, because: 条件三}
  - {require: 'f', otherwise: not_rated, because: 条件四}
"""
    + FIVE_LEVELS.replace("PROMOTION", "one_step")
    + ALL_VETOES
    + NOT_ALL_YEAR
)
TEXTS = {
    "no level at all": NO_LEVEL_AT_ALL,
    "one level": ONE_LEVEL,
    "any step": ANY_STEP,
    "single steps": SINGLE_STEPS,
    "skipping": SKIPPING,
    "vetoes": VETOES,
    "two cleared": TWO_CLEARED,
    "on points": ON_POINTS,
    "replacing": REPLACING,
    "compared": COMPARED,
}


@cache
def odd(name: str) -> RuleSet:
    """Return one of the odd rule sets."""
    return rule_set(TEXTS[name])
