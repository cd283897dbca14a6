"""Scores the YAML cases that lie beside rule sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.explain import Scorer
from evaluator.scoring.first_pass import FirstPass
from evaluator.scoring.inputs import FactErrors, FactProblem, Organisation
from evaluator.scoring.levels import NO_LEVEL, LevelRules
from evaluator.scoring.reading import Unreadable, reader_of
from rules.describe.words import Labels
from rules.lowering import indicators_of
from rules.syntax import Fact, RuleSet, Words
from rules.testing import Case, Outcome


def score_cases(rule_set: RuleSet, cases: list[Case]) -> list[Outcome]:
    """Return the outcome of each case; raises RuleErrors where the rule set is wrong."""
    scorer, levels = Scorer(rule_set), LevelRules(Labels(rule_set))
    first_pass = FirstPass(scorer, levels)
    return [_outcome(case, first_pass) for case in cases]


def _outcome(case: Case, first_pass: FirstPass) -> Outcome:
    scorer, levels = first_pass.scorer, first_pass.levels
    try:
        organisation = organisation_of(case.organisation, default_name=case.name)
        inputs = scorer.read(organisation, case.facts)
        if first_pass.not_rated(inputs) and not first_pass.assessment(inputs):
            return Outcome()
        assessment = scorer.explain(inputs, group=case.group, peers=case.peers)
    except FactErrors as error:
        return Outcome(error=str(error))
    return _outcome_of(assessment, levels)


def _outcome_of(assessment: Assessment, levels: LevelRules) -> Outcome:
    rule_set = levels.rule_set
    decision = levels.decide(assessment)
    return Outcome(
        assessment.total,
        "none" if decision.index == NO_LEVEL else levels.levels[decision.index].id,
        {each.id: assessment.points(each) for each in indicators_of(rule_set)},
        {each.id: assessment.value("dimension", each.id) for each in rule_set.dimensions},
        {each.id: assessment.value("block", each.id) for each in rule_set.blocks},
        tuple(veto.id for veto in assessment.fallen_vetoes),
    )


def organisation_of(given: Mapping[str, Any], default_name: str = "") -> Organisation:
    """Return the organisation of a mapping; every key is also an attribute that facts may read.

    Raises FactErrors where its years at a level are no number, or `applied` is no truth.
    """
    previous = given.get("previous_level")
    organisation = Organisation(
        id=str(given.get("id") or default_name),
        name=str(given.get("name") or default_name),
        category=str(given.get("category") or ""),
        committee=str(given.get("committee") or ""),
        previous_level="" if previous in (None, "none") else str(previous),
        attributes=dict(given),
    )
    years, applied = (_standing(organisation, key) for key in ("years_at_level", "applied"))
    return replace(organisation, years_at_level=years, applied=applied != 0)


def _standing(organisation: Organisation, key: str) -> int:
    read, default = _STANDING[key]
    raw = organisation.attributes.get(key)
    try:
        return default if raw is None else read(raw)
    except Unreadable as error:
        raise FactErrors(organisation, [FactProblem(key, error.zh, error.en)]) from None


_STANDING = {
    "years_at_level": (reader_of(Fact(label=Words("已保持年数"), type="integer", max="99")), 0),
    "applied": (reader_of(Fact(label=Words("是否申报"), type="boolean")), 1),
}
