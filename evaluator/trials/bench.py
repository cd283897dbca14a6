"""Rounds in memory between requests: to move a threshold and look again takes no reading.

What is kept of a round is as it was when the audit log ended at some line: every change of its
data writes one, in the same transaction. Who may see other parts of the tree has another round.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.audit.models import AuditHead
from evaluator.rounds.models import Round
from evaluator.trials.data import TRY, RoundData, load, without_collecting
from evaluator.trials.scored import Read, Scored
from rules.syntax import RuleSet

_MOST_KEPT = 2


class Bench:
    """The data of a round with its categories, each scored where it is asked for.

    Its lock is held by whoever works with it: one trial goes on where another ended. What a
    `former` bench of the same round has read is not read again where it is the same.
    """

    def __init__(self, data: RoundData, former: Bench | None = None):
        self.data = data
        self.lock = Lock()
        self._scored: dict[str, Scored] = {}
        self._former = dict(former.read) if former else {}

    @property
    def read(self) -> dict[str, Read]:
        """Return what has been read of each category."""
        return {**self._former, **{name: each.read for name, each in self._scored.items()}}

    def scored(self, category: str, rule_set: RuleSet) -> Scored:
        """Return a category under its own rules."""
        found = self._scored.get(category)
        if found is None or found.rule_set is not rule_set:
            with without_collecting():
                members = self.data.entries(category, rule_set)
                found = Scored(rule_set, members, self._former.pop(category, None))
            self._scored[category] = found
        return found


class Benches:
    """The benches used last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Bench]] = OrderedDict()

    def bench(self, session: Session, actor: Actor, made: Round) -> Bench:
        """Return the bench of a round, its data read anew where anything has changed since."""
        which: Hashable = (made.id, actor.places(TRY))
        with self._lock:
            state = _state(session, made)
            before, bench = self._kept.pop(which, (None, None))
            if bench is None or before != state:
                bench = Bench(load(session, actor, made), bench)
            self._kept[which] = state, bench
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return bench


def bench_of(session: Session, actor: Actor, made: Round) -> Bench:
    """Return the bench of a round for what an actor may see of it."""
    benches: Benches = current_app.extensions.setdefault("trials", Benches())
    return benches.bench(session, actor, made)


def _state(session: Session, made: Round) -> Hashable:
    """Return what changes whenever the data do; asked before they are read, never after."""
    head = session.execute(select(AuditHead.number, AuditHead.digest)).one_or_none()
    return made.opened_at, made.version, tuple(head or ())
