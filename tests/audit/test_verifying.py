"""Whoever alters, removes or puts in a line of the log is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from logbook import alter, found, insert, move, remove, write
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from evaluator.audit.chain import START, digest_of
from evaluator.audit.models import AuditHead, AuditLine
from evaluator.audit.verifying import End, end_of_log
from evaluator.database import now

DOUBT = "it does not follow from the line before: one of the two was altered"


def test_untouched_log_holds(session: Session) -> None:
    assert found(session) == []
    write(session, 6)
    assert found(session) == []


@pytest.mark.parametrize(
    "values",
    [
        {"account_id": None},
        {"account_name": "王芳"},
        {"address": "192.0.2.2"},
        {"action": "organisation.move"},
        {"subject": "account"},
        {"subject_id": 2},
        {"organisation_path": "/1/2/"},
        {"before": "{}"},
        {"after": '{"members":99}'},
        {"reason": ""},
        {"at": now() - timedelta(days=1)},
        {"digest": "0" * 64},
    ],
    ids=lambda values: next(iter(values)),
)
def test_altered_column_is_found(session: Session, values: dict[str, object]) -> None:
    write(session, 5)
    alter(session, 3, **values)
    assert [number for number, _ in found(session)] in ([3], [3, 4])


def test_altered_first_and_last_lines_are_found(session: Session) -> None:
    write(session, 4)
    alter(session, 1, reason="x")
    alter(session, 4, reason="x")
    assert found(session) == [(1, DOUBT), (4, DOUBT)]


def test_altered_line_with_a_digest_made_anew_is_found_at_the_next(session: Session) -> None:
    write(session, 5)
    line = session.get_one(AuditLine, 3)
    line.reason = "x"
    before = session.get_one(AuditLine, 2).digest
    line.digest = digest_of(before, line)
    assert found(session) == [(4, DOUBT)]


def test_removed_lines_are_named(session: Session) -> None:
    write(session, 9)
    remove(session, 3, 6, 7)
    assert found(session) == [(3, "line 3 is missing"), (6, "lines 6 to 7 are missing")]


def test_removed_line_is_found_although_the_others_were_renumbered(session: Session) -> None:
    write(session, 6)
    remove(session, 3)
    move(session, 4, -1)
    said = "1 line(s) before it are missing; all after them were renumbered"
    assert found(session) == [(3, said)]


@pytest.mark.parametrize("count", [1, 2])
def test_line_put_in_between_is_named(session: Session, count: int) -> None:
    write(session, 6)
    move(session, 3, count)
    for number in range(count):
        insert(session, 3 + number, chained=False)
    said = "it was put in later; all lines after it were renumbered"
    assert found(session) == [(3 + number, said) for number in range(count)]


def test_line_put_in_that_continues_the_chain_is_found(session: Session) -> None:
    write(session, 6)
    move(session, 3, 1)
    insert(session, 3, chained=True)
    said = "1 line(s) were put in before it; all after them were renumbered"
    assert found(session) == [(4, said)]


@pytest.mark.parametrize("chained", [True, False])
def test_line_put_in_at_the_end_is_found(session: Session, chained: bool) -> None:
    write(session, 3)
    insert(session, 4, chained=chained)
    assert found(session) == [(4, "it was put in after the end of the log")]


def test_line_put_in_before_the_first_is_found(session: Session) -> None:
    write(session, 2)
    insert(session, 0, chained=False)
    assert found(session) == [(0, "it was put in before the first line")]


def test_exchanged_lines_are_found(session: Session) -> None:
    write(session, 5)
    alter(session, 2, number=99)
    alter(session, 3, number=2)
    alter(session, 99, number=3)
    assert [number for number, _ in found(session)] == [2, 4]


def test_end_cut_off_is_found(session: Session) -> None:
    write(session, 5)
    remove(session, 4, 5)
    assert found(session) == [(4, "lines 4 to 5 are missing")]


def test_emptied_log_is_found(session: Session) -> None:
    write(session, 3)
    remove(session, 1, 2, 3)
    assert found(session) == [(1, "lines 1 to 3 are missing")]


def test_end_cut_off_with_a_new_end_is_found_by_the_noted_one(session: Session) -> None:
    write(session, 5)
    noted = end_of_log(session)
    remove(session, 4, 5)
    digest = session.scalar(select(AuditLine.digest).where(AuditLine.number == 3))
    session.execute(update(AuditHead).values(number=3, digest=digest))
    assert found(session) == []
    assert found(session, noted) == [(5, "it has not the digest that was noted before")]


def test_noted_end_still_holds_when_the_log_went_on(session: Session) -> None:
    write(session, 2)
    noted = end_of_log(session)
    write(session, 2)
    assert found(session, noted) == []
    assert found(session, End(0, START)) == []


def test_log_that_goes_on_after_tampering_shows_it_still(session: Session) -> None:
    write(session, 3)
    alter(session, 2, reason="x")
    session.commit()
    write(session, 3)
    assert found(session) == [(2, DOUBT)]


def test_many_altered_lines_are_each_named(session: Session) -> None:
    write(session, 40)
    for number in range(5, 36):
        alter(session, number, reason="x")
    assert [number for number, _ in found(session)] == list(range(5, 36))
