"""What a column asks for, in words: type, bounds, source, and what an empty cell means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from evaluator.files.columns import GROUPS, Column
from rules.lowering import indicators_of, lower
from rules.lowering.values import bounds_of, scale_of
from rules.numbers import number_text
from rules.syntax import EventField, Fact, RuleSet, Words

_TYPES = {
    "integer": Words("整数", "whole number"),
    "decimal": Words("小数", "decimal number"),
    "ratio": Words("百分比", "percentage"),
    "boolean": Words("是或否", "yes or no"),
    "choice": Words("从列表中选择", "choose from the list"),
    "date": Words("日期", "date"),
    "ratings": Words("各评分之间用分号隔开，如 90; 88; 95", "ratings such as 90; 88; 95"),
    "text": Words("文字", "text"),
    "events": Words("记录", "records"),
}
_MISSING = {
    "error": Words("必须填写", "must be given"),
    "zero": Words("空着按0分计", "empty counts 0 points"),
    "full": Words("空着按满分计", "empty counts all points"),
    "exempt": Words("空着则该指标免计", "empty exempts the indicator"),
    "peers_mean": Words("空着取同类平均分", "empty takes the mean of the others"),
    "use": Words("空着以其他指标得分代替", "empty takes the points of another indicator"),
}


def kind_words(fact: Fact | EventField) -> Words:
    """Return type and bounds: 整数，0至60次."""
    kind = _TYPES[fact.type]
    if fact.type not in ("integer", "decimal", "ratio", "ratings"):
        return kind
    low, high = bounds_text(fact)
    zh, en = f"{kind.zh}，{low}至{high}", f"{kind.en}, {low} to {high}"
    if isinstance(fact, Fact) and fact.unit:
        zh += fact.unit.zh
        en += f" ({fact.unit.en})" if fact.unit.en else ""
    if fact.type in ("decimal", "ratio"):
        places = 2 if fact.places is None else fact.places
        zh, en = f"{zh}，最多{places}位小数", f"{en}, at most {places} decimal places"
    return Words(zh, en)


def bounds_text(fact: Fact | EventField) -> tuple[str, str]:
    """Return the lowest and highest value as people read them."""
    scale = scale_of(fact)
    low, high = (
        number_text(Fraction(each, scale), fact.type == "ratio") for each in bounds_of(fact)
    )
    return low, high


def column_help(column: Column, missing: Mapping[str, Words]) -> str:
    """Return the comment of a column: Chinese first, then English."""
    if column.fact is None:
        return _STANDING[column.key]
    return "\n".join(_lines(column, missing, "zh") + _lines(column, missing, "en"))


def _lines(column: Column, missing: Mapping[str, Words], language: str) -> list[str]:
    fact = column.fact
    assert fact is not None  # noqa: S101 - columns of the standing have words of their own
    if column.role == "reason":
        return [_REASON.say(language)]
    source = GROUPS[fact.source.kind].say(language)
    detail = f" {fact.source.detail}" if fact.source.detail else ""
    lines = [kind_words(fact).say(language), f"{_SOURCE[language]}{source}{detail}"]
    lines += [missing[column.name].say(language)] if column.name in missing else []
    return lines + ([fact.help.say(language)] if fact.help else [])


_SOURCE = {"zh": "来源：", "en": "Source: "}
_REASON = Words("打分的理由，有分必填", "Why the value was set; needed with each value")
_STANDING = {
    "id": "唯一编号，按文本填写\nUnique number, as text",
    "name": "党组织全称\nFull name of the organisation",
    "committee": "所属直属党（工）委\nThe committee that it belongs to",
    "previous_level": "上一轮获评的星级，没有则选“无”\nLevel held so far, or none",
    "years_at_level": "上述星级已连续保持的年数，空着按0计\nYears at that level; empty is 0",
    "applied": "本轮是否申报，空着按“是”计\nWhether it applied; empty is yes",
}


def missing_words(rule_set: RuleSet) -> dict[str, Words]:
    """Return what an empty cell means, by fact, from the indicators that read it."""
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    facts_of = lower(rule_set).facts_of
    for indicator in indicators_of(rule_set):
        for name in facts_of[indicator.id]:
            kinds[name][indicator.missing.kind] = None
    return {
        name: Words(
            "；".join(_MISSING[kind].zh for kind in found),
            "; ".join(_MISSING[kind].en for kind in found),
        )
        for name, found in kinds.items()
    }
