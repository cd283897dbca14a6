"""Rules that find one value of points: ladder, options, proportion, cases, judgement, formula."""

from __future__ import annotations

from fractions import Fraction

from rules.describe.expressions import in_brackets
from rules.describe.labels import Labels
from rules.describe.language import most_words, pick, points_words, result_words, sentences
from rules.describe.parts import case_words, rung_words
from rules.describe.sources import judge_words
from rules.describe.words import say_beside, say_formula
from rules.formula import parse
from rules.numbers import read_number
from rules.syntax import Case, Cases, Formula, Indicator, Ladder, Proportional


def ladder_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return the steps of a ladder, from the top."""
    ladder = indicator.rule.ladder
    assert ladder is not None  # noqa: S101
    said = [_rung(number, ladder, labels, language) for number in range(len(ladder.rungs))]
    rest = result_words(ladder.otherwise, labels.losing, language)
    said.append(pick(language, f"其余{rest}", f"else {rest}"))
    measure = say_formula(ladder.measure, labels, language)
    return [pick(language, f"按{measure}分档：", f"by {measure}: ") + sentences(said, language)]


def _rung(number: int, ladder: Ladder, labels: Labels, language: str) -> str:
    rung = ladder.rungs[number]
    measure = say_formula(ladder.measure, labels, language)
    said = rung_words(rung, ladder, labels, language).removeprefix(measure).strip()
    points = result_words(rung.points, labels.losing, language)
    return pick(language, f"{said.removeprefix('为')}的{points}", f"{said}: {points}")


def option_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return graded words with their points."""
    options = indicator.rule.options
    assert options is not None  # noqa: S101
    fact = labels.plain(options.fact, language)
    said = [
        _option(options.fact, word, points, labels, language)
        for word, points in options.points.items()
    ]
    return [pick(language, f"按{fact}计分：", f"by {fact}: ") + sentences(said, language)]


def _option(fact: str, word: str, points: int, labels: Labels, language: str) -> str:
    label, amount = (
        labels.option(fact, word, language),
        result_words(points, labels.losing, language),
    )
    return pick(language, f"“{label}”{amount}", f'"{label}" {amount}')


def proportional_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return what the points are in proportion to."""
    way = indicator.rule.proportional
    assert way is not None  # noqa: S101
    measure = say_formula(way.measure, labels, language)
    most = result_words(indicator.points, labels.losing, language)
    zero, full = _ends(way, labels, language)
    nothing = "不扣分" if labels.losing else "不得分"
    said = pick(
        language,
        f"按{measure}的比例计分：{full}{most}，{zero}{nothing}，其间按比例折算",
        f"in proportion to {measure}: {full} brings {most}, {zero} none, in between pro rata",
    )
    if way.if_equal is not None:
        equal = result_words(way.if_equal, labels.losing, language)
        said += pick(language, f"；两端相等时{equal}", f"; {equal} where both ends are equal")
    return [sentences([said], language)]


def _ends(way: Proportional, labels: Labels, language: str) -> tuple[str, str]:
    zero = _beside(way.zero_at, way.measure, labels, language) if way.zero_at else "0"
    full = _beside(way.full_at, way.measure, labels, language)
    falls = way.zero_at is not None and _is_above(way.zero_at, way.full_at)
    higher, lower = pick(language, "及以上", " and above"), pick(language, "及以下", " and below")
    if falls:
        return zero + higher, full + lower
    return (zero + lower if way.zero_at else pick(language, "为0时", "0")), full + higher


def _is_above(one: Formula, other: Formula) -> bool:
    first, second = parse(one), parse(other)
    numbers = first.kind == second.kind == "number"
    return numbers and Fraction(first.value) > Fraction(second.value)


def _beside(formula: Formula, measure: Formula, labels: Labels, language: str) -> str:
    """Return a value in the kind and unit of what is measured."""
    return say_beside(parse(formula), parse(measure), labels, language)


def case_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return a decision: the first case that holds."""
    cases = indicator.rule.cases
    assert cases is not None  # noqa: S101
    rest = result_words(cases.otherwise, labels.losing, language)
    start = pick(language, "从上往下对照，先符合的为准：", "the first case that holds counts:")
    return [
        start,
        *_each_case(cases, labels, language),
        pick(language, f"都不符合的，{rest}。", f"where none holds: {rest}."),
    ]


def _each_case(cases: Cases, labels: Labels, language: str) -> list[str]:
    lines = []
    for case in cases.first:
        said = case_words(case, labels, language)
        condition = say_formula(case.when, labels, language)
        exact = in_brackets(condition, language) if case.because else ""
        exact = exact if language == "zh" or not exact else f" {exact}"
        amount = _case_amount(case, labels, language)
        lines.append(pick(language, f"{said}{exact}的，{amount}；", f"{said}{exact}: {amount};"))
    return lines


def judgement_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return who judges, inside which bounds, by which anchors."""
    name = indicator.rule.judgement or ""
    low, high = (
        points_words(indicator.floor or 0, language),
        points_words(indicator.points, language),
    )
    fact = labels.rule_set.facts[name]
    who = judge_words(fact.source, language)
    start = pick(
        language,
        f"由{who}在{low}至{high}之间评定，须写明理由",
        f"judged by {who} between {low} and {high}, with a reason",
    )
    if not fact.anchors:
        return [pick(language, f"{start}。", f"{start}.")]
    anchors = [
        pick(
            language,
            f"{each.at_least}分及以上：{each.means.zh}；",
            f"{each.at_least} and above: {each.means.say('en')};",
        )
        for each in sorted(fact.anchors, key=lambda each: read_number(each.at_least), reverse=True)
    ]
    return [pick(language, f"{start}，评分参考：", f"{start}, by these anchors:"), *anchors]


def formula_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return the expression of the points."""
    formula = indicator.rule.formula
    assert formula is not None  # noqa: S101
    said = say_formula(formula, labels, language)
    most = most_words(indicator.points, labels.losing, language)
    name = "扣分" if labels.losing else "得分"
    return [pick(language, f"{name} = {said}，{most}。", f"points = {said}, {most}.")]


def _case_amount(case: Case, labels: Labels, language: str) -> str:
    """Return the points of a case: fixed, chosen or placed inside a range."""
    if case.points is not None:
        return result_words(case.points, labels.losing, language)
    low, high = (points_words(each or 0, language) for each in (case.from_, case.to))
    if case.judged:
        who = labels.of(case.judged, language)
        return pick(
            language,
            f"在{low}至{high}之间评定（{who}），须写明理由",
            f"{low} to {high}, chosen with a reason ({who})",
        )
    assert case.measure is not None  # noqa: S101 - the lowering asks for all three
    measure = say_formula(case.measure, labels, language)
    zero, full = (
        say_beside(parse(each), parse(case.measure), labels, language)
        for each in (case.zero_at, case.full_at)
        if each
    )
    verb = "扣" if labels.losing else "得"
    return pick(
        language,
        f"{verb}{low}至{high}，按{measure}从{zero}到{full}的位置折算",
        f"{low} to {high}, as {measure} lies between {zero} and {full}",
    )
