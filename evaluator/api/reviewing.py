"""Committee reviews for programs: read, decided, returned, finished, reopened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from flask_babel import gettext
from sqlalchemy.orm import Session
from webargs.flaskparser import abort

from evaluator.access import Actor, NotAllowed, Permission, current_actor, needs
from evaluator.api.idempotency import once
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import Operations, concerning, refuse_beyond
from evaluator.api.review_rows import indicator_shown, review_shown
from evaluator.api.schemas import reviews as schemas
from evaluator.database import db
from evaluator.organisations.values import plain
from evaluator.reviews.case import Case
from evaluator.reviews.changes import Problems
from evaluator.reviews.closing import finish, give_back, reopen
from evaluator.reviews.entries import Entry
from evaluator.reviews.operations import Seen, decide, mark_to_mend
from evaluator.reviews.queries import find_case
from evaluator.reviews.units import Unit

P = Permission
View = TypeVar("View", bound=Callable[..., Any])
blueprint = Operations("reviews", "Committee reviews")
ONE = "/reviews/<int:participant_id>"
INDICATOR = f"{ONE}/indicators/<indicator>"


def _held(session: Session, actor: Actor, permission: Permission, number: int) -> Case:
    """Return an application for a change: two reviewers act one after the other."""
    return find_case(session, actor, permission, number, for_change=True)


def _of_unit(permission: Permission) -> Callable[[View], View]:
    """Let a view be about an indicator of an application, where the caller has a permission."""
    find = _held if permission is P.REVIEW_APPLICATIONS else find_case

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(*args: Any, participant_id: int, indicator: str, **named: Any) -> Any:
            refuse_beyond(participant_id)
            case = find(db.session, current_actor(), permission, participant_id)
            if indicator not in case.units:
                raise NotAllowed(indicator)
            return view(case, case.units[indicator], *args, **named)

        return needs(permission)(answer)  # type: ignore[return-value] # the same view

    return decorate


@blueprint.get(ONE)
@concerning(find_case, P.SEE_REVIEWS)
@blueprint.response(200, schemas.Review)
def read(case: Case) -> dict[str, Any]:
    """Read how far the review of an application is."""
    return review_shown(case)


@blueprint.get(INDICATOR)
@_of_unit(P.SEE_REVIEWS)
@blueprint.response(200, schemas.ReviewedIndicator)
def read_indicator(case: Case, unit: Unit) -> dict[str, Any]:
    """Read an indicator under review: stated and reviewed facts, evidence."""
    return indicator_shown(case, unit)


@blueprint.put(INDICATOR)
@_of_unit(P.REVIEW_APPLICATIONS)
@matched
@blueprint.arguments(schemas.Decision)
@blueprint.response(200, schemas.ReviewedIndicator)
def decide_indicator(case: Case, unit: Unit, given: dict[str, Any]) -> dict[str, Any]:
    """Accept an indicator, with values of the committee where they differ, or mark it to mend."""
    require_match(schemas.ReviewedIndicator, indicator_shown(case, unit))
    if given["decision"] == schemas.TO_MEND:
        _mark(case, unit, given)
    else:
        _decide(case, unit, given["facts"])
    after = _again(case, P.SEE_REVIEWS)
    return indicator_shown(after, after.units[unit.id])


@blueprint.post(f"{ONE}/return")
@concerning(_held, P.REVIEW_APPLICATIONS)
@once
@matched
@blueprint.arguments(schemas.GivenBack)
@blueprint.response(200, schemas.Review)
def return_to_branch(case: Case, given: dict[str, Any]) -> dict[str, Any]:
    """Return an application to its branch with everything that is marked to be mended."""
    require_match(schemas.Review, review_shown(case))
    give_back(db.session, current_actor(), case=case, version=case.version, **given)
    return review_shown(_again(case, P.SEE_REVIEWS))


@blueprint.post(f"{ONE}/finish")
@concerning(_held, P.REVIEW_APPLICATIONS)
@once
@matched
@blueprint.response(200, schemas.Review)
def finish_review(case: Case) -> dict[str, Any]:
    """Finish a review in which every indicator is decided."""
    require_match(schemas.Review, review_shown(case))
    finish(db.session, current_actor(), case=case, version=case.version)
    return review_shown(_again(case, P.SEE_REVIEWS))


@blueprint.post(f"{ONE}/reopen")
@concerning(_held, P.REVIEW_APPLICATIONS)
@once
@matched
@blueprint.arguments(schemas.Reopened)
@blueprint.response(200, schemas.Review)
def reopen_review(case: Case, given: dict[str, Any]) -> dict[str, Any]:
    """Take a finished review up again."""
    require_match(schemas.Review, review_shown(case))
    reopen(db.session, current_actor(), case=case, version=case.version, **given)
    return review_shown(_again(case, P.SEE_REVIEWS))


def _again(case: Case, permission: Permission) -> Case:
    """Return an application as it stands after an act."""
    db.session.flush()
    return find_case(db.session, current_actor(), permission, case.participant.id)


def _seen(case: Case, unit: Unit) -> Seen:
    """Return what a caller has read who named the newest ETag."""
    own = case.indicators.get(unit.id)
    versions = {name: each.version for name, each in case.facts.items() if name in unit.facts}
    return Seen(case.submission, own.version if own else 0, versions)


def _mark(case: Case, unit: Unit, given: Mapping[str, Any]) -> None:
    if not given["note"].strip():
        _wrong({"note": [gettext("Write what the branch has to mend.")]})
    mark_to_mend(
        db.session,
        current_actor(),
        case=case,
        unit=unit,
        seen=_seen(case, unit),
        note=given["note"],
    )


def _decide(case: Case, unit: Unit, facts: Mapping[str, Any]) -> None:
    words = [gettext("The committee does not give this fact of the indicator.")]
    strange = {
        name: words for name in facts if name not in unit.facts or not case.may_change(unit, name)
    }
    if strange:
        _wrong({"facts": strange})
    entries = {name: Entry(plain(each["value"]), each["reason"]) for name, each in facts.items()}
    try:
        decide(
            db.session,
            current_actor(),
            case=case,
            unit=unit,
            seen=_seen(case, unit),
            entries=entries,
        )
    except Problems as problems:
        _wrong({"facts": _by_fact(problems)})


def _by_fact(problems: Problems) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for place, words in (("value", problems.values), ("reason", problems.reasons)):
        for name, each in words.items():
            found.setdefault(name, {})[place] = [each]
    return found


def _wrong(errors: Mapping[str, Any]) -> None:
    abort(422, errors={"json": errors})
