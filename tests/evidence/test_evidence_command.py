"""`evaluator evidence`: what it says and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from district import make_district, make_round
from flask import Flask
from given import make_file, participant_of
from service import service
from sqlalchemy import select

from evaluator.applications.models import Application, Submission
from evaluator.cli import main
from evaluator.database import db, now
from evaluator.evidence.models import Upload
from evaluator.rounds.models import Participant
from evaluator.storage import storage


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Yield a service of its own, which the command finds by the environment."""
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    made = service(tmp_path)
    with made.app_context():
        district = make_district(db.session)
        make_round(db.session, district)
        participant = participant_of(db.session, district.east_one)
        make_file(db.session, participant, "services")
        old = {"token": "old", "created_at": now() - timedelta(days=2)}
        named = {"name": "a", "size": 9, "indicator": ""}
        db.session.add(Upload(participant=participant, **old, **named))
        db.session.commit()
        storage().put("uploads/old/0", b"chunk")
        db.session.close()
        yield made
        db.engine.dispose()


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["evidence", *words])


def test_check_passes_where_rows_and_files_agree(installed: Flask) -> None:
    done = run("check")
    told = "Every file has its row, and every row its file.\n"
    assert (done.exit_code, done.output) == (0, told)


def test_check_fails_where_a_file_has_no_row(installed: Flask) -> None:
    storage().put("evidence/ab/alone", b"alone")
    done = run("check")
    assert (done.exit_code, done.output) == (1, "file without a row: evidence/ab/alone\n")


@pytest.mark.parametrize("key", ["submissions/ab.pdf", "site-checks/ab/ab", "tallies/ab/ab"])
def test_check_finds_lost_files_of_other_folders_and_tidy_sets_them_aside(
    installed: Flask, key: str
) -> None:
    storage().put(key, b"lost")
    assert run("check").output == f"file without a row: {key}\n"
    assert run("tidy").output == "Ended 1 uploads, took 1 files without a row out of use.\n"
    assert run("check").exit_code == 0
    assert storage().get(f"lost/{key}") == b"lost"


def test_check_finds_a_submission_without_its_paper(installed: Flask) -> None:
    participant = db.session.scalars(select(Participant)).first()
    application = Application(participant=participant, created_at=now(), changed_at=now())
    made = {"number": 1, "at": now(), "secretary": "李明", "content": "{}", "digest": "ab"}
    db.session.add(Submission(application=application, pdf_key="submissions/ab.pdf", **made))
    db.session.commit()
    db.session.close()
    done = run("check")
    assert (done.exit_code, done.output) == (1, "row without its file: submissions/ab.pdf\n")


def test_tidy_ends_old_uploads(installed: Flask) -> None:
    storage().put("uploads/unknown/0", b"chunk of an upload that was ended meanwhile")
    assert run("tidy").output == "Ended 1 uploads, took 1 files without a row out of use.\n"
    assert list(storage().keys("uploads")) == []
    assert run("tidy").output == "Ended 0 uploads, took 0 files without a row out of use.\n"
