"""Score reports as PDF: of one organisation, and of all of a committee."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.rounds.models import Participant, Round
from evaluator.score_reports.blueprint import blueprint
from evaluator.score_reports.making import reports_of
from evaluator.score_reports.paper import paper_of
from evaluator.score_reports.queries import find_told, told_participants
from evaluator.score_reports.report_views import asked_round, sent_as_pdf
from evaluator.web.languages import language
from reports.score_report import write_score_reports

P = Permission


@blueprint.get("/score-reports/<int:participant_id>/report.pdf")
@needs(P.SEE_SCORE_REPORTS)
def paper(participant_id: int) -> Response:
    """Send the report of one organisation."""
    participant = find_told(db.session, current_actor(), participant_id)
    return _pdf([participant], participant.round, participant.name)


@blueprint.get("/score-reports/committees/<int:committee_id>/reports.pdf")
@needs(P.SEE_SCORE_REPORTS)
def committee_paper(committee_id: int) -> Response:
    """Send the reports of all organisations of a committee that the caller sees."""
    made = asked_round()
    if made is None:
        raise NotAllowed("no round")
    query = told_participants(current_actor(), made.id).where(
        Participant.committee_id == committee_id
    )
    participants = db.session.scalars(query).all()
    if not participants:
        raise NotAllowed("no reports")
    return _pdf(participants, made, participants[0].committee)


def _pdf(participants: Sequence[Participant], made: Round, about: str) -> Response:
    reports = reports_of(db.session, current_actor(), participants, language())
    return sent_as_pdf(write_score_reports(paper_of(reports, made, about)), about)
