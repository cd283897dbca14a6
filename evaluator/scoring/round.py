"""A whole round: organisations of mixed categories, each category compared within itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.cohort import fill_cohort, fill_peers, group_of
from evaluator.scoring.explain import Scorer
from evaluator.scoring.first_pass import FirstPass
from evaluator.scoring.inputs import FactErrors, Inputs, Organisation
from evaluator.scoring.levels import Decision, LevelRules
from evaluator.scoring.quotas import Population, QuotaReport, Standing, apply_quotas
from evaluator.scoring.reading import Raw, Unreadable, reader_of
from rules.describe.words import Labels
from rules.syntax import Fact, RuleSet

Entry = tuple[Organisation, Mapping[str, Raw]]


@dataclass
class Category:
    """One rule set of a round, made ready once."""

    rule_set: RuleSet

    def __post_init__(self) -> None:
        self.scorer = Scorer(self.rule_set)
        self.labels = Labels(self.rule_set)
        self.levels = LevelRules(self.labels)
        self.first_pass = FirstPass(self.scorer, self.levels)


@dataclass
class Result:
    """What a round came to for one organisation.

    `assessment` and `decision` are there for whoever was scored; an organisation that did not
    apply, or whose facts were refused, has neither. One that is not rated has a decision, and an
    assessment only where its points depend on nobody else and nothing is missing.
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
    """Decide first who is not rated, compare the others, then apply the quotas."""
    everyone = [(result, read_member(category.scorer, result, facts)) for result, facts in members]
    scored = [
        (result, inputs)
        for result, inputs in everyone
        if result.organisation.applied
        and not result.refused
        and not _is_left_out(category, result, inputs)
    ]
    _assess(category.scorer, scored)
    for result, _ in scored:
        if result.assessment:
            result.decision = category.levels.decide(result.assessment)
    return _apply_quotas(category, everyone)


def read_member(scorer: Scorer, result: Result, facts: Mapping[str, Raw]) -> Inputs:
    """Return the facts of an organisation; where they are wrong, what its group is known by."""
    try:
        return scorer.read(result.organisation, facts)
    except FactErrors as error:
        if result.organisation.applied:
            result.refused = error
        return _readable(scorer, result.organisation, facts, error)


def _readable(
    scorer: Scorer, organisation: Organisation, facts: Mapping[str, Raw], error: FactErrors
) -> Inputs:
    """Return what can be read: whoever did not apply or is refused only counts in its group."""
    wrong = {each.fact for each in error.problems}
    declared = scorer.program.rule_set.facts
    usable = {name: raw for name, raw in facts.items() if name in declared}
    kept = usable | {name: None for name in wrong if name in declared}
    inputs = scorer.read(replace(organisation, previous_level=""), kept)
    words = {
        name: _word(declared[name], facts.get(name))
        for name in wrong
        if name in declared and declared[name].type == "choice"
    }
    return replace(inputs, raw={**inputs.raw, **words})


def _word(fact: Fact, raw: Raw) -> Raw:
    """Return the word of a choice that was refused, or what was given instead of one."""
    value = raw.get("value") if isinstance(raw, Mapping) else raw
    try:
        return tuple(fact.options)[reader_of(fact)(value)]
    except Unreadable:
        return value if isinstance(value, str) else None


def _is_left_out(category: Category, result: Result, inputs: Inputs) -> bool:
    """Return whether an organisation is not rated, and note what it came to."""
    decision = category.first_pass.not_rated(inputs)
    if decision is None:
        return False
    try:
        result.assessment = category.first_pass.assessment(inputs)
        result.decision = decision
    except FactErrors as error:
        result.refused = error
    return True


def _assess(scorer: Scorer, scored: list[tuple[Result, Inputs]]) -> None:
    """Assess everyone, or note why facts are refused.

    Whoever is refused is compared with nobody, so that the others are compared anew.
    """
    left = 0
    while left != len(scored):
        left = len(scored)
        before = [list(inputs.slots) for _, inputs in scored]
        fill_cohort(scorer, [inputs for _, inputs in scored])
        for (result, inputs), slots in zip(scored, before, strict=True):
            if result.assessment is None or inputs.slots != slots:
                _try(scorer, result, inputs)
        _fill_peers(scorer, [result for result, _ in scored if result.assessment])
        if scorer.grouped:
            scored = [(result, inputs) for result, inputs in scored if not result.refused]


def _try(scorer: Scorer, result: Result, inputs: Inputs) -> None:
    try:
        result.assessment = scorer.assess(inputs)
    except FactErrors as error:
        result.refused, result.assessment = error, None


def _fill_peers(scorer: Scorer, scored: list[Result]) -> None:
    """Let the mean of the peers stand in, or refuse whoever has none."""
    assessments = [each.assessment for each in scored if each.assessment]
    for each, filled in zip(scored, fill_peers(scorer, assessments), strict=True):
        if isinstance(filled, FactErrors):
            each.refused, each.assessment = filled, None
        else:
            each.assessment = filled


def _apply_quotas(category: Category, everyone: list[tuple[Result, Inputs]]) -> list[QuotaReport]:
    standings = [
        Standing(each.assessment, each.decision)
        for each, _ in everyone
        if each.assessment and each.decision and each.decision.rated
    ]
    populations = {
        quota.id: _populations(quota.among, [inputs for _, inputs in everyone], standings)
        for quota in category.rule_set.quotas
    }
    return apply_quotas(standings, populations, category.levels)


def _populations(
    among: str, everyone: list[Inputs], standings: list[Standing]
) -> dict[Raw, Population]:
    """Count everyone given and everyone who applied, whether their facts are good or not."""
    existing = Counter(group_of(each, among) for each in everyone)
    applied = Counter(group_of(each, among) for each in everyone if each.organisation.applied)
    rated = Counter(group_of(each.assessment.inputs, among) for each in standings)
    return {group: Population(existing[group], applied[group], rated[group]) for group in existing}
