"""The workbook of a year's facts: every visible branch with what is known of it so far."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from evaluator.access import Actor, Permission
from evaluator.files import Submission, write_workbook
from evaluator.organisations.models import Organisation as Registered
from evaluator.organisations.models import Status, Tier
from evaluator.organisations.queries import names_above, visible_organisations
from evaluator.organisations.standing import Standing, standings_of
from evaluator.records.queries import facts_of_year
from evaluator.scoring.inputs import Organisation
from rules.syntax import RuleSet


def workbook_of(
    session: Session, actor: Actor, year: int, rule_sets: Mapping[str, RuleSet]
) -> bytes:
    """Return the workbook of the branches that an actor may bring facts of, as it is read again."""
    query = visible_organisations(actor, Permission.IMPORT_RECORDS).where(
        Registered.tier == Tier.BRANCH,
        Registered.status == Status.ACTIVE,
        Registered.category.in_(rule_sets),
    )
    branches = list(session.scalars(query))
    committees = names_above(session, branches)
    standings = standings_of(session, query, year)
    known = facts_of_year(session, year)
    submissions = [
        Submission(
            _organisation(each, committees, standings.get(each.id, Standing())),
            {name: row.value for name, row in known.get(each.id, {}).items()},
            "",
        )
        for each in branches
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.xlsx"
        write_workbook(rule_sets, path, submissions)
        return path.read_bytes()


def _organisation(
    branch: Registered, committees: Mapping[int, str], standing: Standing
) -> Organisation:
    founded = {"founded": branch.founded.isoformat()} if branch.founded else {}
    return Organisation(
        id=branch.code,
        name=branch.name,
        category=branch.category or "",
        committee=committees.get(branch.committee_id or 0, ""),
        previous_level=standing.level,
        years_at_level=standing.years,
        attributes={"members": str(branch.members), **founded, **branch.attributes},
    )
