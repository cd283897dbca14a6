"""Checks that must stay silent: the wrong files beside show where they must not."""

import pytest
from language import SMALL

from rules.checks import check
from rules.loader import load_text

AWARD = "rule: {award: [{when: elected, points: 10}]}"
USED = """\
facts:
  elected: {label: 换届, type: boolean}
"""
HEAD, TAIL = SMALL.split("facts:\n")[0], "dimensions:\n" + SMALL.split("dimensions:\n")[1]


def codes(facts: str = "", rule: str = AWARD, more: str = "", head: str = HEAD) -> list[str]:
    text = head + USED + facts + TAIL.replace(AWARD, rule) + more
    return [each.code for each in check(load_text(text))]


def test_correct_rule_set_brings_nothing():
    assert codes() == []


@pytest.mark.parametrize(
    "more",
    [
        "eligibility: [{require: extra > 1, otherwise: not_rated, because: 少}]\n",
        "vetoes: [{id: v, title: 否, when: extra > 1, effect: no_level}]\n",
        "measures: {m: {label: m, formula: extra * 2}}\n"
        "eligibility: [{require: m > 1, otherwise: no_level, because: 少}]\n",
        "measures: {m: {label: m, formula: 1 if given(extra) else 0}}\n"
        "eligibility: [{require: m > 0, otherwise: no_level, because: 少}]\n",
        "composition: base if extra > 1 else base - 1\n",
    ],
)
def test_fact_is_used_wherever_it_is_read(more):
    assert codes("  extra: {label: 其他, type: integer, max: 9}\n", more=more) == []


def test_fact_that_names_a_group_is_used():
    facts = "  kind: {label: 类, type: choice, options: {a: 甲, b: 乙}}\n"
    more = (
        "measures: {r: {label: 名次, rank: {of: 1 if elected else 0, among: kind, best: highest, "
        "ties: best_rank}}}\n"
        "eligibility: [{require: r < 9, otherwise: no_level, because: 后}]\n"
    )
    assert codes(facts, more=more) == []


def test_founding_day_is_used():
    head = HEAD.replace("in_full,", "pro_rata, founded: day,")
    assert codes("  day: {label: 成立, type: date}\n", head=head) == []


TWO = """\
rule: {award: [{when: extra > 1, points: 10}]}
      - {id: j, title: 二, points: 10, rule: {award: [{when: extra > 2 and elected, points: 10}]}}
"""
EXTRA = "  extra: {label: 其他, type: integer, max: 9%s}\n"
TWENTY = HEAD.replace("total: 10", "total: 20")


def two(extra: str = "", more: str = "", rule: str = TWO) -> list[str]:
    text = (
        TWENTY + USED + EXTRA % extra + TAIL.replace("points: 10\n    ind", "points: 20\n    ind")
    )
    text = text.replace("        " + AWARD + "\n", "        " + rule) + more
    return [each.code for each in check(load_text(text))]


def test_fact_in_two_indicators_counts_twice():
    assert two() == ["counted-twice"]


@pytest.mark.parametrize(
    ("extra", "more"),
    [
        (", reused: 两处要求不同", ""),
        (", source: {organisation: size}", ""),
        ("", "count_once: [{fact: extra, among: [i, j]}]\n"),
    ],
)
def test_fact_may_count_twice_where_the_author_says_so(extra, more):
    assert two(extra, more) == []


def test_fact_may_stand_in_two_indicators_of_one_slot():
    rule = (
        "alternative: s\n        applies_when: elected\n"
        "        rule: {award: [{when: extra > 1, points: 10}]}\n"
        "      - {id: j, title: 二, points: 10, alternative: s, applies_when: not elected, "
        "rule: {award: [{when: extra > 2, points: 10}]}}\n"
    )
    text = HEAD + USED + EXTRA % "" + TAIL.replace("        " + AWARD + "\n", "        " + rule)
    assert [each.code for each in check(load_text(text))] == []


