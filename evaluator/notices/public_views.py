"""Pages for everybody: the notices, one notice, what became of an objection."""

from __future__ import annotations

from functools import lru_cache

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from evaluator.access import public
from evaluator.database import db, now
from evaluator.notices.blueprint import blueprint
from evaluator.notices.calendar import day_of
from evaluator.notices.content import Content
from evaluator.notices.models import Notice
from evaluator.notices.paper import calendar_words, objecting_words, paper_of, period_words
from evaluator.notices.queries import (
    find_by_code,
    find_published,
    published,
    said,
    takes_objections,
)
from evaluator.web.pages import page_of
from forms.notices import FollowForm
from reports.notice import notice_pdf

_drawn = lru_cache(16)(notice_pdf)
"""Drawing a thousand names takes most of a second; everybody asks for the same few papers."""


@blueprint.get("/notice")
@public
def public_listing() -> str:
    """List the published notices, the newest first."""
    return render_template("notices/public_listing.html", page=page_of(db.session, published()))


@blueprint.get("/notice/<int:notice_id>")
@public
def public_page(notice_id: int) -> str:
    """Show a published notice; no other one is there."""
    notice = find_published(db.session, notice_id)
    content, search = said(notice), request.args.get("q", "")[:60]
    return render_template(
        "notices/public_page.html",
        notice=notice,
        content=content,
        groups=list(content.grouped(search)),
        search=search,
        period=period_words(content),
        calendar=calendar_words(content),
        objecting=objecting_words(content),
        taken=takes_objections(notice),
        remaining=_remaining(content),
        digest=_digest(notice),
    )


@blueprint.get("/notice/<int:notice_id>/pdf")
@public
def public_pdf(notice_id: int) -> Response:
    """Send a published notice as PDF."""
    notice = find_published(db.session, notice_id)
    return pdf_of(_drawn(paper_of(said(notice), notice.id, _digest(notice))), notice)


@blueprint.get("/notice/objection")
@public
def follow() -> str:
    """Ask for the code of an objection."""
    return render_template("notices/follow.html", form=FollowForm(), unknown=False)


@blueprint.post("/notice/objection")
@public
def followed() -> ResponseReturnValue:
    """Show what became of the objection of a code; the code stands in no address."""
    form = FollowForm()
    found = find_by_code(db.session, form.code.data or "") if form.validate_on_submit() else None
    if found is None:
        status = 422 if form.errors else 404
        return render_template("notices/follow.html", form=form, unknown=status == 404), status
    name = said(found.entry.notice).name(found.entry.id)
    return render_template("notices/followed.html", objection=found, name=name)


def pdf_of(content: bytes, notice: Notice) -> Response:
    """Return the answer with a notice as PDF."""
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f"inline; filename=notice-{notice.id}.pdf"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _remaining(content: Content) -> int:
    """Return the working days that are left, by the days that the notice itself names."""
    today = day_of(now())
    return sum(each.works and each.day >= today for each in content.days)


def _digest(notice: Notice) -> str:
    return notice.corrections[-1].digest if notice.corrections else notice.digest
