"""What happens to the answers of a draft: saved, confirmed, copied from the year before."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.applications.editing import Editing
from evaluator.applications.models import Origin
from evaluator.applications.parts import may_be_given
from evaluator.applications.queries import last_years
from evaluator.applications.ready import Ready
from evaluator.applications.typed import Typed, as_typed, known_value
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext


def save_answers(
    session: Session,
    actor: Actor,
    *,
    participant: Participant,
    ready: Ready,
    typed: Mapping[str, Typed],
) -> Editing:
    """Keep what was typed, also where it cannot be read, but for fields with a conflict.

    A field that was not touched is left as it is now, whoever changed it since.
    """
    editing = Editing.begin(session, actor, participant)
    facts = ready.rule_set.facts
    for name, each in typed.items():
        known = name in facts and known_value(name, facts[name], editing.sheet) is not None
        if name not in facts or not may_be_given(facts[name], known):
            raise Refusal(gettext("The branch is not asked for this."), 400)
        editing.keep(name, facts[name], each)
    editing.end("application.save")
    return editing


def copy_last_year(
    session: Session, actor: Actor, *, participant: Participant, ready: Ready
) -> int:
    """Take over last year's answers to facts about which nothing is said or known yet.

    They are marked, and count once somebody has confirmed them; returns how many they are.
    """
    editing = Editing.begin(session, actor, participant)
    former = last_years(session, participant)
    for each in former.answers if former else []:
        fact = ready.rule_set.facts.get(each.fact)
        if fact is None or each.origin is Origin.COPIED or not editing.is_open(each.fact, fact):
            continue
        value = as_typed(fact, each.value)
        if value is not None and isinstance(value, list) == (fact.type == "events"):
            editing.write(each.fact, value, each.reason, Origin.COPIED)
    editing.end("application.copy")
    return len(editing.before)
