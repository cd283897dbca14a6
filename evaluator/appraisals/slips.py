"""The slips of an appraisal as a PDF to print and cut."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, url_for

from evaluator.appraisals.codes import shown
from evaluator.rounds.models import Participant
from reports.slips import Slip, slips_pdf


def slips_document(together: Sequence[tuple[Participant, Sequence[str]]], name: str) -> Response:
    """Return the slips of participants; the answer is kept nowhere, for the codes are."""
    answer = Response(slips_pdf([_stack(*each) for each in together]), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename=slips-{name}.pdf"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _stack(participant: Participant, codes: Sequence[str]) -> list[Slip]:
    return [
        Slip(
            organisation=participant.name,
            round=participant.round.title,
            code=shown(code),
            address=url_for("appraisals.ballot", code=code, _external=True),
            entry=url_for("appraisals.enter", _external=True).partition("://")[2],
        )
        for code in codes
    ]
