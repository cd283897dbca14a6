"""What the published rule sets say of the register: its categories, attributes and levels."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import cast

from flask import Flask, g
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.audit.words import name_facts_by
from evaluator.database import db
from evaluator.organisations.catalogue import Catalogue, describe_register_by
from evaluator.organisations.words import CATEGORIES
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import Fact, RuleSet, Words

KEPT = 8
Newest = tuple[str, ...]
"""The digests of the newest published rule set of each category, in the order of the categories."""


class _Described:
    """Catalogues by the rule sets that they come from, the newest few of them.

    What a published rule set says never changes, so a catalogue holds as long as no other rule
    set is published: no page that shows organisations reads a text of rules again.
    """

    def __init__(self) -> None:
        self._kept: dict[Newest, Catalogue] = {}
        self._turn = Lock()

    def of(self, session: Session, newest: Newest) -> Catalogue:
        """Return the catalogue of rule sets, read where it is not kept."""
        found = self._kept.get(newest)
        if found is None:
            found = _read(session, newest)
            with self._turn:
                self._kept[newest] = found
                while len(self._kept) > KEPT:
                    del self._kept[next(iter(self._kept))]
        return found


_DESCRIBED = _Described()


@blueprint.record_once
def _describe_register(state: BlueprintSetupState) -> None:
    describe_register_by(cast(Flask, state.app), described_register)
    name_facts_by(cast(Flask, state.app), _words_for_log)


def described_register(session: Session) -> Catalogue:
    """Return the catalogue by the newest published rule set of each category."""
    return _DESCRIBED.of(session, _newest(session))


def _words_for_log(name: str, indicator: bool) -> Words | None:
    """Return what a fact or an indicator is called; a request asks once which rule sets tell."""
    if "words_for_log" not in g:
        g.words_for_log = described_register(db.session)
    known: Catalogue = g.words_for_log
    return (known.indicators if indicator else known.facts).get(name)


_PUBLISHED = (
    select(StoredRuleSet.category, StoredRuleSet.digest)
    .where(StoredRuleSet.state == RuleSetState.PUBLISHED)
    .order_by(StoredRuleSet.category, StoredRuleSet.published_at.desc(), StoredRuleSet.id.desc())
)


def _newest(session: Session) -> Newest:
    """Return which rule sets tell now, by a query that reads no text of rules."""
    found: dict[str, str] = {}
    for category, digest in session.execute(_PUBLISHED):
        found.setdefault(category, digest or "")
    return tuple(found.values())


def _read(session: Session, newest: Newest) -> Catalogue:
    query = select(StoredRuleSet).where(StoredRuleSet.digest.in_(newest))
    stored = session.scalars(query.order_by(StoredRuleSet.category)).all()
    found = {each.category: rule_set_of(each) for each in stored}
    titles = {name: each.category_title for name, each in found.items() if each.category_title}
    return Catalogue(
        {**CATEGORIES, **titles},
        {name: _attributes(each.facts) for name, each in found.items()},
        {
            name: {level.id: level.title for level in each.levels.from_low_to_high}
            for name, each in found.items()
        },
        {name: label for each in found.values() for name, label in _labels(each).items()},
        {name: title for each in found.values() for name, title in _titles(each).items()},
    )


def _labels(rule_set: RuleSet) -> dict[str, Words]:
    attributes = {name: each.label for name, each in _attributes(rule_set.facts).items()}
    return attributes | {name: each.label for name, each in rule_set.facts.items()}


def _titles(rule_set: RuleSet) -> dict[str, Words]:
    indicators = (each for part in rule_set.dimensions for each in part.indicators)
    return {each.id: each.title for each in indicators}


def _attributes(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    return {
        fact.source.detail: fact
        for fact in facts.values()
        if fact.source.kind == "organisation" and fact.source.detail
    }
