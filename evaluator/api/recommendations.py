"""Lists of recommendation for programs: read, and put in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from flask_babel import gettext
from webargs.flaskparser import abort

from evaluator.access import Permission, current_actor, needs
from evaluator.api.matching import matched, require_match
from evaluator.api.operations import Operations, concerning, refuse_beyond
from evaluator.api.review_rows import list_shown
from evaluator.api.rounds import found_round
from evaluator.api.schemas import reviews as schemas
from evaluator.database import db
from evaluator.reviews.boards import Board, choices, find_board
from evaluator.reviews.recommending import Entry, ListProblems, order_list
from evaluator.rounds.models import Round
from evaluator.rounds.queries import find_round

P = Permission
View = TypeVar("View", bound=Callable[..., Any])
blueprint = Operations("recommendations", "Recommendations")
ALL = "/rounds/<int:round_id>/recommendations"
ONE = f"{ALL}/<int:committee_id>/<category>"


def _of_list(permission: Permission) -> Callable[[View], View]:
    """Let a view be about the list of a committee, where the caller has a permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(
            *args: Any, round_id: int, committee_id: int, category: str, **named: Any
        ) -> Any:
            refuse_beyond(round_id, committee_id)
            changes = permission is P.RECOMMEND
            board = _board(round_id, committee_id, category, permission, changes)
            return view(board, *args, **named)

        return needs(permission)(answer)  # type: ignore[return-value] # the same view

    return decorate


@blueprint.get(ALL)
@concerning(found_round, P.SEE_REVIEWS)
@blueprint.response(200, schemas.ListChoices)
def listing(made: Round) -> dict[str, Any]:
    """List which lists of recommendation there may be in a round."""
    return {"rows": choices(db.session, current_actor(), made)}


@blueprint.get(ONE)
@_of_list(P.SEE_REVIEWS)
@blueprint.response(200, schemas.RecommendationList)
def read(board: Board) -> dict[str, Any]:
    """Read whom a committee recommends in a category, and from whom it may choose."""
    return list_shown(board)


@blueprint.put(ONE)
@_of_list(P.RECOMMEND)
@matched
@blueprint.arguments(schemas.Order)
@blueprint.response(200, schemas.RecommendationList)
def order(board: Board, given: dict[str, Any]) -> dict[str, Any]:
    """Put the list of a committee in order; whoever is left out is not recommended."""
    require_match(schemas.RecommendationList, list_shown(board))
    entries = [Entry(**each) for each in given["entries"]]
    _refuse_strangers(board, entries)
    try:
        order_list(db.session, current_actor(), board=board, version=board.version, entries=entries)
    except ListProblems as problems:
        places = {each.participant_id: number for number, each in enumerate(entries)}
        wrong: dict[str, Any] = {
            str(places[number]): {"note": [words]} for number, words in problems.entries.items()
        }
        if problems.whole:
            wrong["_schema"] = list(problems.whole)
        abort(422, errors={"json": {"entries": wrong}})
    db.session.flush()
    choice = board.choice
    return list_shown(_board(board.round.id, choice.committee_id, choice.category, P.SEE_REVIEWS))


def _board(
    round_id: int, committee_id: int, category: str, permission: Permission, held: bool = False
) -> Board:
    session, actor = db.session, current_actor()
    made = find_round(session, actor, round_id)
    return find_board(session, actor, permission, made, (committee_id, category), for_change=held)


def _refuse_strangers(board: Board, entries: Sequence[Entry]) -> None:
    """Refuse whoever is no candidate of the list, stands on it twice, or is given no level."""
    levels, seen, wrong = {each.id for each in board.levels}, set[int](), {}
    for number, each in enumerate(entries):
        if each.participant_id not in board.candidates or each.participant_id in seen:
            words = gettext("Send each reviewed participant of the list once at most.")
            wrong[str(number)] = {"participant_id": [words]}
        elif each.level not in levels:
            words = gettext("The rule set has no such level: %(name)s.", name=each.level)
            wrong[str(number)] = {"level": [words]}
        seen.add(each.participant_id)
    if wrong:
        abort(422, errors={"json": {"entries": wrong}})
