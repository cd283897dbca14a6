"""Who takes part in a round: the register as it is frozen, and whoever is left out, with why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from evaluator.organisations.models import Organisation, Status, Tier
from evaluator.organisations.standing import FrozenOrganisation, snapshot_of
from evaluator.rounds.models import Participant, Round

NO_CATEGORY, NO_RULE_SET, NO_COMMITTEE = "no_category", "no_rule_set", "no_committee"


@dataclass(frozen=True)
class LeftOut:
    """A branch that goes on but takes no part, and why."""

    code: str
    name: str
    category: str
    why: str


@dataclass(frozen=True)
class Register:
    """The branches of the register that take part in a round, and those that do not."""

    taking_part: list[FrozenOrganisation]
    left_out: list[LeftOut]

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Return how many take part by committee and category."""
        return Counter(
            (each.committee, each.organisation.category or "") for each in self.taking_part
        )


def register_for(session: Session, made: Round) -> Register:
    """Return who would take part if the round were opened now; a few queries for any number."""
    categories = {each.category for each in made.rule_sets}
    taking_part: list[FrozenOrganisation] = []
    left_out = _without_category(session)
    for each in snapshot_of(session, made.year):
        why = _why_left_out(each, categories)
        if why:
            left_out.append(_left_out(each.organisation, why))
        else:
            taking_part.append(each)
    return Register(taking_part, left_out)


def freeze(session: Session, made: Round, register: Register) -> None:
    """Write the participants of a round, all in one statement."""
    rows = [_row(made, each) for each in register.taking_part]
    if rows:
        session.execute(insert(Participant), rows)


def _why_left_out(each: FrozenOrganisation, categories: Collection[str]) -> str:
    if each.organisation.category not in categories:
        return NO_RULE_SET
    if each.committee_id == each.organisation.id or not each.committee:
        return NO_COMMITTEE
    return ""


def _without_category(session: Session) -> list[LeftOut]:
    query = (
        select(Organisation)
        .where(
            Organisation.tier == Tier.BRANCH,
            Organisation.status == Status.ACTIVE,
            Organisation.category.is_(None),
        )
        .order_by(Organisation.sort_key, Organisation.id)
    )
    return [_left_out(each, NO_CATEGORY) for each in session.scalars(query)]


def _left_out(organisation: Organisation, why: str) -> LeftOut:
    return LeftOut(organisation.code, organisation.name, organisation.category or "", why)


def _row(made: Round, each: FrozenOrganisation) -> dict[str, Any]:
    branch = each.organisation
    return {
        "round_id": made.id,
        "organisation_id": branch.id,
        "path": branch.path,
        "code": branch.code,
        "name": branch.name,
        "sort_key": branch.sort_key,
        "kind": branch.kind,
        "category": branch.category,
        "committee_id": each.committee_id,
        "committee": each.committee,
        "members": branch.members,
        "founded": branch.founded,
        "secretary": branch.secretary,
        "attributes": branch.attributes,
        "previous_level": each.standing.level,
        "years_at_level": each.standing.years,
    }
