"""The sample round with its register, for tests of records."""

from __future__ import annotations

import pytest
from bringing import YEAR
from sample_register import enter_sample, publish_rule_sets
from sqlalchemy.orm import Session

from evaluator.organisations.models import Organisation
from evaluator.rounds.models import Round, RoundRuleSet


@pytest.fixture
def sample(session: Session) -> Organisation:
    """Return the district of the sample round, whose rule sets are published."""
    made = Round(year=YEAR, title="样例轮次")
    for stored in publish_rule_sets(session):
        made.rule_sets.append(RoundRuleSet(category=stored.category, stored=stored))
    session.add(made)
    return enter_sample(session)
