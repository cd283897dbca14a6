"""Fixtures of the tests of certificates."""

from __future__ import annotations

import pytest
from certified import Certified, make_certified
from flask.testing import FlaskClient
from sqlalchemy.orm import Session


@pytest.fixture
def certified(session: Session) -> Certified:
    """Return the district with its awards made."""
    return make_certified(session)


@pytest.fixture
def organiser(certified: Certified, browser_of) -> FlaskClient:  # type: ignore[no-untyped-def]
    """Return the browser of an organiser."""
    client: FlaskClient = browser_of(certified.ended.organiser)
    return client
