"""What came of reviews, appraisals and site checks, for programs to read."""

from __future__ import annotations

from typing import Any

from evaluator.access import NotAllowed, Permission, current_actor
from evaluator.api.listings import part_of
from evaluator.api.operations import Operations, concerning
from evaluator.api.rounds import found_round
from evaluator.api.schemas import outcomes as schemas
from evaluator.api.schemas.lists import Listing, listing_of
from evaluator.appraisals.models import Appraisal
from evaluator.appraisals.operations import ballots_cast
from evaluator.appraisals.queries import appraisal_of, slips_out
from evaluator.database import db
from evaluator.reviews.case import Case
from evaluator.reviews.outcome import Change, changes_told
from evaluator.reviews.policy import TOLD
from evaluator.reviews.queries import find_case
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import find_participant
from evaluator.site_checks.models import SiteCheck
from evaluator.site_checks.queries import find_check, visible_checks
from evaluator.web.languages import language
from rules.numbers import points_text

P = Permission
blueprint = Operations("outcomes", "Reviews, appraisals, site checks")


@blueprint.get("/applications/<int:participant_id>/review")
@concerning(find_case, P.SEE_APPLICATIONS)
@blueprint.response(200, schemas.ReviewOutcome)
def review(case: Case) -> dict[str, Any]:
    """Read what the committee changed of an application and why, as its branch is told."""
    told = case.application.state in TOLD
    changes = changes_told(case, language()) if told else []
    return {
        "participant_id": case.participant.id,
        "state": case.application.state.value,
        "stated": points_text(case.stated_marks.total) if told else None,
        "reviewed": points_text(case.reviewed_marks.total) if told else None,
        "level": case.reviewed_marks.level_title(language()) if told else None,
        "changes": [_change(each) for each in changes],
        "returns": case.returns,
    }


@blueprint.get("/participants/<int:participant_id>/appraisal")
@concerning(find_participant, P.SEE_APPRAISALS)
@blueprint.response(200, schemas.Appraisal)
def appraisal(participant: Participant) -> dict[str, Any]:
    """Read how far the appraisal of a participant is."""
    found = appraisal_of(db.session, participant)
    if found is None:
        raise NotAllowed("no appraisal")
    return appraisal_shown(found)


@blueprint.get("/rounds/<int:round_id>/site-checks")
@concerning(found_round, P.SEE_SITE_CHECKS)
@blueprint.arguments(Listing, location="query")
@blueprint.response(200, listing_of(schemas.SiteCheck))
def site_checks(made: Round, asked: dict[str, Any]) -> dict[str, Any]:
    """List the site checks of a round that the caller may see."""
    part = part_of(db.session, visible_checks(current_actor(), made.id), SiteCheck.id, asked)
    return {**part, "rows": [check_shown(each) for each in part["rows"]]}


@blueprint.get("/participants/<int:participant_id>/site-check")
@concerning(find_check, P.SEE_SITE_CHECKS)
@blueprint.response(200, schemas.SiteCheck)
def site_check(check: SiteCheck) -> dict[str, Any]:
    """Read the site check of a participant."""
    return check_shown(check)


def _change(change: Change) -> dict[str, Any]:
    reply = change.reply
    return {
        "indicator": change.unit.id,
        "title": change.unit.title(language()),
        "stated": None if change.before is None else points_text(change.before),
        "reviewed": None if change.after is None else points_text(change.after),
        "facts": [
            {
                "fact": each.review.fact,
                "stated": each.review.stated,
                "reviewed": each.review.value,
                "reason": each.review.reason,
            }
            for each in change.facts
        ],
        "reply": reply.text if reply else "",
        "answer": reply.answer if reply else "",
    }


def _question(found: Appraisal, question: dict[str, Any]) -> dict[str, Any]:
    """Return a question with its result; single ratings are nobody's to read."""
    result = found.results.get(question["fact"])
    ratings = result if isinstance(result, list) else None
    return {
        "fact": question["fact"],
        "words": question["zh"] if language() == "zh" else question["en"],
        "result": None if ratings is not None else result,
        "ratings": len(ratings or ()),
    }


def appraisal_shown(found: Appraisal) -> dict[str, Any]:
    """Return how far an appraisal is."""
    return {
        "participant_id": found.participant_id,
        "state": found.state.value,
        "way": found.way.value,
        "minimum": found.minimum,
        "slips": slips_out(db.session, found),
        "ballots": found.ballots or ballots_cast(db.session, found),
        "closed_at": found.closed_at,
        "questions": [_question(found, each) for each in found.questions],
    }


def check_shown(check: SiteCheck) -> dict[str, Any]:
    """Return a site check with what was found."""
    columns = (
        "id", "participant_id", "drawn", "reason", "visited_on", "finished_at", "summary", "facts",
    )  # fmt: skip
    return {
        **{name: getattr(check, name) for name in columns},
        "state": check.state.value,
        "findings": [
            {"dimension": name, "order": each.get("order", ""), "note": each.get("note", "")}
            for name, each in sorted(check.findings.items())
        ],
    }
