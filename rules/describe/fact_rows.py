"""The facts of a rule set as tables, by who has to give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rules.describe.labels import Labels
from rules.describe.language import listing, pick
from rules.describe.measures import measures_behind
from rules.describe.sources import GROUPS, group_of, group_title, source_words
from rules.formula import parse
from rules.lowering.reads import formulas_of, named_facts
from rules.lowering.values import MOST_EVENTS
from rules.syntax import EventField, Fact, Measure, Quota, RuleSet


def fact_lines(labels: Labels, language: str) -> list[str]:
    """Return the tables of all facts."""
    uses, lines = readers_of(labels, language), []
    for group in GROUPS:
        facts = {
            name: fact
            for name, fact in labels.rule_set.facts.items()
            if group_of(fact.source) == group
        }
        if facts:
            count = pick(language, f"（{len(facts)}项）", f" ({len(facts)})")
            lines += ["", f"### {group_title(group, language)}{count}", "", *_head(language)]
            lines += [_row(name, fact, uses, language) for name, fact in facts.items()]
    return lines


def _head(language: str) -> list[str]:
    head = pick(
        language, "| 数据 | 怎样填 | 来源 | 用于 |", "| Fact | How it is given | Source | Used by |"
    )
    return [head, "|---|---|---|---|"]


def _row(name: str, fact: Fact, uses: dict[str, list[str]], language: str) -> str:
    label = fact.label.say(language)
    hint = fact.help.say(language) if fact.help else ""
    how = value_words(fact, language)
    if fact.reason == "required":
        how += pick(language, "，须写明理由", ", with a reason")
    if hint:
        how += pick(language, f"（{hint}）", f" ({hint})")
    used = listing(dict.fromkeys(uses[name]), language)
    return f"| {label} | {how} | {source_words(fact.source, language)} | {used} |"


def value_words(fact: Fact | EventField, language: str) -> str:
    """Return which values a fact or a column takes."""
    if fact.type == "events" and isinstance(fact, Fact):
        return _events_words(fact, language)
    if fact.type == "choice":
        words = listing((each.say(language) for each in fact.options.values()), language)
        return pick(language, f"选一项：{words}", f"one of {words}")
    if fact.type in _PLAIN:
        return pick(language, *_PLAIN[fact.type])
    low, high = fact.min or "0", fact.max or ("100%" if fact.type == "ratio" else "")
    low = f"{low}%" if fact.type == "ratio" and low == "0" else low
    unit = fact.unit if isinstance(fact, Fact) else None
    shown = pick(language, unit.zh, _plural(unit.en)) if unit else ""
    span = f"{low}～{high}" if language == "zh" else f"{low} to {high}"
    kind = pick(language, *_NUMBERS[fact.type])
    return pick(language, f"{kind}，{span}{shown}", f"{kind}, {span}{shown}") if high else kind


_PLAIN = {
    "boolean": ("是或否", "yes or no"),
    "date": ("日期", "date"),
    "text": ("文字", "text"),
}
_NUMBERS = {
    "integer": ("整数", "whole number"),
    "decimal": ("数字", "number"),
    "ratio": ("百分比", "percentage"),
    "ratings": ("若干个评分", "several ratings"),
}


def _plural(unit: str) -> str:
    if not unit:
        return ""
    return f" {unit}" if unit.endswith("s") or not unit.isascii() else f" {unit}s"


def _events_words(fact: Fact, language: str) -> str:
    columns = [each.label.say(language) for each in fact.fields.values()]
    most = fact.max or str(MOST_EVENTS)
    joined = listing([pick(language, "日期", "date"), *columns], language)
    return pick(
        language,
        f"逐条记录：{joined}（最多{most}条）",
        f"one entry each: {joined} (at most {most})",
    )


def readers_of(labels: Labels, language: str) -> dict[str, list[str]]:
    """Return for each fact the titles of what reads it."""
    found: dict[str, list[str]] = defaultdict(list)
    for node, title in _readers(labels.rule_set, labels, language):
        for fact in facts_named(node, labels):
            found[fact].append(title)
    if labels.rule_set.organisations.founded:
        founded = pick(language, "成立不满一年的折算", "organisations younger than the period")
        found[labels.rule_set.organisations.founded].append(founded)
    return found


def facts_named(node: object, labels: Labels) -> set[str]:
    """Return every fact that a node names, also in given(), in events and as a group."""
    found = set(named_facts(node))
    names = {name for formula in formulas_of(node) for name in parse(formula).names()}
    for name in measures_behind(node, labels):
        measure = labels.rule_set.measures[name]
        names |= {name for formula in formulas_of(measure) for name in parse(formula).names()}
        names |= _named_by(measure)
    if isinstance(node, tuple):
        names |= {each.among for each in node if isinstance(each, Quota)}
    return (found | names) & labels.rule_set.facts.keys()


def _named_by(measure: Measure) -> set[str]:
    """Return the events, the ratings or the group that a measure is made of."""
    events = measure.count or measure.sum or measure.missed or measure.longest_gap
    grouped = measure.rank or measure.highest or measure.lowest or measure.group_mean
    return {
        *([events.events] if events else []),
        *([measure.mean.ratings] if measure.mean else []),
        *([grouped.among] if grouped else []),
    }


def _readers(rule_set: RuleSet, labels: Labels, language: str) -> Iterable[tuple[object, str]]:
    for group in labels.groups:
        for indicator in group.indicators:
            yield (indicator.rule,), indicator.title.say(language)
            yield (indicator.applies_when,), indicator.title.say(language)
    for dimension in rule_set.dimensions:
        yield (dimension.applies_when,), dimension.title.say(language)
    for entry in rule_set.eligibility:
        yield (entry,), pick(language, "参评条件", "conditions for being rated")
    for veto in rule_set.vetoes:
        yield (veto,), pick(language, "一票否决", "vetoes")
    yield (rule_set.composition,), pick(language, "总分", "total")
    yield (rule_set.levels,), pick(language, "等级条件", "levels")
    yield rule_set.quotas, pick(language, "名额并列时比较", "tie breakers")
