"""What is missing for the next level, and the cheapest indicators to win it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.interpreted import evaluate
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.part_ways import Way, could_bring, has_taken
from evaluator.scoring.reasons import part_outcomes
from evaluator.scoring.shown import Shown
from rules.describe.parts import case_words, part_words, rung_words
from rules.numbers import decimal_text, points_text
from rules.syntax import Dimension, Gate, Indicator, Level, Veto, Words

_EFFORT = {
    "record": 1,
    "asked": 1,
    "office": 2,
    "review": 2,
    "mutual": 3,
    "panel": 3,
    "sample": 3,
    "appraisal": 3,
    "imported": 3,
    "organisation": 4,
}
"""How far a fact is out of the branch's own hands; it sorts suggestions, the cheapest first."""

_BONUS_EFFORT = 4


How = Callable[[Assessment, Indicator, LevelRules], Words]


@dataclass(frozen=True)
class Chance:
    """Points that an indicator could still bring, and what it takes.

    `worth` is what they come to in the total, through weights and the composition.
    """

    indicator: Indicator
    gain: int
    worth: int
    effort: int
    how: Words


@dataclass(frozen=True)
class Missing:
    """One thing that stands between an organisation and its next level.

    `kind` is points, gate, step, cap, veto, eligibility; `gap` and `chances` belong to points.
    `node` is the gate or the veto of the rule set that it is about.
    """

    kind: str
    words: Words
    gap: int = 0
    chances: tuple[Chance, ...] = ()
    node: Gate | Veto | None = None


@dataclass(frozen=True)
class NextLevel:
    """The next level above the one reached, and everything that is missing for it."""

    level: Level
    missing: tuple[Missing, ...]


@dataclass(frozen=True)
class _Gain:
    """Points that an indicator could still bring, before anybody asks how."""

    indicator: Indicator
    points: int
    worth: int
    effort: int


def next_level(
    assessment: Assessment, decision: Decision, rules: LevelRules, how: How | None = None
) -> NextLevel | None:
    """Return the next level and what is missing for it; None at the top.

    `how` says what it takes to win more points of an indicator; `how_to_win` where it is not given.
    """
    number = decision.index + 1
    if number >= len(rules.levels):
        return None
    level = rules.levels[number]
    missing = [
        *_points(assessment, level, rules, how or how_to_win),
        *_gates(assessment, level, rules),
        *_steps(assessment, decision, number, rules),
    ]
    return NextLevel(level, tuple(missing))


def measured(assessment: Assessment, level: Level) -> int:
    """Return what a level's band is compared with."""
    return assessment.value("measured", level.id)


