"""A rule set as a Markdown document that a branch secretary can read."""

from __future__ import annotations

from collections.abc import Callable

from rules.describe.basics import basics_lines
from rules.describe.fact_rows import fact_lines
from rules.describe.indicator_lines import basis_words, indicator_lines
from rules.describe.labels import Labels
from rules.describe.language import numeral, pick
from rules.describe.level_lines import (
    effect_words,
    eligibility_words,
    explained,
    found_words,
    level_lines,
    levels_lines,
)
from rules.describe.measures import measure_words, measures_behind
from rules.describe.quota_lines import (
    STEPS,
    follow_up_words,
    quota_words,
    step_title,
    step_words,
    target_words,
)
from rules.describe.total_lines import (
    block_title,
    dimension_intro,
    dimension_title,
    total_lines,
)
from rules.describe.words import say_formula
from rules.syntax import RuleSet

_Chapter = Callable[[Labels, str], list[str]]


def document(rule_set: RuleSet, language: str) -> str:
    """Return the whole document; `language` is zh or en."""
    labels = Labels(rule_set)
    lines = [f"# {rule_set.title.say(language)}", ""]
    if rule_set.description:
        lines += [rule_set.description.say(language).strip(), ""]
    lines += basics_lines(rule_set, language)
    number = 0
    for title, chapter in _CHAPTERS:
        found = chapter(labels, language)
        if found:
            number += 1
            dot = pick(language, "、", ". ")
            lines += [
                "",
                f"## {numeral(number, language)}{dot}{pick(language, *title)}",
                "",
                *found,
            ]
    return "\n".join(_single_blanks(lines)) + "\n"


def _single_blanks(lines: list[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]


def _total(labels: Labels, language: str) -> list[str]:
    composition = labels.rule_set.composition
    return total_lines(labels, language) + _measure_lines((composition,), labels, language)


def _indicators(labels: Labels, language: str) -> list[str]:
    lines = []
    for place, dimension in enumerate(labels.rule_set.dimensions, 1):
        lines += ["", f"### {place}. {dimension_title(dimension, language)}", ""]
        lines += dimension_intro(dimension, labels, language)
        lines += _measure_lines((dimension.applies_when,), labels, language)
        for number, indicator in enumerate(dimension.indicators, 1):
            title = dimension_title(indicator, language)
            lines += ["", f"#### {place}.{number} {title}", ""]
            lines += indicator_lines(indicator, labels, language)
    return lines[1:]


def _blocks(labels: Labels, language: str) -> list[str]:
    lines = []
    for block in labels.rule_set.blocks:
        inner = labels.in_deductions() if block.kind == "deduction" else labels
        lines += ["", f"### {block_title(block, language)}"]
        for indicator in block.indicators:
            lines += ["", f"#### {dimension_title(indicator, language)}", ""]
            lines += indicator_lines(indicator, inner, language)
    return lines[1:]


def _eligibility(labels: Labels, language: str) -> list[str]:
    return [
        f"- {eligibility_words(each, labels, language)}" for each in labels.rule_set.eligibility
    ]


def _vetoes(labels: Labels, language: str) -> list[str]:
    titles = {key: pick(language, *words) for key, words in STEPS.items()}
    lines = []
    for veto in labels.rule_set.vetoes:
        effect = effect_words(veto.effect, labels, language)
        condition = explained(veto.title, veto.when, labels, language)
        condition = (
            ""
            if condition == veto.title.say(language)
            else say_formula(veto.when, labels, language)
        )
        basis = basis_words(veto.basis, language)
        clauses = [condition, effect, found_words(veto, titles, language), basis]
        said = pick(language, "；", "; ").join(each for each in clauses if each)
        stop, colon = pick(language, "。", "."), pick(language, "：", ": ")
        lines.append(f"- **{veto.title.say(language)}**{colon}{said}{stop}")
    return lines + _measure_lines(labels.rule_set.vetoes, labels, language)


def _levels(labels: Labels, language: str) -> list[str]:
    levels = labels.rule_set.levels
    lines = [f"- {each}" for each in levels_lines(levels, labels, language)]
    lines += ["", pick(language, "从高到低：", "From high to low:"), ""]
    colon = pick(language, "：", ": ")
    for level in reversed(levels.from_low_to_high):
        first, *below = level_lines(level, levels, labels, language)
        lines.append(f"- **{level.title.say(language)}**{colon}{first}")
        lines += [f"  - {each}" for each in below]
    return lines + _measure_lines((levels,), labels, language)


def _measure_lines(node: object, labels: Labels, language: str) -> list[str]:
    """Return what the measures mean that are named."""
    names = measures_behind(node, labels)
    colon = pick(language, "：", ": ")
    lines = [
        f"- {labels.plain(name, language)}{colon}"
        f"{measure_words(labels.rule_set.measures[name], labels, language)}"
        for name in names
    ]
    return ["", pick(language, "口径：", "Measures:"), "", *lines] if lines else []


def _quotas(labels: Labels, language: str) -> list[str]:
    rule_set = labels.rule_set
    lines = [f"- {quota_words(each, labels, language)}" for each in rule_set.quotas]
    lines += [f"- {target_words(each, labels, language)}" for each in rule_set.targets]
    return lines + _measure_lines(rule_set.quotas, labels, language)


def _procedure(labels: Labels, language: str) -> list[str]:
    lines, colon = [], pick(language, "：", ": ")
    for number, step in enumerate(labels.rule_set.procedure, 1):
        title, said = step_title(step, language), step_words(step, language)
        lines.append(f"{number}. **{title}**{colon + said if said else ''}")
    return lines


def _follow_up(labels: Labels, language: str) -> list[str]:
    return [f"- {follow_up_words(each, labels, language)}" for each in labels.rule_set.follow_up]


def _facts(labels: Labels, language: str) -> list[str]:
    return fact_lines(labels, language)[1:]


_CHAPTERS: tuple[tuple[tuple[str, str], _Chapter], ...] = (
    (("总分怎样得出", "How the total comes about"), _total),
    (("评分指标", "Indicators"), _indicators),
    (("加分与扣分", "Bonus and deductions"), _blocks),
    (("参评条件", "Conditions for being rated"), _eligibility),
    (("一票否决", "Vetoes"), _vetoes),
    (("等级", "Levels"), _levels),
    (("名额与目标", "Quotas and targets"), _quotas),
    (("评定程序", "Procedure"), _procedure),
    (("结果运用", "Follow-up"), _follow_up),
    (("数据清单", "Facts"), _facts),
)
