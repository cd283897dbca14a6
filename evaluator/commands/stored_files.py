"""Which folders of the storage hold the files of which rows, for starting and for checking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from evaluator.applications.models import Submission
from evaluator.appraisals.models import PaperTally
from evaluator.certificates.models import PrintFile
from evaluator.certificates.signed.models import SignedFile
from evaluator.database import now
from evaluator.decisions.models import DepartmentList, Finding, Minutes
from evaluator.evidence.consistency import Flaw, find_flaws
from evaluator.evidence.lost_files import Named, flaws_of, forget_lost
from evaluator.notices.models import Attachment
from evaluator.site_checks.models import Photo
from evaluator.storage import STAGING, Storage

NAMED = (
    Named("submissions", Submission.pdf_key),
    Named("site-checks", Photo.storage_key),
    Named("tallies", PaperTally.scan_key),
    Named("department-lists", DepartmentList.storage_key),
    Named("findings", Finding.evidence_key),
    Named("minutes", Minutes.pdf_key),
    Named("objections", Attachment.storage_key),
    Named("certificates", PrintFile.storage_key),
    Named("signed-certificates", SignedFile.storage_key),
)
PASSING = {STAGING: timedelta(minutes=10), "imports": timedelta(days=2)}
"""Folders whose files no row names, and how long they are of use: half-written files, and
workbooks that were uploaded to be looked at."""


def all_flaws(session: Session, kept: Storage) -> Iterator[Flaw]:
    """Yield every disagreement between rows and stored files."""
    yield from find_flaws(session, kept)
    for each in NAMED:
        yield from flaws_of(session, kept, each)


def tidy_up(session: Session, kept: Storage) -> int:
    """Remove what the service left where it was killed; returns how many files."""
    count = forget_lost(session, kept, NAMED)
    for folder, lasts in PASSING.items():
        for key in list(kept.keys_before(folder, now() - lasts)):
            kept.delete(key)
            count += 1
    return count
