"""Planning a round, opening and closing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rounds.calendar import PlannedStep, in_order
from evaluator.rounds.freezing import Register, freeze, register_for
from evaluator.rounds.models import Round, RoundRuleSet, RoundState, RoundStep
from evaluator.rounds.policy import require_manager
from evaluator.rounds.transitions import CLOSING, OPENING, PLANNING, Transition
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.web.errors import Refusal


def create_round(session: Session, actor: Actor, *, year: int, title: str) -> Round:
    """Begin to plan a round."""
    require_manager(session, actor)
    made = Round(year=year, title=title.strip())
    session.add(made)
    session.flush()
    _write(session, actor, "create", made, after={"year": year, "title": made.title})
    return made


def rename_round(
    session: Session, actor: Actor, *, made: Round, version: int, year: int, title: str
) -> None:
    """Change the year or the title of a round that is being planned."""
    _begin(session, actor, made, version, PLANNING)
    before = {"year": made.year, "title": made.title}
    made.year, made.title = year, title.strip()
    _write(session, actor, "rename", made, before, {"year": year, "title": made.title})


def choose_rule_sets(
    session: Session, actor: Actor, *, made: Round, version: int, chosen: Mapping[str, int]
) -> None:
    """Choose by which published rule set each category is rated; others take no part."""
    _begin(session, actor, made, version, PLANNING)
    query = select(StoredRuleSet).where(
        StoredRuleSet.id.in_(chosen.values()), StoredRuleSet.state == RuleSetState.PUBLISHED
    )
    found = {each.category: each for each in session.scalars(query)}
    if any(category not in found or found[category].id != chosen[category] for category in chosen):
        raise Refusal(gettext("A rule set that was chosen is not published for its category."))
    before = _chosen(made)
    kept = {each.category: each for each in made.rule_sets if each.category in found}
    for category, stored in found.items():
        each = kept.setdefault(category, RoundRuleSet(category=category))
        each.stored = stored
    made.rule_sets = list(kept.values())
    _touch(made)
    _write(session, actor, "choose_rule_sets", made, before, _chosen(made))


def set_calendar(
    session: Session, actor: Actor, *, made: Round, version: int, steps: Iterable[PlannedStep]
) -> None:
    """Set the calendar of a round that is being planned; steps that are not given are dropped."""
    _begin(session, actor, made, version, PLANNING)
    before = _calendar(made)
    kept = {each.step: each for each in made.steps}
    made.steps = [
        _planned(kept.get(each.step), each, position)
        for position, each in enumerate(in_order(steps))
    ]
    _touch(made)
    _write(session, actor, "set_calendar", made, before, _calendar(made))


def delete_round(session: Session, actor: Actor, *, made: Round, version: int) -> None:
    """Give up a round that was never opened."""
    _begin(session, actor, made, version, PLANNING)
    _write(session, actor, "delete", made, {"year": made.year, "title": made.title})
    session.delete(made)


def open_round(session: Session, actor: Actor, *, made: Round, version: int) -> int:
    """Open a round: freeze its rule sets and the register; return how many take part."""
    _begin(session, actor, made, version, OPENING)
    # All rounds are locked, so that no two are opened at once.
    session.execute(select(Round.id).with_for_update())
    register = register_for(session, made)
    against = reasons_against_opening(session, made, register)
    if against:
        raise Refusal(" ".join(against))
    OPENING.take(made)
    made.opened_at = now()
    session.flush()
    freeze(session, made, register)
    _write(session, actor, "open", made, {"state": OPENING.status_from}, {
        "state": made.state,
        "participants": len(register.taking_part),
        "left_out": dict(Counter(each.why for each in register.left_out)),
        "rule_sets": {each.category: each.stored.digest for each in made.rule_sets},
        "calendar": _calendar(made),
    })  # fmt: skip
    return len(register.taking_part)


def reasons_against_opening(session: Session, made: Round, register: Register) -> list[str]:
    """Return in words what keeps a round from being opened; empty where nothing does."""
    found = []
    others = select(Round.id).where(Round.state == RoundState.OPEN, Round.id != made.id)
    if session.scalar(others.limit(1)) is not None:
        found.append(gettext("Another round is open. Close it before you open this one."))
    if not made.rule_sets:
        found.append(gettext("No rule set is chosen. Choose one for each category to be rated."))
    if made.step("self_assessment") is None:
        found.append(gettext("The calendar has no self-assessment. Set its first and last moment."))
    if made.rule_sets and not register.taking_part:
        found.append(gettext("No branch of the register would take part."))
    return found


def close_round(session: Session, actor: Actor, *, made: Round, version: int, reason: str) -> None:
    """Close a round for good; whatever step still runs is over with it."""
    _begin(session, actor, made, version, CLOSING)
    CLOSING.take(made)
    made.closed_at = now()
    _write(session, actor, "close", made, {"state": CLOSING.status_from}, {"state": made.state},
           reason)  # fmt: skip


def _begin(
    session: Session, actor: Actor, made: Round, version: int, transition: Transition
) -> None:
    require_manager(session, actor)
    transition.check(made)
    if made.version != version:
        raise StaleDataError


def _touch(made: Round) -> None:
    """Count a change of what belongs to a round as one of the round, for whoever reads it now."""
    flag_modified(made, "title")


def _planned(step: RoundStep | None, planned: PlannedStep, position: int) -> RoundStep:
    found = step or RoundStep(step=planned.step)
    found.position = position
    found.opens_at, found.closes_at = planned.opens_at, planned.closes_at
    return found


def _chosen(made: Round) -> dict[str, str]:
    return {each.category: f"{each.stored.title} {each.stored.release}" for each in made.rule_sets}


def _calendar(made: Round) -> dict[str, str]:
    return {
        each.step: f"{each.opens_at.isoformat()} – {each.closes_at.isoformat()}"
        for each in made.steps
    }


def _write(
    session: Session,
    actor: Actor,
    verb: str,
    made: Round,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    write_line(
        session,
        actor,
        action=f"round.{verb}",
        subject="round",
        subject_id=made.id,
        before=before,
        after=after,
        reason=reason,
    )
