"""Measures in words: how a value is worked out from facts, events, ratings or the whole group."""

from __future__ import annotations

from rules.describe.labels import Labels
from rules.describe.language import day_words, listing, pick
from rules.describe.windows import duration_words, window_words
from rules.describe.words import say_formula
from rules.formula import parse
from rules.lowering.reads import formulas_of
from rules.syntax import (
    CountOf,
    EventChoice,
    EventFilter,
    LongestGap,
    MeanOf,
    Measure,
    Missed,
    OfGroup,
    Period,
    RankIn,
    SumOf,
)

_EVERY = {
    "month": ("每月", "each month"),
    "quarter": ("每季度", "each quarter"),
    "half_year": ("每半年", "each half-year"),
    "year": ("每年", "each year"),
    "period": ("整个评定周期", "the whole period"),
}
_AMONG = {
    "category": ("同类别组织", "all organisations of the category"),
    "committee": ("同一直属党（工）委的组织", "the organisations of the same committee"),
}


def measure_words(measure: Measure, labels: Labels, language: str) -> str:
    """Return how a measure is worked out."""
    if measure.formula:
        return say_formula(measure.formula, labels, language)
    if measure.count:
        return _count(measure.count, labels, language)
    if measure.sum:
        return _sum(measure.sum, labels, language)
    if measure.missed:
        return _missed(measure.missed, labels, language)
    if measure.longest_gap:
        return _longest_gap(measure.longest_gap, labels, language)
    if measure.mean:
        return _mean(measure.mean, labels, language)
    return _of_group(measure, labels, language)


def measures_behind(value: object, labels: Labels) -> list[str]:
    """Return the measures that a part of a rule set reads, each after those that read it."""
    found: list[str] = []
    for formula in formulas_of(value):
        for name in sorted(parse(formula).names()):
            measure = labels.measure(name)
            if measure and name not in found:
                found.append(name)
                found += [each for each in measures_behind(measure, labels) if each not in found]
    return list(dict.fromkeys(found))


def _events(node: EventChoice, labels: Labels, language: str, windowed: bool = True) -> str:
    """Return which events are looked at."""
    inner, name = labels.for_events(node.events), labels.of(node.events, language)
    look_back = (node.within, node.until) if isinstance(node, EventFilter) else (None, "")
    window = window_words(look_back[0], language, look_back[1] == "any_time") if windowed else ""
    condition = say_formula(node.where_, inner, language) if node.where_ else ""
    if language == "zh":
        said = f"{window}的{name}" if window else name
        return said + (f"中{condition}的" if condition else "")
    return f"{name} {window}".strip() + (f" where {condition}" if condition else "")


def _once(node: EventFilter, labels: Labels, language: str) -> str:
    if node.once_per is None:
        return ""
    single = labels.for_events(node.events).of(node.once_per, language)
    return pick(language, f"（同一{single}只计一次）", f" (the same {single} counted once)")


def _count(node: CountOf, labels: Labels, language: str) -> str:
    said, once = _events(node, labels, language), _once(node, labels, language)
    joint = "" if said[-1] == "的" else "的"
    return pick(language, f"{said}{joint}次数{once}", f"count of {said}{once}")


def _sum(node: SumOf, labels: Labels, language: str) -> str:
    column = labels.for_events(node.events).of(node.field_, language)
    said, once = _events(node, labels, language), _once(node, labels, language)
    joint = "" if said[-1] == "的" else "的"
    return pick(language, f"{said}{joint}{column}之和{once}", f"sum of {column} of {said}{once}")


def _every(node: Missed) -> tuple[str, str]:
    """Return how often something must happen, in both languages."""
    if node.every != "term":
        return _EVERY[node.every]
    zh, en = (
        listing((span_words(each, language) for each in node.terms), language)
        for language in ("zh", "en")
    )
    return f"每个时段（{zh}）", f"each term ({en})"


def span_words(period: Period, language: str) -> str:
    """Return the first and the last day of a time."""
    first, last = day_words(period.from_, language), day_words(period.to, language)
    return pick(language, f"{first}至{last}", f"{first} to {last}")


def _longest_gap(node: LongestGap, labels: Labels, language: str) -> str:
    said = _events(node, labels, language)
    return pick(
        language,
        f"{said}连续空缺最长的天数（从评定周期首日算到末日）",
        f"most days in a row without {said}",
    )


def _missed(node: Missed, labels: Labels, language: str) -> str:
    zh, en = _every(node)
    grace = duration_words(node.tolerance, language) if node.tolerance else ""
    if language == "zh":
        allowed = f"，提前或推迟{grace}以内的仍算数" if grace else ""
        name, inner = labels.of(node.events, "zh"), labels.for_events(node.events)
        only = f"（{say_formula(node.where_, inner, 'zh')}的）" if node.where_ else ""
        return f"{name}{only}{zh}至少{node.at_least}次，统计缺少的次数{allowed}"
    said = _events(node, labels, language, windowed=False)
    allowed = f"; up to {grace} before or after still counts" if grace else ""
    return f"how many {said} are missing; at least {node.at_least} in {en}{allowed}"


def _mean(node: MeanOf, labels: Labels, language: str) -> str:
    name = labels.of(node.ratings, language)
    high, low = node.drop_highest, node.drop_lowest
    if language == "zh":
        drops = [f"{count}个最{word}分" for count, word in ((high, "高"), (low, "低")) if count]
        dropped = f"去掉{'和'.join(drops)}后" if drops else ""
        return f"{name}{dropped}的平均值（至少要有{node.at_least}个评分）"
    drops = [f"the {count} {word}" for count, word in ((high, "highest"), (low, "lowest")) if count]
    dropped = f" without {' and '.join(drops)}" if drops else ""
    return f"mean of {name}{dropped} (at least {node.at_least} ratings)"


def among_words(among: str, labels: Labels, language: str) -> str:
    """Return the group in which organisations are compared."""
    if among in _AMONG:
        return pick(language, *_AMONG[among])
    label = labels.of(among, language)
    return pick(language, f"{label}相同的组织", f"the organisations of the same {label}")


def _of_group(measure: Measure, labels: Labels, language: str) -> str:
    way = measure.rank or measure.highest or measure.lowest or measure.group_mean
    assert isinstance(way, OfGroup)  # noqa: S101 - the schema asks for exactly one way
    value, group = say_formula(way.of, labels, language), among_words(way.among, labels, language)
    if isinstance(way, RankIn):
        return _rank(way, value, group, language)
    zh, en = {
        id(measure.highest): ("最高值", "highest"),
        id(measure.lowest): ("最低值", "lowest"),
        id(measure.group_mean): ("平均值", "mean"),
    }[id(way)]
    return pick(language, f"{group}的{value}{zh}", f"{en} {value} of {group}")


def _rank(way: RankIn, value: str, group: str, language: str) -> str:
    if language == "zh":
        best = "从高到低" if way.best == "highest" else "从低到高"
        ties = "并列的取靠前名次" if way.ties == "best_rank" else "并列的取靠后名次"
        return f"{group}按{value}{best}排列的名次，{ties}"
    best = f"the {way.best} first"
    ties = "better" if way.ties == "best_rank" else "worse"
    return f"rank of {value} among {group}, {best}; equal values take the {ties} rank"
