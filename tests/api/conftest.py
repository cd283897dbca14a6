"""Two programs over a furnished district."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from furnished import Furnished, furnish
from programs import Program
from sqlalchemy.orm import Session


@pytest.fixture
def things(session: Session) -> Furnished:
    """Return a district with a thing of every kind."""
    return furnish(session)


@pytest.fixture
def organiser(client: FlaskClient, things: Furnished) -> Program:
    """Return a program with every scope of an organiser of the district."""
    return Program(client, things.organiser)


@pytest.fixture
def branch(client: FlaskClient, things: Furnished) -> Program:
    """Return a program with every scope of an officer of the eastern branches."""
    return Program(client, things.branch)


@pytest.fixture
def reviewer(client: FlaskClient, things: Furnished) -> Program:
    """Return a program with every scope of a reviewer of the eastern committee."""
    return Program(client, things.reviewer)
