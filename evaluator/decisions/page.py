"""The page of the board: one category, its places, and the rows that are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor, NotAllowed
from evaluator.decisions.board import Board
from evaluator.decisions.cuts import Cut, Place
from evaluator.decisions.lacking import Unscored, more_than_shown, unscored_on
from evaluator.decisions.models import Decision
from evaluator.decisions.policy import decides_now, may_decide
from evaluator.decisions.proposing import given_levels
from evaluator.decisions.queries import (
    decisions_in,
    find_opened,
    rounds_to_decide,
    visible_codes,
)
from evaluator.decisions.ready import Ready, ready_in
from evaluator.decisions.resting import Row, rows_of
from evaluator.decisions.scored import board_for
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.reading import rule_set_of
from evaluator.scoring.quotas import QuotaReport
from evaluator.web.languages import language
from evaluator.web.pages import Page, page_among
from rules.describe.words import say_formula


@dataclass(frozen=True)
class Asked:
    """Which round and category are looked at, of which there are."""

    rounds: Sequence[Round]
    made: Round
    category: str
    titles: Mapping[str, str]


@dataclass(frozen=True)
class CutLine:
    """A quota in one group with what it comes to by the rules, and with what people gave."""

    cut: Cut
    after: QuotaReport
    title: str
    breakers: Sequence[str]

    @property
    def is_broken(self) -> bool:
        """Return whether what was decided or proposed breaks it."""
        changed = self.after.held != self.cut.report.held
        return not self.after.met and (changed or self.cut.report.met)


@dataclass(frozen=True)
class BoardPage:
    """Everything that the page of the board shows."""

    asked: Asked
    board: Board
    ready: Ready
    decisions: Mapping[str, Decision]
    lines: Sequence[CutLine]
    line: CutLine | None
    page: Page[Row]
    places: Mapping[str, Place]
    unscored: Sequence[Unscored]
    more_unscored: str
    may_decide: bool
    decides_now: bool


def asked_of(session: Session, round_id: int | None, category: str | None) -> Asked | None:
    """Return what is looked at, the newest round and its first category where nothing is asked."""
    rounds = rounds_to_decide(session)
    if round_id is not None:
        made = find_opened(session, round_id)
    elif rounds:
        made = rounds[0]
    else:
        return None
    titles = titles_of(made)
    chosen = category or next(iter(titles), "")
    if chosen not in titles:
        raise NotAllowed("no such category")
    return Asked(rounds, made, chosen, titles)


def titles_of(made: Round) -> dict[str, str]:
    """Return what the categories of a round are called, by their rule sets."""
    found = {}
    for each in made.rule_sets:
        title = rule_set_of(each.stored).category_title
        found[each.category] = title.say(language()) if title else each.category
    return found


def board_page(session: Session, actor: Actor, asked: Asked) -> BoardPage:
    """Return the page of a category for what an actor may see of it."""
    board = board_for(session, asked.made, asked.category)
    visible = visible_codes(session, actor, asked.made, asked.category)
    decisions = decisions_in(session, asked.made, asked.category)
    lines = _lines(board, decisions, visible)
    key = request.args.get("cut")
    line = next((each for each in lines if each.cut.key == key), None)
    if key and line is None:
        raise NotAllowed("no such cut")
    codes = [code for code in _codes(board, line) if code in visible]
    part = page_among(codes)
    rows = _rows(session, asked, board, part.rows, decisions)
    return BoardPage(
        asked,
        board,
        ready_in(session, asked.made, asked.category, board),
        decisions,
        lines,
        line,
        Page(rows, part.number, part.total, part.size),
        {each.code: each for each in line.cut.places} if line else {},
        unscored_on(session, actor, asked.made, board, visible),
        more_than_shown(board, visible),
        may_decide(session, actor),
        decides_now(asked.made),
    )


def _codes(board: Board, line: CutLine | None) -> list[str]:
    """Return whom the page lists: in the order of a quota, or by levels and points."""
    if line:
        return [each.code for each in line.cut.places]
    refused = [each.organisation.id for each in board.refused]
    return [*(each.code for each in board.candidates), *refused]


def _lines(
    board: Board, decisions: Mapping[str, Decision], visible: frozenset[str]
) -> list[CutLine]:
    """Return the cut lines that an actor may see; those of other committees are not there."""
    after = board.held_with(given_levels(decisions)) if decisions else board.reports
    return [
        CutLine(cut, report, board.title(cut.report.quota.level).say(language()), _keys(board, cut))
        for cut, report in zip(board.cuts, after, strict=True)
        if not cut.report.group or any(place.code in visible for place in cut.places)
    ]


def _keys(board: Board, cut: Cut) -> list[str]:
    """Return the tie breakers of a quota in words."""
    labels = board.category.labels
    return [say_formula(each, labels, language()) for each in cut.report.quota.tie_break]


def _rows(
    session: Session,
    asked: Asked,
    board: Board,
    codes: Sequence[str],
    decisions: Mapping[str, Decision],
) -> list[Row]:
    query = select(Participant).where(
        Participant.round_id == asked.made.id, Participant.code.in_(codes)
    )
    found = {each.code: each for each in session.scalars(query)}
    return rows_of(session, board, [found[code] for code in codes], decisions, language())