@pytest.mark.parametrize(
    ("keys", "more", "found"),
    [
        ("", "", ["counted-twice", "sum"]),
        (", counts: false", "", []),
        (", counts: false", "composition: base + e\n", ["counted-twice"]),
    ],
)
def test_fact_may_stand_in_a_checklist_that_does_not_count(keys, more, found):
    second = (
        f"  - {{id: e, title: 单, points: 10{keys}, indicators: [{{id: j, title: 二, points: 10, "
        "rule: {award: [{when: elected, points: 10}]}}]}\n"
    )
    text = HEAD + USED + TAIL.replace("levels:", second + "levels:") + more
    assert sorted(each.code for each in check(load_text(text))) == found


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (("extra < 3", "extra >= 3"), []),
        (("extra < 3", "extra > 3"), ["alternative"]),
        (("extra <= 3", "extra >= 3"), ["alternative"]),
        (("elected and extra > 2", "not elected or extra <= 2"), []),
        (("elected", "extra > 2"), ["alternative"]),
    ],
)
def test_exactly_one_member_of_a_slot_must_apply(conditions, found):
    rule = (
        f"alternative: s\n        applies_when: {conditions[0]}\n        {AWARD}\n"
        f"      - {{id: j, title: 二, points: 10, alternative: s, applies_when: {conditions[1]}, "
        "rule: {award: [{when: true, points: 10}]}}\n"
    )
    text = HEAD + USED + EXTRA % "" + TAIL.replace("        " + AWARD + "\n", "        " + rule)
    assert [each.code for each in check(load_text(text))] == found


SLOT_FACTS = {
    "extra": "  extra: {label: 其他, type: integer, max: 9}\n",
    "staff": "  staff: {label: 人数, type: integer, max: 100000}\n",
    "rate": "  rate: {label: 比例, type: ratio}\n",
}


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (("staff < 3000", "staff >= 3000"), []),
        (("staff < 3000", "staff > 3000"), ["alternative"]),
        (("staff * 2 - 7 <= 2000", "2001 < 2 * staff - 6"), []),
        (("staff * 2 - 7 <= 2000", "2003 < 2 * staff - 6"), ["alternative"]),
        (("staff == 77 and extra > 2", "staff != 77 or extra <= 2"), []),
        (("staff == 77 and extra > 2", "staff > 77 or staff < 77"), ["alternative"]),
        (("rate >= 90%", "rate < 89.99%"), ["alternative"]),
        (("rate >= 90%", "rate < 90%"), []),
        (("2 <= extra * extra", "extra * extra < 2"), []),
        (("2 <= extra * extra", "extra * extra < 1"), ["alternative"]),
        (("staff * staff > 9", "staff * staff > 8"), []),
    ],
)
def test_members_of_a_slot_are_tried_around_every_value_they_compare_with(conditions, found):
    rule = (
        f"alternative: s\n        applies_when: {conditions[0]}\n        {AWARD}\n"
        f"      - {{id: j, title: 二, points: 10, alternative: s, applies_when: {conditions[1]}, "
        "rule: {award: [{when: true, points: 10}]}}\n"
    )
    facts = "".join(fact for name, fact in SLOT_FACTS.items() if name in " ".join(conditions))
    text = HEAD + USED + facts + TAIL.replace("        " + AWARD + "\n", "        " + rule)
    assert [each.code for each in check(load_text(text))] == found


def test_measures_of_the_same_events_are_not_tried_apart():
    facts = (
        "  talks: {label: 谈话, type: events, fields: {hard: {label: 难, type: boolean}}}\n"
        "measures:\n  all: {label: 全部, count: {events: talks}}\n"
        "  hard: {label: 难的, count: {events: talks, where: hard}}\n"
    )
    rule = (
        f"alternative: s\n        applies_when: all > 0 or hard > 0\n        {AWARD}\n"
        "      - {id: j, title: 二, points: 10, alternative: s, applies_when: all == 0, "
        "rule: {award: [{when: true, points: 10}]}}\n"
    )
    assert codes(facts, AWARD) == ["unused"] * 3
    text = HEAD + USED + facts + TAIL.replace("        " + AWARD + "\n", "        " + rule)
    assert [each.code for each in check(load_text(text))] == []


