"""The signed files of a real batch, whose service is killed at random moments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from issued_batch import issued
from service import service
from signing_authority import PASSWORD, made
from sqlalchemy import delete, select
from working import Start, await_end_through_kills

from evaluator.accounts.models import Account
from evaluator.accounts.sessions import actor_of
from evaluator.certificates.models import Certificate
from evaluator.certificates.signed.files import FOLDER, SIGNING
from evaluator.certificates.signed.models import SignedFile, SigningRun
from evaluator.certificates.signed.operations import start_signing
from evaluator.certificates.signed.signatory import require_signatory
from evaluator.database import db
from evaluator.jobs.models import Job, JobState
from evaluator.jobs.plans import plan_of
from evaluator.storage import storage

KILLS = 2
SERVE = "from evaluator.application import make_application as make; at_work.serve(make)"


@pytest.fixture(params=["rsa", "ec"])
def signing(
    config: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[SigningRun]:
    """Yield a batch that is asked to be signed, in a service of its own."""
    curve = request.param == "ec"
    key = (
        ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(65537, 2048)
    )
    secret = tmp_path / "passphrase"
    secret.write_bytes(PASSWORD + b"\n")
    config["SIGNING_FILE"] = str(made(key).bundle(tmp_path / "district.p12"))
    config["SIGNING_PASSPHRASE_FILE"] = str(secret)
    app = service(Path(config["DATA_FOLDER"]), config["DATABASE_URL"], **config_of(config))
    with app.app_context(), app.test_request_context():
        yield asked()
        db.session.rollback()
        db.engine.dispose()


def config_of(config: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in config.items() if name.startswith("SIGNING")}


def asked() -> SigningRun:
    """Issue a batch and ask for its signed files; nothing else is to be drawn."""
    batch = issued()
    db.session.get_one(Job, batch.prints[0].job_id).state = JobState.CANCELLED
    query = select(Account).where(Account.login_name == "organiser")
    actor = actor_of(db.session.scalars(query).one(), "")
    fingerprint = require_signatory().fingerprint
    run = start_signing(db.session, actor, batch=batch, fingerprint=fingerprint)
    db.session.commit()
    return run


def files_of(run: SigningRun) -> dict[str, bytes]:
    """Return the files of a run that its rows name, each once."""
    query = select(Certificate.serial, SignedFile.storage_key).join(SignedFile.certificate)
    rows = db.session.execute(query.where(SignedFile.run_id == run.id)).all()
    assert max(Counter(serial for serial, _key in rows).values()) == 1
    return {serial: storage().get(key) for serial, key in rows}


def undisturbed(run: SigningRun) -> dict[str, bytes]:
    """Return the files as they are signed again here, one after another."""
    db.session.execute(delete(SignedFile).where(SignedFile.run_id == run.id))
    plan, arguments = plan_of(SIGNING), {"run": run.id}
    for step in plan.steps(arguments):
        plan.do(arguments, step)
    db.session.commit()
    return files_of(run)


def test_signing_killed_again_and_again_has_the_same_files_once(
    signing: SigningRun, program: Start
) -> None:
    number = signing.job_id
    assert number is not None
    ended = await_end_through_kills(number, program, SERVE, KILLS)
    assert ended.state is JobState.DONE
    signed = files_of(signing)
    assert len(signed) == signing.batch.count
    assert len(signed) == len(list(storage().keys(FOLDER)))
    assert signed == undisturbed(signing)
