"""The evidence beside an indicator: which file is shown, and files that others used as well."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.queries import Elsewhere, same_file_elsewhere
from evaluator.reviews.case import Case
from evaluator.reviews.units import Unit
from evaluator.web.languages import language
from evaluator.web.wording import gettext

IN_PAGE = {
    "image/jpeg": "image",
    "image/png": "image",
    "image/webp": "image",
    "application/pdf": "document",
}
"""What a browser shows in the page; anything else is downloaded."""


def chosen_file(case: Case, unit: Unit, asked: str) -> EvidenceFile | None:
    """Return the file of an indicator that is to be shown: the one asked for, else the first."""
    files = case.proofs.get(unit.id, ())
    return next((each for each in files if str(each.id) == asked), files[0] if files else None)


def file_address(file: EvidenceFile) -> str:
    """Return where a file of evidence is read."""
    return url_for("evidence.download", file_id=file.id, name=file.name)


def warnings_of(session: Session, actor: Actor, case: Case, unit: Unit) -> dict[int, str]:
    """Return, by file, which other organisations uploaded the same."""
    found = same_file_elsewhere(session, actor, case.proofs.get(unit.id, ()))
    return {number: _words(each) for number, each in found.items()}


def _words(found: Elsewhere) -> str:
    """Say who else has a file; who lies elsewhere in the tree is counted and not named."""
    names = ("、" if language() == "zh" else ", ").join(found.names)
    if not found.others:
        return gettext("The same file was uploaded by %(names)s.", names=names)
    if not names:
        return gettext(
            "The same file was uploaded by %(count)s organisations of other committees.",
            count=found.others,
        )
    return gettext(
        "The same file was uploaded by %(names)s and %(count)s organisations of other committees.",
        names=names,
        count=found.others,
    )
