"""A defence that waits to be heard, with its panel."""

from __future__ import annotations

import pytest
from hearing import Hearing, make_hearing
from sqlalchemy.orm import Session


@pytest.fixture
def hearing(session: Session) -> Hearing:
    """Return a panel of three with two cases."""
    return make_hearing(session)
