"""What an indicator takes, said with the values of the branch: from where, and to where."""

from __future__ import annotations

from evaluator.score_reports.standing import Standing
from evaluator.scoring.next_level import how_to_win
from evaluator.scoring.part_ways import Way, could_bring, has_taken
from evaluator.scoring.reasons import Reasons, part_outcomes
from evaluator.web.wording import gettext
from rules.describe.expressions import say_beside
from rules.describe.language import pick
from rules.describe.parts import part_words
from rules.formula import parse
from rules.lowering.reads import formulas_of
from rules.numbers import NotANumber, read_number
from rules.syntax import Anchor, Fact, Indicator


def step_of(standing: Standing, indicator: Indicator, language: str) -> str:
    """Return what would bring the points of an indicator, with the values that it has now."""
    assessment, labels = standing.so_far.assessment, standing.ready.labels
    reasons, rule = Reasons(assessment, labels), indicator.rule
    if rule.deduct:
        return _deducted(reasons, indicator, language)
    if rule.adjust and (said := _adjusted(reasons, indicator, language)):
        return said
    if rule.judgement:
        return _judged(reasons, indicator, language)
    values = reasons.shown.values_of(rule, language, lambda: formulas_of(rule))
    if rule.proportional:
        way = rule.proportional
        full = say_beside(parse(way.full_at), parse(way.measure), labels, language)
        how = pick(language, f"达到{full}得满分", f"all points at {full}")
    else:
        how = how_to_win(assessment, indicator, standing.ready.levels).say(language)
    return gettext("%(how)s (now: %(values)s)", how=how, values=values) if values else how


def _deducted(reasons: Reasons, indicator: Indicator, language: str) -> str:
    """Say what took points off, with its values and its points."""
    said = [
        reasons.part(outcome, indicator, language)
        for outcome in part_outcomes(reasons.assessment, indicator)
        if has_taken(outcome, indicator)
    ]
    return Way.MEND.say(language) + pick(language, "；", "; ").join(said)


def _adjusted(reasons: Reasons, indicator: Indicator, language: str) -> str:
    """Say what took points off, and what could still bring some."""
    outcomes = part_outcomes(reasons.assessment, indicator)
    labels, values = reasons.labels, reasons.values
    said = [
        Way.MEND.say(language) + reasons.part(each, indicator, language)
        for each in outcomes
        if has_taken(each, indicator)
    ]
    said += [
        Way.WIN.say(language)
        + part_words(each.part, labels, language, counted=False)
        + values(each.part, language)
        for each in outcomes
        if could_bring(each, indicator)
    ]
    return pick(language, "；", "; ").join(said)


def _judged(reasons: Reasons, indicator: Indicator, language: str) -> str:
    """Say what was judged, and what the next better judgement means."""
    name = indicator.rule.judgement or ""
    fact = reasons.labels.rule_set.facts[name]
    judged = reasons.judgement(indicator, language)
    above = _above(fact, reasons.assessment.inputs.raw.get(name))
    if above is None:
        return judged
    return gettext(
        "%(judged)s; from %(points)s on: %(means)s",
        judged=judged,
        points=above.at_least,
        means=above.means.say(language),
    )


def _above(fact: Fact, raw: object) -> Anchor | None:
    """Return the lowest anchor of a judgement that is not reached yet."""
    try:
        value = read_number(str(raw))
    except NotANumber:
        return None
    left = [each for each in fact.anchors if read_number(each.at_least) > value]
    return min(left, key=lambda each: read_number(each.at_least), default=None)
