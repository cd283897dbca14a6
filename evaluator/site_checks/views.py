"""Pages of site checks: the lots, and the form for the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.applications.wording import value_words
from evaluator.database import db
from evaluator.evidence.limits import let_files_in
from evaluator.rounds.policy import manages_rounds, require_manager
from evaluator.rounds.queries import current_round
from evaluator.site_checks.findings import filled_form, found_in, keep_photos, values_of
from evaluator.site_checks.merging import merge
from evaluator.site_checks.models import Photo, SiteCheck, SiteCheckState
from evaluator.site_checks.operations import (
    add_check,
    draw,
    finish,
    hold_check,
    remove_photo,
    write_findings,
)
from evaluator.site_checks.policy import may_check, require_planned
from evaluator.site_checks.queries import (
    Wanted,
    draw_of,
    find_check,
    participant_by_code,
    rules_for,
    visible_checks,
)
from evaluator.storage import storage
from evaluator.web.languages import language
from evaluator.web.pages import page_of, searched_words
from evaluator.web.service import takes_turn_late
from forms.site_checks import ActForm, AddForm, DrawForm, PhotoForm

blueprint = Blueprint("site_checks", __name__, template_folder="templates")
P = Permission
STATES = {
    SiteCheckState.PLANNED: lazy_gettext("Planned"),
    SiteCheckState.FINISHED: lazy_gettext("Finished"),
}


@blueprint.url_value_preprocessor
def let_photos_in(endpoint: str | None, _values: Mapping[str, Any] | None) -> None:
    """Take a larger form where it brings photos, before anything reads it."""
    if endpoint == "site_checks.add_photos":
        let_files_in()


@blueprint.get("/site-checks")
@needs(P.SEE_SITE_CHECKS)
def listing() -> str:
    """List the checks of the round."""
    return _listing(DrawForm())


@blueprint.post("/site-checks/draw")
@needs(P.MANAGE_ROUNDS)
def draw_lots() -> ResponseReturnValue:
    """Draw by lot who is visited."""
    require_manager(db.session, current_actor())
    form, made = DrawForm(), current_round(db.session)
    if made is None or not form.validate_on_submit():
        return _listing(form), 422
    draw(db.session, current_actor(), made=made, percent=form.percent.data or 0)
    return redirect(url_for("site_checks.listing"))


@blueprint.get("/site-checks/<int:participant_id>")
@needs(P.SEE_SITE_CHECKS)
def page(participant_id: int) -> str:
    """Show the check of a participant, with its form while it is open."""
    actor = current_actor()
    return _page(find_check(db.session, actor, P.SEE_SITE_CHECKS, participant_id))


@blueprint.post("/site-checks/add")
@needs(P.CHECK_SITES)
def add() -> ResponseReturnValue:
    """Plan a check without a lot, for a reason."""
    actor, form, made = current_actor(), AddForm(), current_round(db.session)
    if made is None or not form.validate_on_submit():
        return _listing(DrawForm(), form), 422
    participant = participant_by_code(db.session, actor, made, (form.code.data or "").strip())
    if participant is None:
        form.code.errors = [gettext("No organisation of the round at your place has this code.")]
        return _listing(DrawForm(), form), 422
    add_check(db.session, actor, participant=participant, reason=form.reason.data or "")
    return _back(participant.id)


@blueprint.post("/site-checks/<int:participant_id>")
@needs(P.CHECK_SITES)
def save(participant_id: int) -> ResponseReturnValue:
    """Keep what was found so far."""
    check = find_check(db.session, current_actor(), P.CHECK_SITES, participant_id)
    wrong = _keep_typed(check)
    return (_page(check, wrong), 422) if wrong else _back(participant_id)


@blueprint.post("/site-checks/<int:participant_id>/finish")
@needs(P.CHECK_SITES)
def end(participant_id: int) -> ResponseReturnValue:
    """Finish a check; its facts then count."""
    check = find_check(db.session, current_actor(), P.CHECK_SITES, participant_id)
    wrong = _keep_typed(check, wants_day=True)
    if wrong:
        return _page(check, wrong), 422
    finish(db.session, current_actor(), check=check)
    return _back(participant_id)


@blueprint.post("/site-checks/<int:participant_id>/photos")
@needs(P.CHECK_SITES)
@takes_turn_late
def add_photos(participant_id: int) -> ResponseReturnValue:
    """Keep photos of the site, also where something else on the page is wrong."""
    check = find_check(db.session, current_actor(), P.CHECK_SITES, participant_id)
    form = PhotoForm()
    kept = form.validate_on_submit() and keep_photos(db.session, current_actor(), check, form)
    wrong = _keep_typed(check)
    # What is right is kept, whatever else is wrong.
    db.session.commit()
    return _back(participant_id) if kept and not wrong else (_page(check, wrong, form), 422)


@blueprint.post("/site-checks/<int:participant_id>/photos/<int:photo_id>/remove")
@needs(P.CHECK_SITES)
def take_photo_out(participant_id: int, photo_id: int) -> ResponseReturnValue:
    """Take a photo out of a check."""
    check = find_check(db.session, current_actor(), P.CHECK_SITES, participant_id)
    wrong = _keep_typed(check)
    if wrong:
        return _page(check, wrong), 422
    remove_photo(db.session, current_actor(), check=check, photo=_photo(check, photo_id))
    return _back(participant_id)


@blueprint.get("/site-checks/<int:participant_id>/photos/<int:photo_id>")
@needs(P.SEE_SITE_CHECKS)
def photo(participant_id: int, photo_id: int) -> Response:
    """Send a photo; it was drawn anew from its points when it came in."""
    check = find_check(db.session, current_actor(), P.SEE_SITE_CHECKS, participant_id)
    kept = _photo(check, photo_id)
    answer = Response(storage().get(kept.storage_key), mimetype=kept.media_type)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def _keep_typed(check: SiteCheck, *, wants_day: bool = False) -> FlaskForm | None:
    """Keep what was found as far as it was sent; return the form where something is wrong in it.

    Every button of the page sends it along, so that nobody loses what they typed on the way.
    """
    if "visited_on" not in request.form:
        return None
    hold_check(db.session, check)
    require_planned(check)
    form, rule_set = filled_form(db.session, check), rules_for(db.session, check)
    if not form.validate_on_submit() or not merge(form, values_of(check, rule_set)):
        return form
    if wants_day and not form["visited_on"].data:
        form["visited_on"].errors = [gettext("Write down the day of the visit first.")]
        return form
    write_findings(db.session, current_actor(), check=check, **found_in(form, rule_set))
    return None


def _photo(check: SiteCheck, photo_id: int) -> Photo:
    found = next((each for each in check.photos if each.id == photo_id), None)
    if found is None:
        raise NotAllowed("no such photo")
    return found


def _listing(form: DrawForm, add_form: AddForm | None = None) -> str:
    made, wanted = current_round(db.session), _wanted()
    page = page_of(db.session, visible_checks(current_actor(), made.id if made else 0, wanted))
    return render_template(
        "site_checks/listing.html",
        round=made,
        page=page,
        wanted=wanted,
        states=STATES,
        form=form,
        add_form=add_form or AddForm(),
        adds=current_actor().may(P.CHECK_SITES),
        draw=draw_of(db.session, made) if made else None,
        draws=manages_rounds(db.session, current_actor()),
    )


def _wanted() -> Wanted:
    """Return what the address asks for; what is no choice narrows nothing."""
    state = request.args.get("state", "")
    return Wanted(
        searched_words(),
        SiteCheckState(state) if state in set(SiteCheckState) else None,
    )


def _page(check: SiteCheck, form: object = None, photo_form: PhotoForm | None = None) -> str:
    return render_template(
        "site_checks/page.html",
        check=check,
        rules=rules_for(db.session, check),
        form=form or filled_form(db.session, check, formdata=None),
        photo_form=photo_form or PhotoForm(),
        act=ActForm(),
        value_words=lambda fact, value: value_words(fact, value, language()),
        writes=check.state == "planned" and may_check(current_actor(), check.participant),
    )


def _back(participant_id: int) -> ResponseReturnValue:
    return redirect(url_for("site_checks.page", participant_id=participant_id))
