"""The slips of an appraisal as a PDF to print and cut."""

from __future__ import annotations

from flask import Response, url_for

from evaluator.appraisals.codes import shown
from evaluator.rounds.models import Participant
from reports.slips import Slip, slips_pdf


def slips_document(participant: Participant, codes: list[str]) -> Response:
    """Return the slips of codes; the answer is kept nowhere, for the codes are."""
    slips = [
        Slip(
            organisation=participant.name,
            round=participant.round.title,
            code=shown(code),
            address=url_for("appraisals.ballot", code=code, _external=True),
        )
        for code in codes
    ]
    answer = Response(slips_pdf(slips), mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"attachment; filename=slips-{participant.code}.pdf"
    answer.headers["Cache-Control"] = "no-store"
    return answer
