"""How the total comes about, in words: dimensions, weights, blocks, composition, young bodies."""

from __future__ import annotations

from rules.describe.labels import Labels
from rules.describe.language import listing, pick, points_words
from rules.describe.words import say_formula
from rules.syntax import Block, CountOnce, Dimension, Indicator

_PART_YEAR = {
    "in_full": ("不满一个评定周期的组织，按全周期要求评定", "held to all requirements"),
    "pro_rata": (
        "不满一个评定周期的组织，从成立之日起计算应做的次数",
        "requirements hold from the founding day on",
    ),
    "not_rated": ("不满一个评定周期的组织，本次不评定", "not rated this time"),
}
_MERGED = {
    "mean": ("取合并前各组织的平均", "the mean of the merged"),
    "highest": ("取合并前各组织中最高的", "the highest of the merged"),
    "lead_organisation": ("取牵头组织的", "that of the lead organisation"),
}


def dimension_title(node: Dimension | Indicator, language: str) -> str:
    """Return a title with its points."""
    points = points_words(node.points, language)
    return pick(language, f"{node.title.zh}（{points}）", f"{node.title.say('en')} ({points})")


def block_title(block: Block, language: str) -> str:
    """Return the title of a block with its cap."""
    cap = points_words(block.cap, language)
    verb = pick(language, *{"bonus": ("加", "added"), "deduction": ("扣", "taken off")}[block.kind])
    return pick(
        language,
        f"{block.title.zh}（最多{verb}{cap}）",
        f"{block.title.say('en')} (at most {cap} {verb})",
    )


def dimension_intro(dimension: Dimension, labels: Labels, language: str) -> list[str]:
    """Return what is special about a dimension."""
    lines = []
    if dimension.weight:
        said = pick(
            language,
            f"按{dimension.weight}计入基础分。",
            f"{dimension.weight} of it enters the base.",
        )
        lines.append(said)
    if not dimension.counts:
        lines.append(pick(language, "只作等级条件，不计入基础分。", "Not part of the base."))
    if dimension.applies_when:
        only = say_formula(dimension.applies_when, labels, language)
        rest = _rest(dimension, labels, language)
        lines.append(pick(language, f"适用于{only}的组织{rest}。", f"Rated where {only}{rest}."))
    return ["  \n".join(lines)] if lines else []


def _rest(dimension: Dimension, labels: Labels, language: str) -> str:
    if not dimension.counts:
        return ""
    if dimension.alternative is None:
        return pick(
            language,
            "；不适用的，分值按比例由其他维度分担",
            "; elsewhere its weight moves to the other dimensions",
        )
    others = [
        labels.of(each.id, language)
        for each in labels.rule_set.dimensions
        if each.alternative == dimension.alternative and each.id != dimension.id
    ]
    names = listing(others, language, pick(language, "或", " or "))
    return pick(language, f"；其他组织改评{names}", f"; others are rated by {names}")


def total_lines(labels: Labels, language: str) -> list[str]:
    """Return how the total comes about, as a Markdown list."""
    rule_set, scale = labels.rule_set, labels.rule_set.scale
    base = points_words(scale.total, language)
    parts = listing(
        (_share(each, language) for each in rule_set.dimensions if each.counts), language
    )
    lines = [pick(language, f"基础分{base}：{parts}", f"base of {base}: {parts}")]
    if rule_set.blocks:
        blocks = listing((block_title(each, language) for each in rule_set.blocks), language)
        lines.append(pick(language, f"另有{blocks}", f"besides: {blocks}"))
    lines.append(_composition(labels, language))
    places = scale.places
    lines.append(
        pick(
            language,
            f"每项指标得分四舍五入保留{places}位小数",
            f"each indicator is rounded half up to {places} decimal place(s)",
        )
    )
    lines.append(
        pick(
            language,
            "缺少数据的指标不能计分，须先补齐；另有说明的从其说明",
            "an indicator waits for its facts, unless it says what stands in",
        )
    )
    lines += [once_words(each, labels, language) for each in rule_set.count_once]
    return [f"- {each}" for each in [*lines, *_organisations(labels, language)]]


def _share(dimension: Dimension, language: str) -> str:
    said = dimension_title(dimension, language)
    return f"{said}×{dimension.weight}" if dimension.weight else said


def _composition(labels: Labels, language: str) -> str:
    rule_set = labels.rule_set
    if rule_set.composition:
        said = say_formula(rule_set.composition, labels, language)
    else:
        signs = {"bonus": "+", "deduction": "−"}
        names = [
            f" {signs[each.kind]} {labels.plain(each.id, language)}" for each in rule_set.blocks
        ]
        said = pick(language, "基础分", "the base") + "".join(names)
    line = pick(language, f"总分 = {said}", f"total = {said}")
    ceiling = rule_set.scale.ceiling
    if ceiling is None:
        return line
    most = points_words(ceiling, language)
    return line + pick(language, f"，最高{most}", f", never above {most}")


def once_words(entry: CountOnce, labels: Labels, language: str) -> str:
    """Return where a fact counts once."""
    fact = labels.of(entry.fact, language)
    places = [
        labels.vetoes[each].say(language) if each in labels.vetoes else labels.plain(each, language)
        for each in entry.among
    ]
    among = listing(places, language)
    return pick(
        language,
        f"{fact}在“{among}”中只计一次，取影响最大的一处（已被一票否决的不再扣分）",
        f"{fact} counts once among {among}, where it weighs most (not again where a veto falls)",
    )


def _organisations(labels: Labels, language: str) -> list[str]:
    organisations = labels.rule_set.organisations
    young = pick(language, *_PART_YEAR[organisations.part_year])
    merged = pick(language, *_MERGED[organisations.merged])
    return [
        pick(language, young, f"organisations younger than the period: {young}"),
        pick(
            language, f"合并的组织，历史成绩{merged}", f"history of a merged organisation: {merged}"
        ),
    ]
