"""Why an indicator has its points: one sentence that a branch secretary understands, zh and en."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.shown import Shown
from rules.describe.expressions import say_beside
from rules.describe.parts import case_words, part_words, rung_words
from rules.describe.words import Labels, say_formula
from rules.formula import parse
from rules.lowering.reads import formulas_of
from rules.numbers import NotANumber, points_text, read_number
from rules.syntax import Fact, Fallback, Indicator, Part, Words

_STOP = {"zh": "。", "en": "."}
_JOIN = {"zh": "；", "en": "; "}


@dataclass(frozen=True)
class PartOutcome:
    """What one part of an additive rule brought, in 1/10,000 points; negative only under adjust."""

    part: Part
    points: int


def part_outcomes(assessment: Assessment, indicator: Indicator) -> list[PartOutcome]:
    """Return the parts of an indicator with what each brought; none for other rules."""
    rule = indicator.rule
    parts = rule.deduct or rule.award or rule.adjust or ()
    return [
        PartOutcome(part, assessment.value("part", indicator.id, str(number)))
        for number, part in enumerate(parts)
    ]


class Reasons:
    """Gives reasons for the points of one assessment."""

    def __init__(self, assessment: Assessment, labels: Labels):
        self.assessment = assessment
        self.labels = labels
        self.shown = Shown(assessment, labels)

    def reason(self, indicator: Indicator) -> Words:
        """Return the reason for the points of an indicator."""
        return Words(self.say(indicator, "zh"), self.say(indicator, "en"))

    def say(self, indicator: Indicator, language: str) -> str:
        """Return the reason for the points of an indicator in one language."""
        points = points_text(self.assessment.points(indicator))
        stood_in = self._stood_in(indicator, language)
        if stood_in:
            return stood_in + _STOP[language]
        rule = indicator.rule
        way = next(each for each in _WAYS if getattr(rule, each) is not None)
        said = _WAYS[way](self, indicator, language)
        most = points_text(indicator.points)
        end = self._end(self.assessment.deducts(indicator), points, most, language)
        return f"{said}{'，' if language == 'zh' else ': '}{end}{_STOP[language]}"

    def _end(self, deducts: bool, points: str, most: str, language: str) -> str:
        """Say the points; in a deduction block they are what is taken off the whole."""
        if deducts:
            return (
                f"共扣{points}分（最多扣{most}分）"
                if language == "zh"
                else f"{points} points off, at most {most}"
            )
        return f"得{points}分（满分{most}分）" if language == "zh" else f"{points} of {most} points"

    def _stood_in(self, indicator: Indicator, language: str) -> str:
        """Return why a fallback took the place of the rule; empty where the rule holds."""
        points = points_text(self.assessment.points(indicator))
        if indicator.applies_when and not self.assessment.value("applies", indicator.id):
            why = say_formula(indicator.applies_when, self.labels, language)
            fallback = indicator.otherwise or Fallback("alternative")
            start = f"仅适用于{why}的组织" if language == "zh" else f"applies where {why}"
        elif self.assessment.get("absent", indicator.id):
            names = self.assessment.program.facts_of[indicator.id] & self.assessment.inputs.missing
            listed = "、".join(self.labels.plain(name, language) for name in sorted(names))
            fallback = indicator.missing
            start = f"没有“{listed}”的数据" if language == "zh" else f"no data on {listed}"
        else:
            return ""
        other = self.labels.plain(fallback.use, language) if fallback.use else ""
        return f"{start}{_FALLBACKS[language][fallback.kind].format(points=points, other=other)}"

    def values(self, part: object, language: str) -> str:
        """Return the values behind the formulas of a part in brackets; empty without any."""
        found = self.shown.values_of(part, language, lambda: formulas_of(part))
        return bracketed(found, language)

    def parts(self, indicator: Indicator, language: str) -> str:
        """Say which parts took points off or brought them."""
        said = [
            self.part(outcome, indicator, language)
            for outcome in part_outcomes(self.assessment, indicator)
            if outcome.points
        ]
        if said:
            return _JOIN[language].join(said)
        if indicator.rule.deduct or self.assessment.deducts(indicator):
            return "没有扣分情形" if language == "zh" else "nothing was deducted"
        values = self.values(indicator.rule, language)
        return f"没有可计分的情形{values}" if language == "zh" else f"nothing counts here{values}"

    def part(self, outcome: PartOutcome, indicator: Indicator, language: str) -> str:
        """Say one part with its values and its points."""
        words = self.labels.once(
            (outcome.part, language),
            lambda: part_words(outcome.part, self.labels, language, counted=False),
        )
        values = self.values(outcome.part, language) + self._given_reason(outcome.part, language)
        amount = points_text(abs(outcome.points))
        loses = bool(indicator.rule.deduct) or outcome.points < 0
        loses = loses != self.assessment.deducts(indicator)
        if language == "zh":
            return f"{words}{values}，{'扣' if loses else '加'}{amount}分"
        return f"{words}{values}: {'−' if loses else '+'}{amount}"

    def _given_reason(self, part: Part, language: str) -> str:
        if part.discretion is None:
            return ""
        return self.judged_reason(part.discretion.fact, language)

    def judged_reason(self, fact: str, language: str) -> str:
        """Return the reason that whoever judged has given."""
        reason = self.assessment.inputs.reasons.get(fact, "")
        if not reason:
            return ""
        return f"（理由：{reason}）" if language == "zh" else f" (reason: {reason})"

    def ladder(self, indicator: Indicator, language: str) -> str:
        """Say which rung holds."""
        ladder = indicator.rule.ladder
        assert ladder is not None  # noqa: S101 - chosen by the way of the rule
        step = self.assessment.value("step", indicator.id)
        values = self.shown.values_of(ladder.measure, language, lambda: [ladder.measure])
        values = values or say_formula(ladder.measure, self.labels, language)
        if step == len(ladder.rungs):
            return f"{values}，未达到任何档次" if language == "zh" else f"{values}, on no step"
        reached = ladder.rungs[step]
        rung = self.labels.once(
            (reached, language), lambda: rung_words(reached, ladder, self.labels, language)
        )
        return f"{values}，符合“{rung}”" if language == "zh" else f"{values}, on the step {rung}"

    def options(self, indicator: Indicator, language: str) -> str:
        """Say which word was chosen."""
        options = indicator.rule.options
        assert options is not None  # noqa: S101
        value = self.shown.fact(options.fact, language)
        label = self.labels.plain(options.fact, language)
        reason = self.judged_reason(options.fact, language)
        return f"{label}为“{value}”{reason}" if language == "zh" else f'{label} "{value}"{reason}'

    def proportional(self, indicator: Indicator, language: str) -> str:
        """Say which measure the points are in proportion to."""
        way = indicator.rule.proportional
        assert way is not None  # noqa: S101
        full = self.labels.once(
            (way, language),
            lambda: say_beside(parse(way.full_at), parse(way.measure), self.labels, language),
        )
        read = (way.measure, way.zero_at, way.full_at)
        values = self.shown.values_of(way, language, lambda: [each for each in read if each])
        if language == "zh":
            return f"{values}，按比例计分，达到{full}得满分"
        return f"{values}, in proportion, all points at {full}"

    def cases(self, indicator: Indicator, language: str) -> str:
        """Say which case holds."""
        cases = indicator.rule.cases
        assert cases is not None  # noqa: S101
        step = self.assessment.value("step", indicator.id)
        conditions = self.shown.values_of(
            cases, language, lambda: [case.when for case in cases.first]
        )
        values = bracketed(conditions, language)
        if step == len(cases.first):
            return f"不符合任何一档{values}" if language == "zh" else f"no case holds{values}"
        case = cases.first[step]
        reason = self.judged_reason(case.judged, language) if case.judged else ""
        words = self.labels.once((case, language), lambda: case_words(case, self.labels, language))
        return f"{words}{values}{reason}"

    def judgement(self, indicator: Indicator, language: str) -> str:
        """Say what was judged, what the value means, and the judge's reason."""
        name = indicator.rule.judgement or ""
        fact = self.labels.rule_set.facts[name]
        label, value = self.labels.plain(name, language), self.shown.fact(name, language)
        means = anchor_of(fact, self.assessment.inputs.raw.get(name), language)
        reason = self.judged_reason(name, language)
        if language == "zh":
            return f"{label}评为{value}{means}{reason}"
        return f"{label} judged {value}{means}{reason}"

    def formula(self, indicator: Indicator, language: str) -> str:
        """Say how the points were worked out."""
        formula = indicator.rule.formula
        assert formula is not None  # noqa: S101
        said = self.labels.once(
            (formula, language), lambda: say_formula(formula, self.labels, language)
        )
        values = self.values(formula, language)
        return f"按“{said}”计算{values}" if language == "zh" else f"worked out as {said}{values}"


