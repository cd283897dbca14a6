"""The quota board of one category: the ranking with its cut lines, as the rules come to them.

Every number is the scoring's own: the board orders and counts what `score_round` returned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from evaluator.decisions.cuts import Cut, before_quotas, cuts_of
from evaluator.scoring.cohort import group_of
from evaluator.scoring.levels import NO_LEVEL, GateResult
from evaluator.scoring.quotas import Part, QuotaReport, Standing
from evaluator.scoring.round import Category, Entry, Result, score_round
from rules.syntax import Level, Words


@dataclass(frozen=True)
class Candidate:
    """One organisation of the ranking with what the rules came to.

    `number` is shared by those who have the same level and total; `own` is the level that it
    reaches before quotas.
    """

    number: int
    result: Result
    own: int
    level: int

    @property
    def code(self) -> str:
        """Return the number of the organisation."""
        return self.result.organisation.id

    @property
    def total(self) -> int:
        """Return the total in 1/10,000 point; only where it is scored."""
        return self.result.assessment.total if self.result.assessment else 0

    @property
    def is_direct(self) -> bool:
        """Return whether the level was awarded directly."""
        return bool(self.result.decision and self.result.decision.direct)

    @property
    def steps(self) -> Sequence[Words]:
        """Return what moved it to its level, in words."""
        return self.result.decision.steps if self.result.decision else ()


@dataclass(frozen=True)
class Board:
    """A category of a round as the rules see it.

    `candidates` are those with a decision by rules, best first; `refused` those whose facts do not
    suffice; `outside` counts those who did not apply.
    """

    category: Category
    candidates: Sequence[Candidate]
    refused: Sequence[Result]
    outside: int
    reports: Sequence[QuotaReport]
    cuts: Sequence[Cut]

    @cached_property
    def by_code(self) -> Mapping[str, Candidate]:
        """Return the candidates by the numbers of their organisations."""
        return {each.code: each for each in self.candidates}

    @cached_property
    def digest(self) -> str:
        """Return what tells this outcome from every other one."""
        lines = [self.category.scorer.program.digest]
        lines += [f"{each.code} {each.level} {each.total}" for each in self.candidates]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    @property
    def levels(self) -> Sequence[Level]:
        """Return the levels from low to high."""
        return self.category.levels.levels

    def level_id(self, index: int) -> str:
        """Return the id of a level, empty for none."""
        return self.levels[index].id if index >= 0 else ""

    def index_of(self, level: str) -> int:
        """Return the number of a level by its id, that of none where it is empty or unknown."""
        return self.category.levels.index.get(level, NO_LEVEL)

    def title(self, level: str) -> Words:
        """Return the title of a level by its id, or of none."""
        return self.category.levels.title(self.index_of(level))

    def missed_gates(self, candidate: Candidate) -> list[GateResult]:
        """Return the gates that keep it from a level for which its points would suffice."""
        if candidate.result.assessment is None:
            return []
        gates = self.category.levels.gates(candidate.result.assessment)
        return [each for each in gates if not each.holds and self._stops(each, candidate)]

    def _stops(self, gate: GateResult, candidate: Candidate) -> bool:
        """Return whether the points would suffice for a level, and its gate keeps it away."""
        assessment = candidate.result.assessment
        above = self.index_of(gate.level) > candidate.own
        return above and assessment is not None and bool(assessment.value("band", gate.level))

    def cut(self, key: str) -> Cut | None:
        """Return a cut by its key."""
        return next((each for each in self.cuts if each.key == key), None)

    def held_with(self, levels: Mapping[str, str]) -> list[QuotaReport]:
        """Return what the quotas come to where some, by their codes, are given other levels."""
        standings = []
        for each in self.candidates:
            assessment, decision = each.result.assessment, each.result.decision
            if assessment and decision and decision.rated:
                given = self.category.levels.decide(assessment)
                given.index = (
                    self.index_of(levels[each.code]) if each.code in levels else each.level
                )
                standings.append(Standing(assessment, given))
        return [self._report(each, standings) for each in self.reports]

    def _report(self, report: QuotaReport, standings: Sequence[Standing]) -> QuotaReport:
        quota = report.quota
        members = [
            each
            for each in standings
            if group_of(each.assessment.inputs, quota.among) == report.group
        ]
        part = Part(quota, report.group, report.base, members, self.category.levels)
        return part.report(report.moved)

    def broken_by(self, levels: Mapping[str, str]) -> list[QuotaReport]:
        """Return the quotas that hold by the rules and would not where some get other levels."""
        return [
            after
            for before, after in zip(self.reports, self.held_with(levels), strict=True)
            if after.quota.kind != "target"
            and not after.met
            and (before.met or after.held != before.held)
        ]


def board_of(category: Category, name: str, entries: Sequence[Entry]) -> Board:
    """Return the board of the organisations of a category, given with their facts."""
    found = score_round({name: category}, entries)
    decided = [each for each in found.results if each.decision]
    reports = found.quotas.get(name, [])
    standings = before_quotas(found.results, category.levels)
    own = {each.assessment.organisation.id: each.decision.index for each in standings}
    return Board(
        category,
        _ranking(decided, own),
        [each for each in found.results if each.refused],
        sum(not each.organisation.applied for each in found.results),
        reports,
        cuts_of(standings, reports, category.levels),
    )


def _ranking(decided: Sequence[Result], own: Mapping[str, int]) -> list[Candidate]:
    """Return the decided, the highest level first, then the highest total; none without points.

    `own` are the levels before quotas of whoever is rated.
    """
    found: list[Candidate] = []
    for position, result in enumerate(sorted(decided, key=_order), 1):
        same = found and _order(result)[:3] == _order(found[-1].result)[:3]
        assert result.decision is not None  # noqa: S101 - the caller chose those that have one
        level = result.decision.index
        number = found[-1].number if same else position
        reached = own.get(result.organisation.id, level)
        found.append(Candidate(number, result, reached, level))
    return found


def _order(result: Result) -> tuple[bool, int, int, str]:
    level = result.decision.index if result.decision else NO_LEVEL
    total = result.assessment.total if result.assessment else 0
    return result.assessment is None, -level, -total, result.organisation.id
