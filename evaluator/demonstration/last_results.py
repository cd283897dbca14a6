"""What was known of each branch a year ago: facts that come to the level which it was given then.

The workbook has one year. A branch whose own facts come to another level than it held before is
given those of a branch of its category that do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.database import now
from evaluator.demonstration.own_branch import LAST_YEAR
from evaluator.demonstration.stages import OWN
from evaluator.files import Submission
from evaluator.organisations.details import today
from evaluator.organisations.models import Organisation
from evaluator.organisations.values import plain
from evaluator.records.models import KnownFact
from evaluator.records.operations import log_known_facts
from evaluator.records.sources import source_text
from evaluator.scoring.round import Category, score_round
from rules.syntax import RuleSet

Facts = Mapping[str, object]


def facts_a_year_ago(
    submissions: Sequence[Submission], rule_sets: Mapping[str, RuleSet]
) -> dict[str, Facts]:
    """Return the facts of each branch by its code."""
    donors = _by_level(submissions, rule_sets)
    found = {}
    for number, each in enumerate(submissions):
        own = each.organisation
        fitting = donors.get((own.category, own.previous_level or ""), [])
        alike = [one for one in fitting if one is each] or fitting or [each]
        found[own.id] = alike[number % len(alike)].facts
    return found


def _by_level(
    submissions: Sequence[Submission], rule_sets: Mapping[str, RuleSet]
) -> dict[tuple[str, str], list[Submission]]:
    """Return who comes to which level of which category before any quota."""
    categories = {name: Category(rule_set) for name, rule_set in rule_sets.items()}
    results = score_round(categories, [(each.organisation, each.facts) for each in submissions])
    found: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    for each, result in zip(submissions, results.results, strict=True):
        if result.assessment is not None:
            levels = result.category.levels
            index = levels.decide(result.assessment).index
            level = levels.levels[index].id if index >= 0 else ""
            found[each.organisation.category, level].append(each)
    return found


def enter_facts(
    session: Session,
    actor: Actor,
    organisations: Mapping[str, Organisation],
    rule_sets: Mapping[str, RuleSet],
    facts: Mapping[str, Facts],
    year: int,
) -> None:
    """Make known what was known then: all of it in one statement, with an audit line for each.

    No operation takes over what committees, panels and members said in a round that was on paper.
    """
    rows: list[dict[str, Any]] = []
    for code, organisation in organisations.items():
        rule_set = rule_sets[organisation.category or ""]
        own = list(_rows(organisation, rule_set, facts[code], year))
        rows += own
        after = {"facts": len(own)}
        log_known_facts(session, actor, organisation, year, before={}, after=after)
    session.execute(insert(KnownFact), rows)


def _rows(
    organisation: Organisation, rule_set: RuleSet, facts: Facts, year: int
) -> Iterator[dict[str, Any]]:
    for name, value in facts.items():
        source = rule_set.facts[name].source
        if source.kind == "organisation" or (organisation.code == OWN and name in LAST_YEAR):
            continue
        yield {
            "organisation_id": organisation.id,
            "year": year,
            "fact": name,
            "value": plain(value),
            "source": source_text(source),
            "as_of": today(),
            "brought_at": now(),
            "account_id": None,
        }
