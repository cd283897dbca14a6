"""One indicator as a section of the document: rule, facts, evidence, basis and exceptions."""

from __future__ import annotations

from collections import defaultdict

from rules.describe.labels import Labels
from rules.describe.language import listing, pick
from rules.describe.measures import measure_words, measures_behind
from rules.describe.rule_lines import rule_lines
from rules.describe.sources import source_words
from rules.describe.words import say_formula
from rules.lowering.names import Names
from rules.lowering.reads import facts_read
from rules.syntax import Basis, Evidence, Fallback, Indicator

_FALLBACKS = {
    "zero": ("得0分", "no points"),
    "full": ("得满分", "all points"),
    "exempt": (
        "本项不计，分值按比例由同一维度的其他指标分担",
        "the item is left out; the others of the dimension carry its points",
    ),
    "peers_mean": ("取同类组织本项的平均分", "the mean of its peers stands in"),
    "error": ("不能计分，须先补齐", "the score waits until it is given"),
}


def indicator_lines(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return all that there is to say about an indicator, as a Markdown list."""
    first, *below = rule_lines(indicator, labels, language)
    lines = [_item(pick(language, "计分", "Points"), first, language)]
    lines += [f"  - {_closed(each, each is below[-1], language)}" for each in below]
    lines += _measures(indicator, labels, language)
    lines.append(
        _item(pick(language, "数据", "Facts"), _facts(indicator, labels, language), language)
    )
    lines += _exceptions(indicator, labels, language)
    if indicator.evidence:
        said = listing((evidence_words(each, language) for each in indicator.evidence), language)
        lines.append(_item(pick(language, "佐证材料", "Evidence"), said, language))
    if indicator.basis:
        said = basis_words(indicator.basis, language)
        lines.append(_item(pick(language, "依据", "Basis"), said, language))
    if indicator.note:
        lines.append(_item(pick(language, "说明", "Note"), indicator.note.say(language), language))
    return lines


def _item(name: str, text: str, language: str) -> str:
    return pick(language, f"- {name}：{text}", f"- {name}: {text}")


def _closed(line: str, is_last: bool, language: str) -> str:
    """Return a line of a list; the last one ends with a full stop."""
    stops = {"zh": ("；", "。"), "en": (";", ".")}[language]
    return line.removesuffix(stops[0]) + stops[1] if is_last and line.endswith(stops[0]) else line


def _measures(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    """Return what the measures mean that the rule reads."""
    lines = []
    for name in measures_behind((indicator.rule, indicator.applies_when), labels):
        measure = labels.rule_set.measures[name]
        said = measure_words(measure, labels, language)
        lines.append(f"  - {labels.plain(name, language)}{pick(language, '：', ': ')}{said}")
    if not lines:
        return []
    return [pick(language, "- 口径：", "- Measures:"), *lines]


def _facts(indicator: Indicator, labels: Labels, language: str) -> str:
    """Return the facts that the rule reads, by where they come from."""
    read = facts_read(indicator.rule, Names(labels.rule_set))
    by_source: dict[str, list[str]] = defaultdict(list)
    for name, fact in labels.rule_set.facts.items():
        if name in read:
            by_source[source_words(fact.source, language)].append(fact.label.say(language))
    said = [
        pick(language, f"{listing(names, 'zh')}（{source}）", f"{listing(names, 'en')} ({source})")
        for source, names in by_source.items()
    ]
    return pick(language, "；", "; ").join(said) or pick(language, "无", "none")


def _exceptions(indicator: Indicator, labels: Labels, language: str) -> list[str]:
    lines = []
    if indicator.applies_when:
        only = say_formula(indicator.applies_when, labels, language)
        said = pick(language, f"{only}的组织", f"organisations where {only}")
        if indicator.alternative:
            other = _alternatives(indicator, labels, language)
            said += pick(language, f"；其他组织改评{other}", f"; others are rated by {other}")
        elif indicator.otherwise:
            instead = fallback_words(indicator.otherwise, labels, language)
            said += pick(language, f"；不适用的{instead}", f"; elsewhere {instead}")
        lines.append(_item(pick(language, "适用", "Applies to"), said, language))
    if indicator.missing.kind != "error":
        said = fallback_words(indicator.missing, labels, language)
        lines.append(_item(pick(language, "数据缺失时", "Without data"), said, language))
    return lines


def _alternatives(indicator: Indicator, labels: Labels, language: str) -> str:
    others = [
        labels.of(each.id, language)
        for group in labels.groups
        for each in group.indicators
        if each.alternative == indicator.alternative and each.id != indicator.id
    ]
    return listing(others, language, pick(language, "或", " or "))


def fallback_words(fallback: Fallback, labels: Labels, language: str) -> str:
    """Return what stands in for the points."""
    if fallback.kind == "use":
        other = labels.of(fallback.use, language)
        return pick(language, f"按{other}的得分率折算", f"the share won in {other} stands in")
    return pick(language, *_FALLBACKS[fallback.kind])


def evidence_words(evidence: Evidence, language: str) -> str:
    """Return a document that is wanted, with its number."""
    number = f"{evidence.number} " if evidence.number else ""
    own = pick(language, "（由组织自列目录）", " (the organisation lists its own documents)")
    return f"{number}{evidence.title.say(language)}{own if evidence.own_catalogue else ''}"


def basis_words(basis: tuple[Basis, ...], language: str) -> str:
    """Return the clauses that something rests on."""
    return pick(language, "；", "; ").join(_clause(each, language) for each in basis)


def _clause(basis: Basis, language: str) -> str:
    title, article = basis.source.say(language), basis.article or ""
    if language == "en":
        number = f"article {article}" if article.isdigit() else article
        return f"{title}, {number}" if article else title
    title = title if "《" in title else f"《{title}》"
    return title + (f"第{article}条" if article.isdigit() else article)
