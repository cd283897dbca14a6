"""Ordering the list that a committee recommends, within its places and with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.reviews.boards import Board, Places
from evaluator.reviews.models import Recommendation, RecommendationList
from evaluator.reviews.operations import Overtaken
from evaluator.reviews.policy import why_not_recommend
from evaluator.web.errors import Refusal
from evaluator.web.languages import language
from evaluator.web.wording import gettext


@dataclass(frozen=True)
class Entry:
    """A place of the list as it is wanted."""

    participant_id: int
    level: str
    note: str = ""


class ListProblems(Exception):
    """What is wrong with a list that is wanted: as a whole, and of single entries."""

    def __init__(self, whole: Sequence[str], entries: Mapping[int, str]):
        super().__init__("the list cannot be kept")
        self.whole = whole
        self.entries = entries


def order_list(
    session: Session, actor: Actor, *, board: Board, version: int, entries: Sequence[Entry]
) -> RecommendationList:
    """Keep the list of a committee in a new order; raises ListProblems, Overtaken."""
    actor.require(Permission.RECOMMEND, board.place)
    words = why_not_recommend(actor, board.place, board.round, board.participants)
    if words:
        raise Refusal(words)
    _known(board, entries)
    if version != board.version:
        raise Overtaken(_by_whom(board))
    _check(board, entries)
    stored = board.stored or RecommendationList(
        round_id=board.round.id,
        committee_id=board.choice.committee_id,
        category=board.choice.category,
    )
    before = _plain(stored.entries)
    stored.changed_at, stored.account_id = now(), actor.account_id
    _rewrite(session, stored, entries)
    write_line(
        session,
        actor,
        action="recommendation.order",
        subject="recommendation_list",
        subject_id=stored.id,
        organisation_path=board.place,
        before={"entries": before},
        after={"entries": _plain(stored.entries)},
        reason="；".join(each.note for each in stored.entries if each.note),
    )
    return stored


def _rewrite(session: Session, stored: RecommendationList, entries: Sequence[Entry]) -> None:
    """Put entries in the place of those before, whose places must be free first."""
    stored.entries = []
    session.add(stored)
    session.flush()
    stored.entries = [
        Recommendation(
            position=position,
            participant_id=each.participant_id,
            level=each.level,
            note=each.note.strip(),
        )
        for position, each in enumerate(entries, 1)
    ]
    session.flush()


def departures(board: Board, entries: Sequence[Entry]) -> dict[int, str]:
    """Return, by participant, where a list departs from the reviewed points; each wants a note."""
    found = {}
    for place, entry in enumerate(entries):
        own = board.candidates[entry.participant_id].marks
        below = [board.candidates[each.participant_id] for each in entries[place + 1 :]]
        passed = [each.participant.name for each in below if each.marks.total > own.total]
        if own.so_far.complete and board.rank(entry.level) > own.level:
            found[entry.participant_id] = gettext("Recommended above the level of its points.")
        elif passed:
            names = ("、" if language() == "zh" else ", ").join(passed)
            found[entry.participant_id] = gettext(
                "Stands before %(names)s with more points.", names=names
            )
    return found


def taken(board: Board, places: Places, entries: Sequence[Entry]) -> int:
    """Return how many places of a quota a list takes; direct awards may come beside them."""
    quota = places.quota
    lowest = board.rank(quota.level)
    count = 0
    for each in entries:
        level = board.rank(each.level)
        counted = level >= lowest if quota.counts == "and_above" else level == lowest
        awarded = board.candidates[each.participant_id].marks.so_far.decision.awarded
        count += counted and not (quota.direct_awards == "beside" and level in awarded)
    return count


def _known(board: Board, entries: Sequence[Entry]) -> None:
    """Raise NotAllowed for who is no candidate here, and for levels that there are not."""
    numbers = [each.participant_id for each in entries]
    known = {each.id for each in board.levels}
    if len(set(numbers)) < len(numbers) or any(each.level not in known for each in entries):
        raise NotAllowed("no such entry")
    if set(numbers) - set(board.candidates):
        raise NotAllowed("no candidate of this list")


def _check(board: Board, entries: Sequence[Entry]) -> None:
    """Raise ListProblems for more than there are places, and for departures without a note."""
    notes = {each.participant_id: each.note.strip() for each in entries}
    missing = {
        number: gettext("%(departure)s Write why.", departure=words)
        for number, words in departures(board, entries).items()
        if not notes[number]
    }
    whole = [words for places in board.places() if (words := _too_many(board, places, entries))]
    if missing or whole:
        raise ListProblems(whole, missing)


def _too_many(board: Board, places: Places, entries: Sequence[Entry]) -> str:
    count = taken(board, places, entries)
    if count <= places.limit:
        return ""
    level = board.levels[board.rank(places.quota.level)].title.say(language())
    return gettext(
        "%(level)s: %(count)s recommended, but there are %(limit)s places. Take somebody off the "
        "list, or recommend a lower level.",
        level=level,
        count=count,
        limit=places.limit,
    )


def _by_whom(board: Board) -> str:
    account = board.stored.account if board.stored else None
    return gettext(
        "%(who)s has changed this list in the meantime. Your order is kept below, whoever was "
        "added stands at its end; compare it with the list as it stands, then save.",
        who=account.name if account else gettext("Somebody else"),
    )


def _plain(entries: Sequence[Recommendation]) -> list[dict[str, str]]:
    """Return a list as the log says it: by names, since a number says nothing to a reader."""
    return [
        {"name": each.participant.name, "level": each.level, **_noted(each.note)}
        for each in entries
    ]


def _noted(note: str) -> dict[str, str]:
    return {"note": note} if note else {}
