"""Pages of the minutes: written from what was decided, kept as a PDF with its digest."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.database import db, now
from evaluator.decisions.blueprint import blueprint
from evaluator.decisions.meeting import Meeting, decided_since, write_minutes_of
from evaluator.decisions.models import Minutes
from evaluator.decisions.page import Asked, asked_of
from evaluator.decisions.policy import may_decide, require_deciding, require_seeing_all
from evaluator.decisions.queries import minutes_of
from evaluator.organisations.form_pages import attempt, status_of
from evaluator.storage import storage
from evaluator.web.wording import gettext
from forms.decisions import MinutesForm

P = Permission
SHANGHAI = ZoneInfo("Asia/Shanghai")


@blueprint.get("/decisions/<int:round_id>/minutes")
@needs(P.SEE_DECISIONS)
def minutes(round_id: int) -> str:
    """Show the minutes of a round, and write new ones."""
    require_seeing_all(db.session, current_actor())
    form = MinutesForm()
    form.held_at.data = now().astimezone(SHANGHAI).replace(tzinfo=None)
    return _shown(_asked(db.session, round_id), form)


@blueprint.post("/decisions/<int:round_id>/minutes")
@needs(P.DECIDE)
@confirmed
def write(round_id: int) -> ResponseReturnValue:
    """Write the minutes of what was decided since the last ones."""
    require_deciding(db.session, current_actor())
    asked, form = _asked(db.session, round_id), MinutesForm()

    def act() -> Minutes:
        return write_minutes_of(
            db.session, current_actor(), made=asked.made, meeting=_meeting(form)
        )

    kept = attempt(form, act) if form.validate() else None
    if kept is None:
        return _shown(asked, form), status_of(form)
    flash(gettext("Minutes No. %(number)d are written.", number=kept.number))
    return redirect(url_for("decisions.minutes", round_id=round_id))


@blueprint.get("/decisions/minutes/<int:minutes_id>.pdf")
@needs(P.SEE_DECISIONS)
def minutes_pdf(minutes_id: int) -> Response:
    """Send minutes as they were written."""
    require_seeing_all(db.session, current_actor())
    kept = db.session.get(Minutes, minutes_id)
    if kept is None:
        raise NotAllowed("no such minutes")
    content = BytesIO(storage().get(kept.pdf_key))
    name = f"minutes-{kept.number}.pdf"
    return send_file(content, "application/pdf", as_attachment=True, download_name=name)


def _asked(session: Session, round_id: int) -> Asked:
    asked = asked_of(session, round_id, None)
    assert asked is not None  # noqa: S101 - the round was named, so it is there or is hidden
    return asked


def _meeting(form: MinutesForm) -> Meeting:
    held_at = form.held_at.data
    assert isinstance(held_at, datetime)  # noqa: S101 - the form asks for it
    return Meeting(
        held_at.replace(tzinfo=SHANGHAI),
        (form.chair.data or "").strip(),
        [name.strip() for name in (form.present.data or "").splitlines() if name.strip()],
        (form.text.data or "").strip(),
    )


def _shown(asked: Asked, form: MinutesForm) -> str:
    return render_template(
        "decisions/minutes.html",
        asked=asked,
        form=form,
        kept=minutes_of(db.session, asked.made),
        waiting=len(decided_since(db.session, asked.made)),
        may_decide=may_decide(db.session, current_actor()),
    )