def _points(assessment: Assessment, level: Level, rules: LevelRules, how: How) -> list[Missing]:
    gap = level.at_least - measured(assessment, level)
    if gap <= 0:
        return []
    if rules.rule_set.levels.stars:
        stars = -(-gap // 10_000)
        return [Missing("points", Words(f"还差{stars}颗星", f"{stars} more star(s)"), gap)]
    words = Words(
        f"总分还差{gap_text(gap)}分（需{decimal_text(level.at_least)}分）",
        f"{gap_text(gap)} more points (needs {decimal_text(level.at_least)})",
    )
    chances = tuple(
        Chance(
            each.indicator,
            each.points,
            each.worth,
            each.effort,
            how(assessment, each.indicator, rules),
        )
        for each in _cheapest(_gains(assessment, level, rules), gap)
    )
    return [Missing("points", words, gap, chances)]


def gap_text(gap: int) -> str:
    """Return a gap for display, exact where two places would show too little, as 0.00."""
    return points_text(gap) if gap % 100 else decimal_text(gap)


def _cheapest(left: list[_Gain], gap: int) -> list[_Gain]:
    """Return the indicators that close a gap with least effort, the cheapest first.

    Effort is how far the facts are out of the branch's own hands; a bonus comes after everything
    that was lost of the base. Within one effort, the smallest gain that closes what is left of
    the gap is taken, or else the largest. All gains are returned where they do not suffice.
    """
    found: list[_Gain] = []
    won = 0
    while left and won < gap:
        least = min(each.effort for each in left)
        nearest = [each for each in left if each.effort == least]
        closing = [each for each in nearest if each.worth >= gap - won]
        chosen = (
            min(closing, key=lambda each: each.worth)
            if closing
            else max(nearest, key=lambda each: each.worth)
        )
        left.remove(chosen)
        found.append(chosen)
        won += chosen.worth
    return found


def _gains(assessment: Assessment, level: Level, rules: LevelRules) -> list[_Gain]:
    rule_set = rules.rule_set
    found = [
        gain
        for group in rule_set.dimensions
        if level.of == group.id or (level.of == "total" and _counts(group, assessment))
        for indicator in group.indicators
        if (gain := _gain(assessment, indicator, indicator.points, rules))
    ]
    for block in rule_set.blocks if level.of == "total" else ():
        room = block.cap - assessment.value("block", block.id)
        if block.kind == "bonus" and room > 0:
            found += [
                gain
                for indicator in block.indicators
                if (gain := _gain(assessment, indicator, room, rules, _BONUS_EFFORT))
            ]
    weighed = rule_set.composition or any(each.weight for each in rule_set.dimensions)
    if level.of != "total" or not weighed:
        return found
    worths = [replace(each, worth=_worth(assessment, each)) for each in found]
    return [each for each in worths if each.worth > 0]


def _counts(group: Dimension, assessment: Assessment) -> bool:
    return group.counts and bool(assessment.value("present", group.id))


def _worth(assessment: Assessment, gain: _Gain) -> int:
    """Return what a gain comes to in the total, through weights, caps and the composition."""
    program, outputs = assessment.program, list(assessment.outputs)
    outputs[program.index["points", gain.indicator.id]] += gain.points
    for index, output in enumerate(program.outputs):
        if output.key[0] in ("dimension", "base", "block", "total"):
            outputs[index] = evaluate(output.value, assessment.inputs.slots, outputs)
    return int(outputs[program.index["total",]]) - assessment.value("total")


def _gain(
    assessment: Assessment, indicator: Indicator, room: int, rules: LevelRules, extra: int = 0
) -> _Gain | None:
    out = assessment.get("exempt", indicator.id) or not assessment.get(
        "applies", indicator.id, default=1
    )
    points = min(indicator.points - assessment.points(indicator), room)
    if out or points <= 0:
        return None
    facts = assessment.program.facts_of[indicator.id]
    sources = [rules.rule_set.facts[name].source.kind for name in facts]
    effort = extra + max((_EFFORT[kind] for kind in sources), default=4)
    return _Gain(indicator, points, points, effort)


def how_to_win(assessment: Assessment, indicator: Indicator, rules: LevelRules) -> Words:
    """Return what would bring the points: what was deducted, or the step above."""
    return Words(
        _how_in(assessment, indicator, rules, "zh"), _how_in(assessment, indicator, rules, "en")
    )


def _how_in(assessment: Assessment, indicator: Indicator, rules: LevelRules, language: str) -> str:
    rule, labels = indicator.rule, rules.labels
    parts = _parts_in(assessment, indicator, rules, language)
    if parts:
        return parts
    if rule.ladder:
        best = max(rule.ladder.rungs, key=lambda rung: rung.points)
        said = rung_words(best, rule.ladder, labels, language)
        return f"达到：{said}" if language == "zh" else f"reach: {said}"
    if rule.cases:
        first = max(rule.cases.first, key=lambda case: case.points or case.to or 0)
        said = case_words(first, labels, language)
        return f"达到：{said}" if language == "zh" else f"reach: {said}"
    title = indicator.title.say(language)
    return f"提高：{title}" if language == "zh" else f"improve: {title}"


def _parts_in(assessment: Assessment, indicator: Indicator, rules: LevelRules, spoken: str) -> str:
    """Say which parts took points off and which could still bring some; empty where neither."""
    outcomes = part_outcomes(assessment, indicator)
    found = {
        Way.MEND: [each.part for each in outcomes if has_taken(each, indicator)],
        Way.WIN: [each.part for each in outcomes if could_bring(each, indicator)],
    }
    join = "；" if spoken == "zh" else "; "
    return join.join(
        way.say(spoken)
        + join.join(part_words(part, rules.labels, spoken, counted=False) for part in parts)
        for way, parts in found.items()
        if parts
    )


def _gates(assessment: Assessment, level: Level, rules: LevelRules) -> list[Missing]:
    return [
        Missing("gate", _gate_words(assessment, level, place, rules), node=gate)
        for place, gate in enumerate(level.gates)
        if not rules.gate_holds(level, place, assessment)
    ]


def _gate_words(assessment: Assessment, level: Level, place: int, rules: LevelRules) -> Words:
    """Return a gate with the values that keep it closed."""
    gate, words = level.gates[place], rules.gate_words(level.gates[place])
    shown = Shown(assessment, rules.labels)
    if gate.require:
        zh, en = (shown.values_in([gate.require], language) for language in ("zh", "en"))
    elif gate.every_dimension:
        short = [
            dimension.id
            for dimension in rules.rule_set.dimensions
            if not assessment.get("gate", level.id, str(place), dimension.id, default=1)
        ]
        zh, en = (shown.named(short, language) for language in ("zh", "en"))
    else:
        return words
    return Words(
        f"{words.zh}（{zh}）" if zh else words.zh,
        f"{words.say('en')} ({en})" if en else words.say("en"),
    )


def _steps(
    assessment: Assessment, decision: Decision, number: int, rules: LevelRules
) -> list[Missing]:
    """Return what overrules the score: whatever moved the decision below the next level."""
    found = [
        Missing(
            "veto",
            Words(f"一票否决：{veto.title.zh}", f"veto: {veto.title.say('en')}"),
            node=veto,
        )
        for veto in assessment.fallen_vetoes
    ]
    blocked = not found and decision.index < number and decision.steps
    return found + [Missing("rule", step) for step in decision.steps if blocked]
