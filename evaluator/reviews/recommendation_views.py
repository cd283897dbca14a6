"""The list that a committee recommends, ordered with buttons or numbers."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from evaluator.access import NotAllowed, Permission, current_actor, needs
from evaluator.database import db
from evaluator.reviews.blueprint import blueprint
from evaluator.reviews.boards import Board, choices, find_board
from evaluator.reviews.operations import Overtaken
from evaluator.reviews.ordering import acted, placed, row_data
from evaluator.reviews.policy import why_not_recommend
from evaluator.reviews.recommending import (
    Entry,
    ListProblems,
    departures,
    order_list,
    taken,
)
from evaluator.reviews.words import category_titles
from evaluator.rounds.models import Round
from evaluator.rounds.queries import current_round
from evaluator.web.languages import language
from evaluator.web.wording import gettext
from forms.reviews import ListForm
from rules.numbers import decimal_text

P = Permission


@blueprint.get("/reviews/recommendations")
@needs(P.SEE_REVIEWS)
def recommend() -> ResponseReturnValue:
    """Show the list of a committee in a category."""
    made = current_round(db.session)
    found = choices(db.session, current_actor(), made) if made else []
    if made is None or not found:
        return render_template("reviews/no_round.html")
    asked = request.args.get("list", "") or found[0].key
    chosen = next((each for each in found if each.key == asked), None)
    if chosen is None:
        raise NotAllowed(P.SEE_REVIEWS)
    pair = (chosen.committee_id, chosen.category)
    return _shown(find_board(db.session, current_actor(), P.SEE_REVIEWS, made, pair))


@blueprint.post("/reviews/recommendations/<int:committee_id>/<category>")
@needs(P.RECOMMEND)
def order(committee_id: int, category: str) -> ResponseReturnValue:
    """Keep the list in the order that was typed, or move, add or remove one of it."""
    made = _round()
    board = find_board(
        db.session,
        current_actor(),
        P.RECOMMEND,
        made,
        (committee_id, category),
        for_change=True,
    )
    form = ListForm()
    entries = acted(board, placed(form), request.form.get("act", ""))
    try:
        version = form.version.data or 0
        order_list(db.session, current_actor(), board=board, version=version, entries=entries)
    except Overtaken as overtaken:
        return _shown(board, _with_added(board, entries), alert=overtaken.words), 409
    except ListProblems as problems:
        return _shown(board, entries, problems=problems), 422
    flash(gettext("The list is kept."))
    return redirect(url_for("reviews.recommend", list=board.choice.key))


def _round() -> Round:
    made = current_round(db.session)
    if made is None:
        raise NotAllowed(P.RECOMMEND)
    return made


def _with_added(board: Board, entries: Sequence[Entry]) -> list[Entry]:
    """Return what was typed with whoever was added meanwhile at its end, so that nobody is lost."""
    typed = {each.participant_id for each in entries}
    added = [
        Entry(each.participant_id, each.level, each.note)
        for each in board.entries
        if each.participant_id not in typed
    ]
    return [*entries, *added]


def _shown(
    board: Board,
    typed: Sequence[Entry] | None = None,
    *,
    alert: str = "",
    problems: ListProblems | None = None,
) -> str:
    stands = [Entry(each.participant_id, each.level, each.note) for each in board.entries]
    entries = stands if typed is None else typed
    form = ListForm(formdata=None, data={"version": board.version, "rows": row_data(entries)})
    for row in form.rows:
        row.form.level.choices = [(each.id, each.title.say(language())) for each in board.levels]
    listed = {each.participant_id for each in entries}
    made = board.round
    return render_template(
        "reviews/recommend.html",
        board=board,
        choices=choices(db.session, current_actor(), made),
        titles=category_titles(db.session, made, language()),
        why_not=why_not_recommend(current_actor(), board.place, made, board.participants),
        form=form,
        places_listed=entries,  # the layout has `entries` of its own
        unlisted=[each for number, each in board.candidates.items() if number not in listed],
        departures=departures(board, entries),
        places=[(each, taken(board, each, entries)) for each in board.places()],
        alert=alert,
        problems=problems,
        decimal_text=decimal_text,
    )
