"""Drawing the print files of a batch as a job: for each committee, for the printer, and all.

Each file follows from batch and template alone: one that is drawn again is the same to the byte.
"""

from __future__ import annotations

import hashlib

from sqlalchemy.orm import Session

from evaluator.certificates.models import Batch, PrintFile, PrintRun
from evaluator.certificates.own_templates.store import digest_of
from evaluator.certificates.papers import covers_of, document_of, sheets_of, template_named
from evaluator.certificates.queries import certificates_in, committees_in
from evaluator.database import db, now
from evaluator.jobs.operations import start
from evaluator.jobs.plans import Arguments, job
from evaluator.storage import storage

PRINTING = "certificates.print"
WHOLE = "all.pdf"
COVERS = "covers.pdf"
SHEETS = "sheets.pdf"
"""Every certificate in one document; the lists that go with those of a committee; the sheets for a
printer, with bleed and crop marks, several on a sheet where they are small."""
FOLDER = "certificates"


@job(PRINTING)
class PrintBatch:
    """The documents of a print run."""

    def steps(self, arguments: Arguments) -> list[str]:
        """Return the names of the files; the whole comes last."""
        numbers = committees_in(db.session, _run(arguments).batch_id)
        return [*(f"committee-{each}.pdf" for each in numbers), COVERS, SHEETS, WHOLE]

    def do(self, arguments: Arguments, step: str) -> None:
        """Draw a file, store it and note it."""
        run = _run(arguments)
        found = certificates_in(db.session, run.batch_id, committee=_committee(step))
        template = template_named(run.template)
        if step == COVERS:
            content = covers_of(found)
        elif step == SHEETS:
            content = sheets_of(found, template)
        else:
            content = document_of(found, template)
        store(db.session, run, step, content)


def start_printing(session: Session, batch: Batch, template: str) -> PrintRun:
    """Let a batch be printed by a template, soon after the caller has committed."""
    run = PrintRun(template=template, template_digest=digest_of(session, template))
    batch.prints.append(run)
    session.flush()
    run.job_id = start(session, PRINTING, {"run": run.id})
    return run


def store(session: Session, run: PrintRun, name: str, content: bytes) -> None:
    """Add the row of a file of a print run, then store it under a key that follows from it.

    In this order whoever tidies up meanwhile, on this machine or another one, waits for the row and
    finds no file without one, see `evaluator.evidence.lost_files`.
    """
    digest = hashlib.sha256(content).hexdigest()
    key = f"{FOLDER}/{run.batch.root[:16]}/{digest[:16]}-{name}"
    file = {"name": name, "storage_key": key, "digest": digest}
    session.add(PrintFile(run_id=run.id, size=len(content), at=now(), **file))
    session.flush()
    storage().put(key, content)


def _run(arguments: Arguments) -> PrintRun:
    return db.session.get_one(PrintRun, arguments["run"])


def _committee(step: str) -> int | None:
    """Return the committee whose certificates alone a file holds; None where it holds all."""
    name = step.removesuffix(".pdf")
    return int(name.removeprefix("committee-")) if name.startswith("committee-") else None