def bracketed(found: str, language: str) -> str:
    """Return values in brackets; empty where there are none."""
    if not found:
        return ""
    return f"（{found}）" if language == "zh" else f" ({found})"


def anchor_of(fact: Fact, raw: object, language: str) -> str:
    """Return what a judged value means by the anchors of its fact, in brackets."""
    try:
        value = read_number(str(raw))
    except NotANumber:
        return ""
    reached = [anchor for anchor in fact.anchors if read_number(anchor.at_least) <= value]
    if not reached:
        return ""
    best = max(reached, key=lambda anchor: read_number(anchor.at_least))
    said = best.means.say(language)
    return f"（{said}）" if language == "zh" else f" ({said})"


_FALLBACKS = {
    "zh": {
        "zero": "，按规定不得分",
        "full": "，按规定得满分{points}分",
        "exempt": "，不计入，分值按比例由其他指标分担",
        "use": "，以“{other}”的得分率代替，得{points}分",
        "peers_mean": "，取同类组织的平均分{points}分",
        "alternative": "，由同组的另一指标代替",
    },
    "en": {
        "zero": ": no points by rule",
        "full": ": all {points} points by rule",
        "exempt": ": left out, the other indicators carry its points",
        "use": ': the share won in "{other}" stands in, {points} points',
        "peers_mean": ": the mean of its peers stands in, {points} points",
        "alternative": ": another indicator takes its place",
    },
}
_WAYS: dict[str, Callable[[Reasons, Indicator, str], str]] = {
    "deduct": Reasons.parts,
    "award": Reasons.parts,
    "adjust": Reasons.parts,
    "ladder": Reasons.ladder,
    "options": Reasons.options,
    "proportional": Reasons.proportional,
    "cases": Reasons.cases,
    "judgement": Reasons.judgement,
    "formula": Reasons.formula,
}
