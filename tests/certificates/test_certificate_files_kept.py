"""Files that are stored while another machine tidies up: none is taken for a lost one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from awarded import make_ended
from certified import Certified
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from service import DATABASES
from signing_authority import DAY, PASSWORD, made
from simultaneous import own_service
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.certificates.models import Batch
from evaluator.certificates.printing import FOLDER as PRINTED
from evaluator.certificates.printing import PRINTING
from evaluator.certificates.signed.files import FOLDER as SIGNED
from evaluator.certificates.signed.files import SIGNING
from evaluator.certificates.signed.operations import start_signing
from evaluator.certificates.signed.signatory import require_signatory
from evaluator.commands.stored_files import all_flaws, tidy_up
from evaluator.database import db, now, only_read, unit_of_work
from evaluator.jobs.plans import plan_of
from evaluator.storage import LOST, storage

LONG_ENOUGH = 1.0
"""Seconds in which a tidy-up that waits for nobody would have set the files aside."""


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with own_service(request, tmp_path) as service:
        authority = made(rsa.generate_private_key(65537, 2048), now() - DAY, now() + DAY)
        secret = tmp_path / "passphrase"
        secret.write_bytes(PASSWORD + b"\n")
        service.config["SIGNING_FILE"] = str(authority.bundle(tmp_path / "district.p12"))
        service.config["SIGNING_PASSPHRASE_FILE"] = str(secret)
        yield service


def begin_printing(_session: Session, _actor: Actor, batch: Batch) -> int:
    return batch.prints[0].id


def begin_signing(session: Session, actor: Actor, batch: Batch) -> int:
    return start_signing(
        session, actor, batch=batch, fingerprint=require_signatory().fingerprint
    ).id


@pytest.mark.parametrize(
    ("job", "folder", "begin"),
    [(PRINTING, PRINTED, begin_printing), (SIGNING, SIGNED, begin_signing)],
)
def test_tidy_up_elsewhere_leaves_files_whose_rows_are_not_yet_seen(
    app: Flask, job: str, folder: str, begin: Callable[[Session, Actor, Batch], int]
) -> None:
    with app.app_context():
        ended = make_ended(db.session)
        batch = Certified(ended, ended.award_all()).issue()
        arguments = {"run": begin(db.session, ended.actor, batch)}
        db.session.commit()
        plan, elsewhere = plan_of(job), Thread(target=tidy_up_of, args=(app,))
        # As the processes of jobs do it, see `evaluator.jobs.hands`.
        only_read(db.session)
        with unit_of_work(db.session):
            plan.do(arguments, plan.steps(arguments)[0])
            assert list(storage().keys(folder)) != []
            elsewhere.start()
            elsewhere.join(LONG_ENOUGH)
        elsewhere.join()
        assert list(storage().keys(LOST)) == []
        assert list(all_flaws(db.session, storage())) == []


def tidy_up_of(app: Flask) -> None:
    """Tidy up as a machine does at its start."""
    with app.app_context(), unit_of_work(db.session):
        tidy_up(db.session, storage())
