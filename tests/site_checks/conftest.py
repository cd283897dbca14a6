"""The district that the tests of site checks visit."""

from __future__ import annotations

import pytest
from district import RULES, District, make_district, make_round
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.rule_sets.models import StoredRuleSet

SAMPLED = RULES.replace("source: appraisal", "source: {sample: households}")


@pytest.fixture
def district(session: Session) -> District:
    """Return a district in a round of which one fact is found out by visits."""
    made = make_district(session)
    make_round(session, made)
    stored = session.scalars(select(StoredRuleSet)).one()
    stored.files = {"rules.yaml": SAMPLED}
    session.commit()
    return made
