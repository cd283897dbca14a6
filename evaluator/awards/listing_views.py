"""The list of awards within one's place, on a page and as a workbook; levels that have expired."""

from __future__ import annotations

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import func, select

from evaluator.access import Actor, Permission, current_actor, needs
from evaluator.awards.blueprint import blueprint
from evaluator.awards.expiring import expire, expired
from evaluator.awards.queries import Standing, Wanted, superseded_among, wanted_awards, years
from evaluator.awards.ready import notices_to_award
from evaluator.awards.words import STANDINGS, Titles, standing_words
from evaluator.awards.workbook import as_workbook
from evaluator.database import db
from evaluator.organisations.catalogue import catalogue
from evaluator.rule_sets.policy import may_everywhere
from evaluator.web.languages import language
from evaluator.web.pages import page_of
from evaluator.web.wording import gettext

P = Permission
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def titles() -> Titles:
    """Return what levels and categories are called for this reader."""
    return Titles(catalogue(db.session), language())


@blueprint.get("/awards")
@needs(P.SEE_AWARDS)
def listing() -> str:
    """List the awards of the reader's place that are asked for."""
    actor, wanted = current_actor(), _wanted()
    page = page_of(db.session, wanted_awards(actor, wanted))
    awards_all = may_everywhere(db.session, actor, P.AWARD)
    return render_template(
        "awards/listing.html",
        page=page,
        wanted=wanted,
        superseded=superseded_among(db.session, page.rows),
        standing_words=standing_words,
        titles=titles(),
        years=[(each, each) for each in years(db.session, actor)],
        standings=_standings(actor),
        notices=notices_to_award(db.session) if awards_all else (),
        expired=_expired() if awards_all else 0,
        act=FlaskForm(),
    )


@blueprint.get("/awards/export")
@needs(P.SEE_AWARDS)
def workbook() -> Response:
    """Send the list that is asked for as a workbook."""
    found = db.session.scalars(wanted_awards(current_actor(), _wanted())).unique().all()
    data = as_workbook(found, superseded_among(db.session, found), titles())
    name = gettext("Awards") + ".xlsx"
    return send_file(BytesIO(data), EXCEL, as_attachment=True, download_name=name)


@blueprint.post("/awards/expire")
@needs(P.AWARD)
def end_expired() -> ResponseReturnValue:
    """End the levels whose last day is over, as the service does every hour."""
    count = expire(db.session, current_actor())
    flash(gettext("Levels ended: %(count)d", count=count))
    return redirect(url_for("awards.listing", standing=Standing.ENDED.value))


def _wanted() -> Wanted:
    given = request.args
    standing = given.get("standing", "")
    return Wanted(
        words=given.get("words", "").strip()[:100],
        category=given.get("category", ""),
        year=given.get("year", type=int),
        level=given.get("level", ""),
        standing=Standing(standing) if standing in set(Standing) else None,
    )


def _standings(actor: Actor) -> dict[Standing, str]:
    """Return the standings to be filtered by; what is proposed is for those who are told."""
    told = actor.may(P.SEE_DECISIONS)
    return {
        each: str(words)
        for each, words in STANDINGS.items()
        if told or each is not Standing.PROPOSED
    }


def _expired() -> int:
    return db.session.scalar(select(func.count()).select_from(expired().subquery())) or 0
