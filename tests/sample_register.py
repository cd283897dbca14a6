"""The register of the sample round: 19 committees and 120 branches, with the real rule sets."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from factories import ROOT
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.database import now
from evaluator.files import Submission, load_folder, read_round
from evaluator.organisations import operations
from evaluator.organisations.details import Details
from evaluator.organisations.levels import enter_level
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.values import plain
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from rules.canonical import digest
from rules.syntax import RuleSet

RULES = ROOT / "rules" / "2026"
ROUND = ROOT / "examples" / "2026" / "round.xlsx"
SYSTEM = Actor.system()


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the rule sets of the sample."""
    return load_folder(RULES)


@cache
def submissions() -> tuple[Submission, ...]:
    """Return the organisations of the sample with their facts."""
    return tuple(read_round(ROUND, rule_sets()))


def publish_rule_sets(session: Session) -> list[StoredRuleSet]:
    """Add the four rule sets of the sample as published ones."""
    files = {path.name: path.read_text("utf-8") for path in sorted(Path(RULES).glob("*.yaml"))}
    rows = [
        StoredRuleSet(
            rule_set=each.rule_set,
            category=category,
            release=each.version,
            title=each.title.zh,
            main=f"{category}.yaml",
            files={name: files[name] for name in (f"{category}.yaml", "shared.yaml")},
            state=RuleSetState.PUBLISHED,
            digest=digest(each),
            changed_at=now(),
            published_at=now(),
        )
        for category, each in rule_sets().items()
    ]
    session.add_all(rows)
    session.commit()
    return rows


def enter_sample(session: Session) -> Organisation:
    """Enter the district of the sample with committees and branches, and return the district."""
    district = Details(name="中共临江新区工作委员会", kind=Kind.WORKING_COMMITTEE)
    root = operations.create(session, SYSTEM, code="LJ", parent=None, details=district)
    committees: dict[str, Organisation] = {}
    for each in submissions():
        name = each.organisation.committee
        if name not in committees:
            committees[name] = operations.create(
                session,
                SYSTEM,
                code=f"LJ-{len(committees) + 1:02d}",
                parent=root,
                details=Details(name=name, kind=Kind.WORKING_COMMITTEE),
            )
        _enter(session, each, committees[name])
    session.commit()
    return root


def _enter(session: Session, each: Submission, committee: Organisation) -> None:
    given = dict(each.organisation.attributes)
    founded, members = given.pop("founded"), given.pop("members")
    details = Details(
        name=each.organisation.name,
        kind=Kind.BRANCH,
        category=each.organisation.category,
        members=int(str(members)),
        founded=founded,  # type: ignore[arg-type]
        attributes={
            name: plain(value) for name, value in given.items() if name != "previous_level"
        },
    )
    made = operations.create(
        session, SYSTEM, code=each.organisation.id, parent=committee, details=details
    )
    if each.organisation.previous_level:
        enter_level(
            session,
            SYSTEM,
            organisation=made,
            year=2026 - each.organisation.years_at_level,
            level=each.organisation.previous_level,
        )
