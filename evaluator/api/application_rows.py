"""An application as programs read it."""

from __future__ import annotations

from typing import Any

from evaluator.applications.draft import Draft
from evaluator.applications.models import ApplicationState
from evaluator.applications.policy import ends_at
from evaluator.applications.standing import standing_of
from evaluator.applications.typed import field_of, known_value
from evaluator.organisations.values import plain
from evaluator.records.sources import source_text
from evaluator.scoring.levels import NO_LEVEL
from evaluator.web.languages import language
from rules.lowering import indicators_of
from rules.numbers import points_text


def application_shown(draft: Draft) -> dict[str, Any]:
    """Return how an application stands; words are in the language of the request."""
    participant, application = draft.participant, draft.application
    standing = standing_of(draft, language())
    return {
        "participant_id": participant.id,
        "round_id": participant.round_id,
        "organisation_id": participant.organisation_id,
        "code": participant.code,
        "state": state_of(draft),
        "editable_until": ends_at(participant, application),
        "submitted_at": application.submitted_at if application else None,
        "claimed_level": application.claimed_level if application else "",
        "rule_set_digest": draft.ready.digest,
        "points": points_text(draft.found.assessment.total),
        "most": standing.most,
        "level": _level(draft),
        "next_level": {
            "title": standing.above,
            "missing": [each.words for each in standing.lacking],
        }
        if standing.above
        else None,
        "indicators": _indicators(draft),
        "open": _open(draft),
    }


def answers_shown(draft: Draft) -> dict[str, Any]:
    """Return all facts of an application, without words of any language."""
    return {
        "participant_id": draft.participant.id,
        "state": state_of(draft),
        "answers": [_answer(draft, name) for name in draft.ready.rule_set.facts],
    }


def state_of(draft: Draft) -> str:
    """Return the state of an application; a draft before anybody has begun."""
    return draft.application.state.value if draft.application else ApplicationState.DRAFT.value


def _level(draft: Draft) -> dict[str, Any] | None:
    index, levels = draft.found.decision.index, draft.ready.levels
    if index == NO_LEVEL:
        return None
    level = levels.levels[index]
    return {"id": level.id, "title": level.title.say(language()), "stars": level.stars}


def _indicators(draft: Draft) -> list[dict[str, Any]]:
    found = draft.found
    return [
        {
            "indicator": each.id,
            "title": each.title.say(language()),
            "points": None
            if each.id in found.waiting
            else points_text(found.assessment.points(each)),
            "most": points_text(each.points),
        }
        for each in indicators_of(draft.ready.rule_set)
    ]


def _open(draft: Draft) -> list[dict[str, Any]]:
    labels = draft.ready.labels
    return [
        {"fact": each.name, "label": labels.plain(each.name, language()), "flaw": each.flaw.value}
        for each in draft.open()
    ]


def _answer(draft: Draft, name: str) -> dict[str, Any]:
    fact, sheet = draft.fact(name), draft.sheet
    answer = sheet.answers.get(name)
    said = answer is not None and answer.value is not None
    known = known_value(name, fact, sheet)
    brought = sheet.known.get(name)
    return {
        "fact": name,
        "value": answer.value if answer and said else None,
        "reason": answer.reason if answer and said else "",
        "origin": answer.origin.value if answer and said else None,
        "known": None if known is None else plain(known),
        "source": brought.source if brought else source_text(fact.source),
        "can_be_given": draft.is_given_here(name),
        "mark": field_of(name, fact, sheet).mark,
    }
