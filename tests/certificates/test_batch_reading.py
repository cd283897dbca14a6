"""What is read of a batch: a step of its printing its own rows, the start page a number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from certified import Certified
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from evaluator.awards.changing import find_change, propose, withdraw
from evaluator.certificates.models import Certificate
from evaluator.certificates.preparing import prepare, waiting
from evaluator.certificates.printing import COVERS, PRINTING, SHEETS, WHOLE
from evaluator.certificates.queries import certificates_in
from evaluator.jobs.plans import plan_of
from reports.certificate.data import LONGEST_NAME
from reports.certificate.templates import CERTIFICATE_A4


@contextmanager
def loaded(session: Session) -> Iterator[list[str]]:
    """Yield the names on the certificates that are read from the database meanwhile."""
    found: list[str] = []

    def note(_session: Any, row: Any) -> None:
        if isinstance(row, Certificate):
            found.append(row.name)

    session.expunge_all()
    event.listen(session, "loaded_as_persistent", note)
    try:
        yield found
    finally:
        event.remove(session, "loaded_as_persistent", note)


def test_step_of_a_committee_reads_its_certificates_alone(certified: Certified) -> None:
    batch = certified.issue()
    session, plan, arguments = certified.session, plan_of(PRINTING), {"run": batch.prints[0].id}
    with loaded(session) as planning:
        steps = plan.steps(arguments)
    east, west = certified.ended.district.east, certified.ended.district.west
    assert steps == [f"committee-{each.id}.pdf" for each in (east, west)] + [COVERS, SHEETS, WHOLE]
    with loaded(session) as of_east:
        plan.do(arguments, steps[0])
    with loaded(session) as of_west:
        plan.do(arguments, steps[1])
    assert planning == []
    assert of_east == ["东一社区党支部", "东二社区党支部"]
    assert of_west == ["西一社区党支部"]


@pytest.mark.parametrize(
    ("positions", "count"), [(range(1), 1), (range(1, 3), 2), (range(2, 9), 1), (range(3, 6), 0)]
)
def test_part_of_a_batch_is_read_by_its_positions(
    certified: Certified, positions: range, count: int
) -> None:
    batch = certified.issue()
    found = certificates_in(certified.session, batch.id, positions=positions)
    assert [each.position for each in found] == list(positions)[:count]


def test_award_that_is_held_back_is_not_counted_until_it_is_settled(
    certified: Certified, organiser: FlaskClient
) -> None:
    session, ended, award = certified.session, certified.ended, certified.awards["E1"]
    change = propose(
        session, ended.actor, award=award, to_level="", reason="x", version=award.version
    )
    session.commit()
    prepared = prepare(session, ended.round, CERTIFICATE_A4)
    assert (len(prepared.awards), len(prepared.kept), waiting(session, ended.round)) == (2, 1, 2)
    assert "待颁发证书：2份" in organiser.get("/").text
    change = find_change(session, award, change.id)
    withdraw(session, ended.other, award=award, change=change, reason="y", version=award.version)
    assert waiting(session, ended.round) == 3


def test_name_that_is_too_long_is_not_counted(certified: Certified) -> None:
    session, made = certified.session, certified.ended.round
    one = certified.ended.participant("W1")
    one.name = "长" * LONGEST_NAME
    session.flush()
    assert waiting(session, made) == 3
    one.name += "长"
    session.flush()
    assert waiting(session, made) == 2
