"""A whole round: organisations of mixed categories, each category compared within itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.cohort import fill_cohort, fill_peers, group_of
from evaluator.scoring.explain import Scorer
from evaluator.scoring.inputs import FactErrors, Inputs, Organisation
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.quotas import Population, QuotaReport, Standing, apply_quotas
from evaluator.scoring.reading import Raw
from rules.describe.words import Labels
from rules.syntax import RuleSet

Entry = tuple[Organisation, Mapping[str, Raw]]


@dataclass
class Category:
    """One rule set of a round, made ready once."""

    rule_set: RuleSet

    def __post_init__(self) -> None:
        self.scorer = Scorer(self.rule_set)
        self.labels = Labels(self.rule_set)
        self.levels = LevelRules(self.labels)


@dataclass
class Result:
    """What a round came to for one organisation.

    `assessment` and `decision` are there for whoever was scored; an organisation that did not
    apply, or whose facts were refused, has neither.
    """

    organisation: Organisation
    category: Category
    assessment: Assessment | None = None
    decision: Decision | None = None
    refused: FactErrors | None = None


@dataclass
class RoundResult:
    """All results in the order of the organisations given, and the quotas of each category."""

    results: list[Result]
    quotas: dict[str, list[QuotaReport]] = field(default_factory=dict)

    @property
    def refused(self) -> list[FactErrors]:
        """Return the errors of every organisation whose facts were refused."""
        return [each.refused for each in self.results if each.refused]


def score_round(categories: Mapping[str, Category], entries: Sequence[Entry]) -> RoundResult:
    """Return the results of a round; facts that are wrong are kept with their organisation.

    The order of the organisations makes no difference to any result.
    """
    results = [
        Result(organisation, categories[organisation.category]) for organisation, _ in entries
    ]
    by_category: dict[str, list[tuple[Result, Mapping[str, Raw]]]] = defaultdict(list)
    for result, (organisation, facts) in zip(results, entries, strict=True):
        by_category[organisation.category].append((result, facts))
    reports = {
        name: _score_category(categories[name], members) for name, members in by_category.items()
    }
    return RoundResult(results, reports)


def _score_category(
    category: Category, members: list[tuple[Result, Mapping[str, Raw]]]
) -> list[QuotaReport]:
    scorer = category.scorer
    read = [
        (result, inputs) for result, facts in members if (inputs := _read(scorer, result, facts))
    ]
    applied = [(result, inputs) for result, inputs in read if result.organisation.applied]
    scored = _fill_peers(scorer, _assess(scorer, applied))
    for result in scored:
        assert result.assessment is not None  # noqa: S101
        result.decision = category.levels.decide(result.assessment)
    return _apply_quotas(category, [inputs for _, inputs in read], scored)


def _read(scorer: Scorer, result: Result, facts: Mapping[str, Raw]) -> Inputs | None:
    """Return the facts of an organisation; one that did not apply needs none."""
    try:
        return scorer.read(result.organisation, facts)
    except FactErrors as error:
        if result.organisation.applied:
            result.refused = error
            return None
        return _readable(scorer, result.organisation, facts, error)


def _readable(
    scorer: Scorer, organisation: Organisation, facts: Mapping[str, Raw], error: FactErrors
) -> Inputs:
    """Return what can be read: whoever did not apply only counts in its group."""
    wrong = {each.fact for each in error.problems}
    declared = scorer.program.rule_set.facts
    usable = {name: raw for name, raw in facts.items() if name in declared}
    kept = usable | {name: None for name in wrong if name in declared}
    return scorer.read(replace(organisation, previous_level=""), kept)


def _assess(scorer: Scorer, applied: list[tuple[Result, Inputs]]) -> list[Result]:
    """Assess everyone and return who was scored.

    Whoever is refused is compared with nobody, so that the others are compared anew.
    """
    refused = True
    while refused:
        fill_cohort(scorer, [inputs for _, inputs in applied])
        for result, inputs in applied:
            try:
                result.assessment = scorer.assess(inputs)
            except FactErrors as error:
                result.refused, result.assessment = error, None
        refused = any(result.refused for result, _ in applied) and bool(scorer.program.cohort)
        applied = [(result, inputs) for result, inputs in applied if not result.refused]
    return [result for result, _ in applied]


def _fill_peers(scorer: Scorer, scored: list[Result]) -> list[Result]:
    """Let the mean of the peers stand in, and return who is left."""
    assessments = [each.assessment for each in scored if each.assessment]
    for each, filled in zip(scored, fill_peers(scorer, assessments), strict=True):
        if isinstance(filled, FactErrors):
            each.refused, each.assessment = filled, None
        else:
            each.assessment = filled
    return [each for each in scored if each.assessment]


def _apply_quotas(
    category: Category, everyone: list[Inputs], scored: list[Result]
) -> list[QuotaReport]:
    standings = [
        Standing(each.assessment, each.decision)
        for each in scored
        if each.assessment and each.decision and each.decision.rated
    ]
    populations = {
        quota.id: _populations(quota.among, everyone, standings)
        for quota in category.rule_set.quotas
    }
    return apply_quotas(standings, populations, category.levels)


def _populations(
    among: str, everyone: list[Inputs], standings: list[Standing]
) -> dict[Raw, Population]:
    existing = Counter(group_of(each, among) for each in everyone)
    applied = Counter(group_of(each, among) for each in everyone if each.organisation.applied)
    rated = Counter(group_of(each.assessment.inputs, among) for each in standings)
    return {group: Population(existing[group], applied[group], rated[group]) for group in existing}
