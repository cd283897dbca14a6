"""The report of a committee: the page, and the same on paper."""

from __future__ import annotations

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.notices.words import objection_state
from evaluator.organisations.queries import find_organisation
from evaluator.score_reports.blueprint import blueprint
from evaluator.score_reports.committee import CommitteeReport, committee_report
from evaluator.score_reports.committee_paper import committee_paper_of
from evaluator.score_reports.committee_words import head_of, meaning_of, missing_of, task_words
from evaluator.score_reports.report_views import asked_round, in_page, sent_as_pdf
from evaluator.web.languages import language
from reports.committee_report import write_committee_report

P = Permission


@blueprint.get("/score-reports/committees/<int:committee_id>")
@needs(P.SEE_PROGRESS)
def committee(committee_id: int) -> ResponseReturnValue:
    """Show where the organisations of a committee stand, and what they lost."""
    report = _report(committee_id)
    return render_template(
        "score_reports/committee.html",
        report=report,
        head=list(head_of(report)),
        meaning=list(meaning_of(report)),
        picture=in_page(report.chart, "levels"),
        missing_of=missing_of,
        task_words=task_words,
        objection_state=objection_state,
    )


@blueprint.get("/score-reports/committees/<int:committee_id>/committee.pdf")
@needs(P.SEE_PROGRESS)
def committee_report_paper(committee_id: int) -> Response:
    """Send the report of a committee."""
    report = _report(committee_id)
    name = f"{report.committee.name} {report.round.title}"
    return sent_as_pdf(write_committee_report(committee_paper_of(report)), name)


def _report(committee_id: int) -> CommitteeReport:
    actor, made = current_actor(), asked_round()
    found = find_organisation(db.session, actor, P.SEE_PROGRESS, committee_id)
    report = committee_report(db.session, actor, found, made, language()) if made else None
    if report is None:
        raise NotAllowed("no report")
    return report
