"""What tests of rounds do over and over."""

from __future__ import annotations

from district import RULES
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.rounds.models import Round

PROCEDURE = (
    RULES
    + """\
procedure:
  - {step: self_assessment, from: 2027-01-04, to: 2027-01-20}
  - {step: committee_review, from: 2027-01-19, to: 2027-02-02}
"""
)


def the_round(session: Session) -> Round:
    session.expire_all()
    return session.scalars(select(Round)).one()


def send(client: FlaskClient, made: Round, path: str = "", **data: object) -> int:
    given = {"version": made.version, **data}
    return client.post(f"/rounds/{made.id}{path}", data=given).status_code
