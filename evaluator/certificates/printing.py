"""Drawing the print files of a batch as a job: one for each committee, then the whole.

Each file follows from the batch alone, so that one that is drawn again is the same to the byte.
"""

from __future__ import annotations

import hashlib
from typing import Any

from evaluator.certificates.models import Batch, BatchFile, Certificate
from evaluator.certificates.papers import document_of, template_named
from evaluator.certificates.queries import certificates_in
from evaluator.database import db, now
from evaluator.jobs.plans import Arguments, job
from evaluator.storage import storage

PRINTING = "certificates.print"
WHOLE = "certificates.pdf"
FOLDER = "certificates"


@job(PRINTING)
class PrintBatch:
    """The documents of a batch."""

    def steps(self, arguments: Arguments) -> list[str]:
        """Return the names of the files; the whole comes last."""
        found = certificates_in(db.session, arguments["batch"])
        numbers = dict.fromkeys(each.participant.committee_id for each in found)
        return [*(f"committee-{each}.pdf" for each in numbers), WHOLE]

    def do(self, arguments: Arguments, step: str) -> None:
        """Draw a file, store it and note it."""
        batch = db.session.get_one(Batch, arguments["batch"])
        chosen = [each for each in certificates_in(db.session, batch.id) if _belongs(each, step)]
        store(batch, step, document_of(chosen, template_named(batch.template)))


def store(batch: Batch, name: str, content: bytes) -> None:
    """Store a file of a batch under a key that follows from what it holds."""
    digest = hashlib.sha256(content).hexdigest()
    key = f"{FOLDER}/{batch.root[:16]}/{digest[:16]}-{name}"
    storage().put(key, content)
    row: dict[str, Any] = {"name": name, "storage_key": key, "digest": digest}
    db.session.add(BatchFile(batch_id=batch.id, size=len(content), at=now(), **row))


def _belongs(certificate: Certificate, name: str) -> bool:
    return name in (WHOLE, f"committee-{certificate.participant.committee_id}.pdf")
