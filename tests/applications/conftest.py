"""The case that most tests of applications begin with."""

from __future__ import annotations

import pytest
from drafting import Case, make_case
from sqlalchemy.orm import Session


@pytest.fixture
def case(session: Session) -> Case:
    """Return a branch in a round of this year."""
    return make_case(session)