@pytest.mark.parametrize(
    ("rungs", "found"),
    [
        ("{at_least: 8, points: 10}, {at_least: 5, points: 5}", []),
        ("{above: 8, points: 10}, {at_least: 8, points: 5}", []),
        ("{at_least: 8, points: 10}, {above: 8, points: 5}", ["never"]),
        ("{at_least: 8, points: 10}, {below: 2, points: 1}, {at_most: 2, points: 2}", []),
        ("{at_least: 8, points: 10}, {at_most: 2, points: 1}, {below: 2, points: 2}", ["never"]),
        ("{at_least: 5, points: 10}, {below: 5, points: 1}, {at_least: 1, points: 2}", ["never"]),
        ("{above: 5, points: 10}, {below: 5, points: 1}, {at_least: 1, points: 2}", []),
        ("{above: 9, points: 1}, {at_least: 9, points: 10}", ["never"]),
        ("{below: 0, points: 1}, {at_most: 0, points: 10}", ["never"]),
    ],
)
def test_rung_that_can_never_hold_is_found_and_no_other(rungs, found):
    rule = f"rule: {{ladder: {{measure: extra, rungs: [{rungs}], otherwise: 0}}}}"
    more = "eligibility: [{require: elected, otherwise: no_level, because: 未换届}]\n"
    assert codes(EXTRA % "", rule, more) == found


@pytest.mark.parametrize(
    ("dimensions", "found"),
    [
        ("{id: d, weight: 20%}", []),
        ("{id: d, weight: 30%}", ["sum"]),
        ("{id: d, weight: 20%}, {id: e, counts: false}", []),
        ("{id: d, weight: 10%}, {id: e, weight: 10%}", []),
        ("{id: d, weight: 0%}", ["sum", "number"]),
    ],
)
def test_weighted_dimensions_add_up_to_the_scale(dimensions, found):
    written = dimensions
    for name in "de":
        fact = "elected" if name == "d" else "renewed"
        written = written.replace(
            f"id: {name}",
            f"id: {name}, title: 维, points: 50, indicators: [{{id: {name}1, title: 标, "
            f"points: 50, rule: {{award: [{{when: {fact}, points: 50}}]}}}}]",
        )
    renewed = "  renewed: {label: 换, type: boolean}\n" if "id: e" in dimensions else ""
    text = (
        HEAD + USED + renewed + f"dimensions: [{written}]\n"
        "levels: {measured_on: unrounded, promotion: any, from_low_to_high: []}\n"
    )
    assert [each.code for each in check(load_text(text))] == found


def test_level_with_a_direct_award_may_lie_out_of_reach():
    levels = (
        "from_low_to_high: [{id: a, title: 甲, at_least: 11, "
        "direct: [{when: elected, because: 表彰}]}]"
    )
    text = HEAD + USED + TAIL.replace("from_low_to_high: []", levels)
    assert [each.code for each in check(load_text(text))] == []


def test_quota_with_a_number_needs_no_base_and_a_target_no_tie_rule():
    levels = "from_low_to_high: [{id: a, title: 甲, at_least: 5}]"
    more = (
        "quotas:\n  - {id: p, level: a, kind: at_most, number: 3, ties: include}\n"
        "  - {id: q, level: a, kind: target, share: 20%, of: all, rounding: half_up}\n"
    )
    text = HEAD + USED + TAIL.replace("from_low_to_high: []", levels) + more
    assert [each.code for each in check(load_text(text))] == []


def test_quotas_may_add_up_to_more_than_everybody():
    levels = "from_low_to_high: [{id: a, title: 甲, at_least: 4}, {id: b, title: 乙, at_least: 5}]"
    more = "quotas:\n" + "".join(
        f"  - {{id: {each}, level: {each}, kind: at_most, share: 80%, of: rated, rounding: down, "
        "ties: exclude}\n"
        for each in "ab"
    )
    text = HEAD + USED + TAIL.replace("from_low_to_high: []", levels) + more
    assert [each.code for each in check(load_text(text))] == []


def test_check_of_a_long_chain_of_measures_ends_with_a_problem():
    more = (
        "measures:\n  m0: {label: 零, formula: extra}\n"
        + "".join(
            f"  m{number}: {{label: 数, formula: m{number - 1} + 1}}\n" for number in range(1, 400)
        )
        + "eligibility: [{require: m399 > 1, otherwise: no_level, because: 少}]\n"
    )
    assert set(codes(EXTRA % "", more=more)) == {"too-deep"}
