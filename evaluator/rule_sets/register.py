"""What the published rule sets say of the register: its categories, attributes and levels."""

from __future__ import annotations

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


@blueprint.record_once
def _describe_register(state: BlueprintSetupState) -> None:
    describe_register_by(cast(Flask, state.app), described_register)


def described_register(session: Session) -> Catalogue:
    """Return the catalogue by the newest published rule set of each category."""
    found = {each.category: rule_set_of(each) for each in newest_published(session)}
    titles = {name: each.category_title for name, each in found.items() if each.category_title}
    return Catalogue(
        {**CATEGORIES, **titles},
        {name: _attributes(each) for name, each in found.items()},
        {
            name: {level.id: level.title for level in each.levels.from_low_to_high}
            for name, each in found.items()
        },
    )


def newest_published(session: Session) -> list[StoredRuleSet]:
    """Return the newest published rule set of each category with its texts; two queries."""
    newest: dict[str, int] = {}
    for each in published_rule_sets(session):
        newest.setdefault(each.category, each.id)
    query = (
        select(StoredRuleSet)
        .where(StoredRuleSet.id.in_(newest.values()))
        .order_by(StoredRuleSet.category)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(query))


def _attributes(rule_set: RuleSet) -> dict[str, Fact]:
    return {
        fact.source.detail: fact
        for fact in rule_set.facts.values()
        if fact.source.kind == "organisation" and fact.source.detail
    }
