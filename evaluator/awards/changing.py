"""Demotion and revocation: proposed by one organiser with a reason, confirmed by another one."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from evaluator.access import Actor, NotAllowed, Permission
from evaluator.awards.follow_ups import make_for_change, require_version
from evaluator.awards.letters import level_words, tell_changed, tell_proposed
from evaluator.awards.log_lines import log
from evaluator.awards.models import Award, AwardChange, ChangeKind
from evaluator.awards.policy import is_pending, may_confirm, require_pending
from evaluator.awards.standing import enter_change, is_superseded
from evaluator.awards.validity import lower_levels
from evaluator.database import now
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from rules.syntax import RuleSet

P = Permission
K = ChangeKind


def propose(
    session: Session, actor: Actor, *, award: Award, to_level: str, reason: str, version: int
) -> AwardChange:
    """Propose that an organisation goes down to a level, or to none; changes nothing yet."""
    actor.require(P.AWARD, award.participant.path)
    require_version(award, version)
    require_current(session, award)
    if any(is_pending(each) for each in award.changes):
        raise Refusal(gettext("A change is proposed already. Confirm or withdraw that first."))
    lower = {each.id for each in lower_levels(rules_for(session, award), award.level)}
    if to_level and to_level not in lower:
        raise NotAllowed("no lower level")
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    change = AwardChange(
        kind=K.DEMOTION if to_level else K.REVOCATION,
        from_level=award.level,
        to_level=to_level,
        reason=reason,
        proposed_by=actor.account_id,
        proposed_at=now(),
    )
    award.changes.append(change)
    touch(award)
    session.flush()
    log(session, actor, "award.propose_change", award, after=_told(change), reason=reason)
    tell_proposed(session, actor, award)
    return change


def confirm(
    session: Session, actor: Actor, *, award: Award, change: AwardChange, version: int
) -> None:
    """Let a proposal hold, as its second person; the register and the branch hear of it."""
    actor.require(P.AWARD, award.participant.path)
    require_version(award, version)
    require_pending(change)
    require_current(session, award)
    if not may_confirm(actor, change):
        raise Refusal(gettext("You proposed this yourself. Another organiser has to confirm it."))
    change.confirmed_by, change.confirmed_at = actor.account_id, now()
    award.level = change.to_level
    session.flush()
    log(
        session,
        actor,
        "award.confirm_change",
        award,
        before={"level": change.from_level},
        after=_told(change),
        reason=change.reason,
    )
    enter_change(session, actor, award=award, reason=change.reason)
    rule_set = rules_for(session, award)
    make_for_change(session, actor, award, rule_set)
    tell_changed(session, actor, award, title=_title(award, rule_set), reason=change.reason)


def withdraw(
    session: Session, actor: Actor, *, award: Award, change: AwardChange, reason: str, version: int
) -> None:
    """Take a proposal back, or refuse it as the second person; it stays with its reason."""
    actor.require(P.AWARD, award.participant.path)
    require_version(award, version)
    require_pending(change)
    if not reason.strip():
        raise Refusal(gettext("Say why: those concerned will read it."))
    change.withdrawn_at = now()
    touch(award)
    session.flush()
    log(session, actor, "award.withdraw_change", award, after=_told(change), reason=reason)


def require_current(session: Session, award: Award) -> None:
    """Raise Refusal where an award has ended, or a later one stands in its place."""
    if not award.level:
        raise Refusal(gettext("No level is held by this award any more."))
    if is_superseded(session, award):
        raise Refusal(
            gettext("The organisation has been awarded in a later round; that award counts now.")
        )


def rules_for(session: Session, award: Award) -> RuleSet:
    """Return the rule set by which an award was made."""
    return rule_set_of(rule_set_for(session, award.participant))


def touch(award: Award) -> None:
    """Let whoever read the award before this be refused, also where only its changes changed."""
    flag_modified(award, "level")


def find_change(session: Session, award: Award, change_id: int) -> AwardChange:
    """Return a change of an award; raises NotAllowed where it has none such."""
    query = select(AwardChange).where(AwardChange.id == change_id, AwardChange.award_id == award.id)
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotAllowed("no such change")
    return found


def _told(change: AwardChange) -> dict[str, Any]:
    return {"change": change.kind, "level": change.to_level, "proposed_by": change.proposed_by}


def _title(award: Award, rule_set: RuleSet) -> LazyString:
    name = award.participant.name
    if not award.level:
        return lazy_gettext("The level of %(name)s is revoked", name=name)
    level = level_words(rule_set, award.level)
    return lazy_gettext("%(name)s is put down to: %(level)s", name=name, level=level)
