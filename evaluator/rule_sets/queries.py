"""Reading rule sets, always within what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.policy import require_everywhere, sees_drafts


def visible_rule_sets(session: Session, actor: Actor) -> Select[StoredRuleSet]:
    """Return the query of the rule sets that an actor sees, drafts first, without their texts."""
    query = (
        select(StoredRuleSet)
        .options(defer(StoredRuleSet.files))
        .order_by(
            StoredRuleSet.state,
            StoredRuleSet.category,
            StoredRuleSet.changed_at.desc(),
            StoredRuleSet.id.desc(),
        )
    )
    if sees_drafts(session, actor):
        return query
    return query.where(StoredRuleSet.state == RuleSetState.PUBLISHED)


def find_rule_set(session: Session, actor: Actor, rule_set_id: int) -> StoredRuleSet:
    """Return a rule set; raises NotAllowed where it is not there for this actor."""
    actor.require(Permission.SEE_RULE_SETS)
    found = session.get(StoredRuleSet, rule_set_id)
    if found is None or (
        found.state is not RuleSetState.PUBLISHED and not sees_drafts(session, actor)
    ):
        raise NotAllowed(Permission.SEE_RULE_SETS)
    return found


def find_to_manage(session: Session, actor: Actor, rule_set_id: int) -> StoredRuleSet:
    """Return a rule set for who may write rule sets; raises NotAllowed for all others."""
    require_everywhere(session, actor, Permission.MANAGE_RULE_SETS)
    return find_rule_set(session, actor, rule_set_id)


def published_rule_sets(session: Session) -> Sequence[StoredRuleSet]:
    """Return the published rule sets, by category, the newest of each first."""
    query = (
        select(StoredRuleSet)
        .where(StoredRuleSet.state == RuleSetState.PUBLISHED)
        .options(defer(StoredRuleSet.files))
        .order_by(
            StoredRuleSet.category, StoredRuleSet.published_at.desc(), StoredRuleSet.id.desc()
        )
    )
    return session.scalars(query).all()


def others_of_category(
    session: Session, actor: Actor, stored: StoredRuleSet
) -> Sequence[StoredRuleSet]:
    """Return the other rule sets of a category that an actor sees, to compare with one."""
    query = visible_rule_sets(session, actor).where(
        StoredRuleSet.category == stored.category, StoredRuleSet.id != stored.id
    )
    return session.scalars(query.limit(100)).all()
