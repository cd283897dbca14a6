"""Rounds as they are scored for the decision: whole, whoever looks, and kept until data change.

What one may see of a board is chosen afterwards: a quota counts everybody. What is kept of a
category is as it was when the audit log ended at some line; every change of its data writes one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, KeysView, Mapping
from copy import copy
from dataclasses import replace
from functools import lru_cache
from threading import Lock

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import NotAllowed
from evaluator.applications.models import Application, ApplicationState
from evaluator.audit.models import AuditHead
from evaluator.decisions.board import Board, board_of
from evaluator.reviews.facts import statements
from evaluator.rounds.models import Participant, Round
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import Files, in_order, read_files
from evaluator.scoring.explain import Scorer
from evaluator.scoring.first_pass import FirstPass
from evaluator.scoring.inputs import Inputs, Organisation
from evaluator.scoring.reading import Raw
from evaluator.scoring.round import Category, Entry
from evaluator.trials.data import without_collecting
from rules.syntax import RuleSet

_MOST_KEPT = 4
"""The categories of one round."""


class Boards:
    """The boards used last, each with the state of the data that it rests on."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Board]] = OrderedDict()

    def board(self, session: Session, made: Round, category: str) -> Board:
        """Return the board of a category, worked out anew where anything has changed since."""
        which: Hashable = (made.id, category)
        with self._lock:
            state = state_of(session, made)
            before, board = self._kept.pop(which, (None, None))
            if board is None or before != state:
                board = _worked_out(session, made, category)
            self._kept[which] = state, board
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return board


def board_for(session: Session, made: Round, category: str) -> Board:
    """Return the board of a category of a round; the caller has checked who sees which rows."""
    boards: Boards = current_app.extensions.setdefault("decisions", Boards())
    return boards.board(session, made, category)


def entries_of(session: Session, made: Round, category: str) -> list[Entry]:
    """Return the organisations of a category with their facts as reviewed, in few queries.

    Whoever never submitted did not apply; it counts only where a quota is a share of all.
    """
    query = (
        select(Participant)
        .where(Participant.round_id == made.id, Participant.category == category)
        # Those who tie stand in the same order each time.
        .order_by(Participant.code)
    )
    participants = session.scalars(query).all()
    applied = _applied(session, made, category)
    stated = statements(session, participants)
    return [
        (
            replace(stated[each.id].organisation, applied=each.id in applied),
            stated[each.id].reviewed,
        )
        for each in participants
    ]


def _applied(session: Session, made: Round, category: str) -> frozenset[int]:
    query = (
        select(Application.participant_id)
        .join(Participant, Participant.id == Application.participant_id)
        .where(
            Participant.round_id == made.id,
            Participant.category == category,
            Application.state != ApplicationState.DRAFT,
        )
    )
    return frozenset(session.scalars(query))


def _worked_out(session: Session, made: Round, name: str) -> Board:
    stored = next((each.stored for each in made.rule_sets if each.category == name), None)
    if stored is None:
        raise NotAllowed("no such category")
    category = category_of(stored)
    declared = category.rule_set.facts.keys()
    with without_collecting():
        entries = [
            (who, declared_facts(facts, declared)) for who, facts in entries_of(session, made, name)
        ]
        return board_of(category, name, entries)


def declared_facts(facts: Mapping[str, Raw], declared: KeysView[str]) -> Mapping[str, Raw]:
    """Return the facts that a rule set declares; most often those are all of them."""
    if facts.keys() <= declared:
        return facts
    return {fact: raw for fact, raw in facts.items() if fact in declared}


def category_of(stored: StoredRuleSet) -> Category:
    """Return a stored rule set made ready to score; made once."""
    return _category(stored.main, in_order(stored.files))


@lru_cache(16)
def _category(main: str, files: Files) -> Category:
    category = Category(read_files(main, dict(files)))
    category.scorer = RememberingScorer(category.rule_set)
    category.first_pass = FirstPass(category.scorer, category.levels)
    return category


class RememberingScorer(Scorer):
    """A scorer that does not read an organisation again whose facts are the same as before.

    Reading the facts of a district takes longer than asking for them and scoring them together;
    between two decisions hardly any of them changes.
    """

    def __init__(self, rule_set: RuleSet):
        super().__init__(rule_set)
        self._known: dict[str, tuple[Organisation, Mapping[str, Raw], Inputs]] = {}

    def read(self, organisation: Organisation, raw: Mapping[str, Raw]) -> Inputs:
        """Return the facts of an organisation as slots of their own; raises FactErrors."""
        known = self._known.get(organisation.id)
        if known is None or known[0] != organisation or known[1] != raw:
            known = organisation, raw, super().read(organisation, raw)
            self._known[organisation.id] = known
        inputs = copy(known[2])
        inputs.slots = list(inputs.slots)
        return inputs


def state_of(session: Session, made: Round) -> Hashable:
    """Return what changes whenever the data do; asked before they are read, never after."""
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
    return made.opened_at, made.version, tuple(head or ())
