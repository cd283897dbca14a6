"""Signing a batch as a job: a document for each certificate, a few of them a step.

A file follows from certificate, template, key and the recorded moment alone, so that one that is
made again after a kill is the same to the byte. What a row names is never made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from evaluator.certificates.models import Certificate
from evaluator.certificates.papers import paper_of, template_named
from evaluator.certificates.queries import certificates_in
from evaluator.certificates.signed.models import SignedFile, SigningRun
from evaluator.certificates.signed.signatory import require_signatory
from evaluator.database import db, now
from evaluator.jobs.plans import Arguments, job
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from reports.certificate import Template
from reports.certificate.data import Citation
from reports.certificate.files import Prepared
from reports.certificate.signing import Signatory, sign

SIGNING = "certificates.sign"
FOLDER = "signed-certificates"
CHUNK = 20
"""Certificates a step: a fifth of a second of work, which is what a kill costs at most."""
MILLISECONDS_EACH = 14
"""Of a processor, to draw a certificate and to sign it with RSA of 2,048 bits."""


@job(SIGNING)
class SignBatch:
    """The signed documents of a batch."""

    def steps(self, arguments: Arguments) -> list[str]:
        """Return the positions of the certificates of each step."""
        count = _run(arguments).batch.count
        return [f"{at}-{min(at + CHUNK, count)}" for at in range(0, count, CHUNK)]

    def do(self, arguments: Arguments, step: str) -> None:
        """Draw, sign and store the certificates of a step."""
        run, positions = _run(arguments), range(*map(int, step.split("-")))
        signatory = require_same(run)
        found = certificates_in(db.session, run.batch_id, positions=positions)
        documents = [
            sign(each, signatory, moment=run.moment)
            for each in singles_of(found, template_named(run.template))
        ]
        _store(db.session, run, found, documents)


def singles_of(certificates: Sequence[Certificate], template: Template) -> Iterator[bytes]:
    """Yield a document for each certificate, what they share prepared once."""
    prepared: dict[tuple[Citation, str], Prepared] = {}
    for paper in map(paper_of, certificates):
        key = paper.citation, paper.verify_base
        if key not in prepared:
            prepared[key] = Prepared.of(template, *key)
        yield prepared[key].document(paper)


def require_same(run: SigningRun) -> Signatory:
    """Return the certificate by which a batch was begun; another one does not go on with it."""
    signatory = require_signatory()
    if signatory.fingerprint != run.fingerprint:
        raise Refusal(
            gettext(
                "The district's certificate for documents was exchanged since this batch was begun "
                "to be signed. Set the former one to finish it."
            )
        )
    return signatory


def _store(
    session: Session, run: SigningRun, found: Sequence[Certificate], documents: Sequence[bytes]
) -> None:
    """Add the rows, then store the files they name: whoever tidies up finds none without a row."""
    named = {}
    for certificate, content in zip(found, documents, strict=True):
        digest = hashlib.sha256(content).hexdigest()
        key = f"{FOLDER}/{run.batch.root[:16]}/{digest[:16]}-{certificate.serial}.pdf"
        file = {"certificate_id": certificate.id, "storage_key": key, "digest": digest}
        session.add(SignedFile(run_id=run.id, size=len(content), at=now(), **file))
        named[key] = content
    session.flush()
    for key, content in named.items():
        storage().put(key, content)


def _run(arguments: Arguments) -> SigningRun:
    return db.session.get_one(SigningRun, arguments["run"])
