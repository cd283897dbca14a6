"""What the published rule sets say of the register: its categories, attributes and levels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import Flask
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.organisations.catalogue import Catalogue, describe_register_by
from evaluator.organisations.words import CATEGORIES
from evaluator.rule_sets.blueprint import blueprint
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.queries import published_rule_sets
from evaluator.rule_sets.reading import rule_set_of
from rules.syntax import Fact, RuleSet

_READ: dict[str, RuleSet] = {}
"""Published rule sets by their digests; they never change, and there are few of them."""


@blueprint.record_once
def _describe_register(state: BlueprintSetupState) -> None:
    describe_register_by(cast(Flask, state.app), described_register)


def described_register(session: Session) -> Catalogue:
    """Return the catalogue by the newest published rule set of each category."""
    newest: dict[str, StoredRuleSet] = {}
    for each in published_rule_sets(session):
        newest.setdefault(each.category, each)
    _read_unknown(session, newest.values())
    found = {name: _READ[each.digest or ""] for name, each in newest.items()}
    titles = {name: each.category_title for name, each in found.items() if each.category_title}
    return Catalogue(
        {**CATEGORIES, **titles},
        {name: _attributes(each) for name, each in found.items()},
        {
            name: {level.id: level.title for level in each.levels.from_low_to_high}
            for name, each in found.items()
        },
    )


def _read_unknown(session: Session, published: Iterable[StoredRuleSet]) -> None:
    """Read those that were not read before, all in one query."""
    unknown = [each.id for each in published if each.digest not in _READ]
    if unknown:
        query = select(StoredRuleSet).where(StoredRuleSet.id.in_(unknown))
        for each in session.scalars(query.execution_options(populate_existing=True)):
            _READ[each.digest or ""] = rule_set_of(each)


def _attributes(rule_set: RuleSet) -> dict[str, Fact]:
    return {
        fact.source.detail: fact
        for fact in rule_set.facts.values()
        if fact.source.kind == "organisation" and fact.source.detail
    }
