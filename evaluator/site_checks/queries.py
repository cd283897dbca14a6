"""Reading site checks, always within what the caller may see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from evaluator.access import Actor, NotAllowed, Permission, within
from evaluator.organisations.queries import names_match
from evaluator.rounds.models import Participant, Round
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.site_checks.models import Draw, SiteCheck, SiteCheckState
from rules.syntax import Fact, RuleSet


@dataclass(frozen=True)
class Wanted:
    """What a list of checks is narrowed to; what is empty narrows nothing."""

    words: str = ""
    state: SiteCheckState | None = None


EVERYTHING = Wanted()


def visible_checks(actor: Actor, round_id: int, wanted: Wanted = EVERYTHING) -> Select[SiteCheck]:
    """Return the query of the checks of a round that an actor may see, by committee and name."""
    query = (
        select(SiteCheck)
        .join(Participant)
        .where(
            Participant.round_id == round_id,
            within(Participant.path, actor, Permission.SEE_SITE_CHECKS),
        )
        .order_by(Participant.committee, Participant.sort_key, SiteCheck.id)
    )
    if wanted.words:
        query = query.where(names_match(wanted.words, Participant))
    return query if wanted.state is None else query.where(SiteCheck.state == wanted.state)


def find_check(
    session: Session, actor: Actor, permission: Permission, participant_id: int
) -> SiteCheck:
    """Return the check of a participant; raises NotAllowed where it is not there for this actor."""
    query = (
        select(SiteCheck)
        .where(SiteCheck.participant_id == participant_id)
        .options(selectinload(SiteCheck.photos))
    )
    found = session.scalars(query).one_or_none()
    if found is None or not actor.may(permission, found.participant.path):
        raise NotAllowed(permission)
    return found


def participant_by_code(
    session: Session, actor: Actor, made: Round, code: str
) -> Participant | None:
    """Return the participant of a round with a code, None where this actor may not check it."""
    query = select(Participant).where(
        Participant.round_id == made.id,
        Participant.code == code,
        within(Participant.path, actor, Permission.CHECK_SITES),
    )
    return session.scalars(query).one_or_none()


def draw_of(session: Session, made: Round) -> Draw | None:
    """Return the drawing of lots of a round, None where there was none yet."""
    return session.scalars(select(Draw).where(Draw.round_id == made.id)).one_or_none()


def rules_for(session: Session, check: SiteCheck) -> RuleSet:
    """Return the rule set by which the checked participant is rated."""
    return rule_set_of(rule_set_for(session, check.participant))


def sampled_facts(rule_set: RuleSet) -> dict[str, Fact]:
    """Return the facts that a rule set takes from samples: those that a check brings."""
    return {name: fact for name, fact in rule_set.facts.items() if fact.source.kind == "sample"}
