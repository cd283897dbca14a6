"""Pages on which organisers prepare, publish, correct and close notices."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, confirmed, current_actor, needs
from evaluator.database import db, now
from evaluator.notices import handling_views, objecting_views, public_views
from evaluator.notices.blueprint import blueprint
from evaluator.notices.content import Content, Plan, plan_in
from evaluator.notices.drawing_up import drawn_up, live_entries, rule_sets_of
from evaluator.notices.models import Notice
from evaluator.notices.paper import calendar_words, objecting_words, paper_of, period_words
from evaluator.notices.preparing import USUAL_DAYS, days_asked, discard, edit, prepare
from evaluator.notices.public_views import pdf_of
from evaluator.notices.publishing import Changes, close, correct, publish
from evaluator.notices.queries import (
    ends_at,
    find_notice,
    open_on,
    said,
    takes_objections,
    visible_notices,
)
from evaluator.notices.words import day_words, notice_state, weekday
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round
from evaluator.rule_sets.policy import may_everywhere, require_everywhere
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext
from forms.notices import ActForm, CorrectionForm, PlanForm
from reports.notice import notice_pdf

__all__ = ["blueprint"]
MODULES = (public_views, objecting_views, handling_views)
"""The other pages of the subject; importing them registers them."""
P = Permission
blueprint.add_app_template_global(notice_state)
blueprint.add_app_template_global(day_words)
blueprint.add_app_template_filter(weekday)


@blueprint.get("/notices")
@needs(P.SEE_NOTICES)
def listing() -> str:
    """List the notices, those that are prepared among them."""
    actor = current_actor()
    return render_template(
        "notices/listing.html",
        page=page_of(db.session, visible_notices(db.session, actor)),
        prepares=may_everywhere(db.session, actor, P.PUBLISH_NOTICES),
        sees=may_everywhere(db.session, actor, P.SEE_NOTICES),
    )


@blueprint.route("/notices/new", methods=["GET", "POST"])
@needs(P.PUBLISH_NOTICES)
def new() -> ResponseReturnValue:
    """Prepare a notice of the round."""
    require_everywhere(db.session, current_actor(), P.PUBLISH_NOTICES)
    made = current_round(db.session)
    if made is None:
        raise NotAllowed("no round")
    form = _plan_form(made, PlanForm(data=_usual(made)))
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("notices/plan.html", form=form, round=made, notice=None), status
    notice = prepare(db.session, current_actor(), made=made, plan=_plan(form))
    return _back(notice)


@blueprint.get("/notices/<int:notice_id>")
@needs(P.SEE_NOTICES)
def page(notice_id: int) -> str:
    """Show a notice with what can be done with it."""
    actor = current_actor()
    notice = find_notice(db.session, actor, P.SEE_NOTICES, notice_id)
    content = _content(notice)
    return render_template(
        "notices/page.html",
        notice=notice,
        content=content,
        groups=list(content.grouped()),
        period=period_words(content),
        calendar=calendar_words(content),
        objecting=objecting_words(content),
        taken=takes_objections(notice),
        is_over=notice.published_at is not None and now() >= ends_at(notice),
        open=open_on(db.session, notice),
        runs=may_everywhere(db.session, actor, P.PUBLISH_NOTICES),
        act=ActForm(formdata=None, data={"version": notice.version}),
    )


@blueprint.get("/notices/<int:notice_id>/pdf")
@needs(P.SEE_NOTICES)
def pdf(notice_id: int) -> Response:
    """Send a notice as it would be printed, a draft marked as one."""
    notice = find_notice(db.session, current_actor(), P.SEE_NOTICES, notice_id)
    digest = notice.digest if notice.published_at else ""
    if notice.corrections:
        digest = notice.corrections[-1].digest
    return pdf_of(notice_pdf(paper_of(_content(notice), notice.id, digest)), notice)


@blueprint.route("/notices/<int:notice_id>/edit", methods=["GET", "POST"])
@needs(P.PUBLISH_NOTICES)
def change(notice_id: int) -> ResponseReturnValue:
    """Edit a notice that is not published; its names are taken from the decisions anew."""
    notice = _managed(notice_id)
    if notice.published_at is not None:
        return redirect(url_for("notices.page", notice_id=notice_id))
    data = {**vars(plan_in(notice.content)), "version": notice.version}
    form = _plan_form(notice.round, PlanForm(data=data))
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        words = {"form": form, "round": notice.round, "notice": notice}
        return render_template("notices/plan.html", **words), status
    actor, version = current_actor(), _number(form.version.data)
    edit(db.session, actor, notice=notice, plan=_plan(form), version=version)
    return _back(notice)


@blueprint.post("/notices/<int:notice_id>/discard")
@needs(P.PUBLISH_NOTICES)
def throw_away(notice_id: int) -> ResponseReturnValue:
    """Throw away a notice that was never published."""
    discard(db.session, current_actor(), notice=_managed(notice_id))
    flash(gettext("The draft is thrown away."))
    return redirect(url_for("notices.listing"))


@blueprint.get("/notices/<int:notice_id>/publish")
@needs(P.PUBLISH_NOTICES)
@confirmed
def review_publishing(notice_id: int) -> str:
    """Show the notice as everybody will read it, before it is published."""
    notice = _managed(notice_id)
    if notice.published_at is not None:
        raise NotAllowed("published already")
    content = _content(notice)
    stale = [
        entry.participant.name
        for entry, level in live_entries(db.session, notice)
        if entry.level != level
    ]
    return render_template(
        "notices/publish.html",
        notice=notice,
        content=content,
        period=period_words(content),
        calendar=calendar_words(content),
        stale=stale,
        act=ActForm(formdata=None, data={"version": notice.version}),
    )


@blueprint.post("/notices/<int:notice_id>/publish")
@needs(P.PUBLISH_NOTICES)
@confirmed
def publish_now(notice_id: int) -> ResponseReturnValue:
    """Publish a notice."""
    notice, form = _managed(notice_id), ActForm()
    version = _number(form.version.data)
    publish(db.session, current_actor(), notice=notice, version=version)
    flash(gettext("The notice is published; everybody can read it."))
    return redirect(url_for("notices.page", notice_id=notice.id))


@blueprint.route("/notices/<int:notice_id>/correct", methods=["GET", "POST"])
@needs(P.PUBLISH_NOTICES)
@confirmed
def put_right(notice_id: int) -> ResponseReturnValue:
    """Publish a correction of a notice."""
    notice = _managed(notice_id)
    if notice.published_at is None:
        raise NotAllowed("not published")
    name = said(notice).name(request.args.get("entry", 0, type=int))
    given = {"version": notice.version, "entry": name.entry if name else ""}
    shown = {"name": name.name, "committee": name.committee} if name else {}
    form = CorrectionForm(data={**given, **shown})
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("notices/correct.html", notice=notice, form=form, name=name), status
    correct(
        db.session,
        current_actor(),
        notice=notice,
        changes=_changes(form),
        version=_number(form.version.data),
    )
    flash(gettext("The correction is published."))
    return redirect(url_for("notices.page", notice_id=notice.id))


@blueprint.post("/notices/<int:notice_id>/close")
@needs(P.PUBLISH_NOTICES)
def end(notice_id: int) -> ResponseReturnValue:
    """Close a notice whose days are over."""
    notice = _managed(notice_id)
    close(db.session, current_actor(), notice=notice)
    return _back(notice)


def _managed(notice_id: int) -> Notice:
    return find_notice(db.session, current_actor(), P.PUBLISH_NOTICES, notice_id)


def _content(notice: Notice) -> Content:
    """Return what a notice says; a draft as if it were published now."""
    if notice.published_at is not None:
        return said(notice)
    return drawn_up(notice, plan_in(notice.content), now())


def _usual(made: Round) -> dict[str, Any]:
    return {
        "title": gettext("Public notice of the levels of %(round)s", round=made.title),
        "introduction": gettext(
            "After self-assessment, review, defence and joint check the following organisations "
            "are to be given these levels. They are put on public notice; everybody may look "
            "at them and object."
        ),
        "working_days": days_asked(made) or USUAL_DAYS,
        "categories": [each.category for each in made.rule_sets],
    }


def _plan_form(made: Round, form: PlanForm) -> PlanForm:
    titles = {
        name: (each.category_title or each.title).say(language())
        for name, each in rule_sets_of(made).items()
    }
    form.categories.choices = list(titles.items())
    return form


def _plan(form: PlanForm) -> Plan:
    return Plan(
        title=form.title.data or "",
        introduction=form.introduction.data or "",
        office=form.office.data or "",
        working_days=form.working_days.data or 0,
        categories=tuple(form.categories.data or ()),
    )


def _changes(form: CorrectionForm) -> Changes:
    return Changes(
        text=form.text.data or "",
        entry=_number(form.entry.data),
        name=form.name.data or "",
        committee=form.committee.data or "",
        more_days=form.more_days.data or 0,
    )


def _number(text: Any) -> int:
    return int(text) if str(text or "").isdecimal() else 0


def _back(notice: Notice) -> ResponseReturnValue:
    flash(gettext("Kept."))
    return redirect(url_for("notices.page", notice_id=notice.id))
