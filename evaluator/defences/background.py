"""What a panel is told of an organisation: its facts after review, and its committee's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.models import Application
from evaluator.reviews.entries import plain, shown
from evaluator.reviews.facts import reviewed_facts
from evaluator.reviews.models import FactReview, IndicatorReview, Recommendation, RecommendationList
from evaluator.rounds.models import Participant
from evaluator.rounds.queries import rule_set_for
from evaluator.rule_sets.reading import rule_set_of
from evaluator.web.wording import gettext
from rules.syntax import RuleSet

Lines = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Background:
    """Labels with what is said: of the organisation, by the branch, and by the committee."""

    head: Lines
    facts: Lines
    committee: Lines = field(default_factory=list)


def background_of(
    session: Session, participants: Collection[Participant], language: str
) -> Mapping[int, Background]:
    """Return the background of participants of one round; a fixed number of queries for any number.

    What panels give is left out: nobody is to know others' scores from it.
    """
    values, rule_sets = reviewed_facts(session, participants), _rule_sets(session, participants)
    words = _committee_words(session, participants, rule_sets, language)
    return {
        each.id: Background(
            list(_head(each)),
            list(_facts(rule_sets[each.category], values.get(each.id, {}), language)),
            words.get(each.id, []),
        )
        for each in participants
    }


def _rule_sets(session: Session, participants: Collection[Participant]) -> dict[str, RuleSet]:
    one_each = {each.category: each for each in participants}
    return {name: rule_set_of(rule_set_for(session, one)) for name, one in one_each.items()}


def _head(participant: Participant) -> Iterator[tuple[str, str]]:
    yield gettext("Code of the organisation"), participant.code
    yield gettext("Committee"), participant.committee
    yield gettext("Members"), str(participant.members)
    if participant.secretary:
        yield gettext("Secretary"), participant.secretary


def _facts(
    rule_set: RuleSet, values: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    for name, fact in rule_set.facts.items():
        given = plain(values.get(name))
        if fact.source.kind == "panel" or given in (None, ""):
            continue
        yield fact.label.say(language), shown(fact, given, language).text


def _committee_words(
    session: Session,
    participants: Collection[Participant],
    rule_sets: Mapping[str, RuleSet],
    language: str,
) -> dict[int, list[tuple[str, str]]]:
    """Return what committees wrote: for whom they recommend, and why they changed what."""
    found: dict[int, list[tuple[str, str]]] = {each.id: [] for each in participants}
    by_id = {each.id: each for each in participants}
    for number, level, note in session.execute(_recommended(found)):
        rule_set = rule_sets[by_id[number].category]
        titles = {each.id: each.title.say(language) for each in rule_set.levels.from_low_to_high}
        told = gettext("; ").join(each for each in (titles.get(level, level), note) if each)
        found[number].append((gettext("Recommended for"), told))
    for number, name, text in session.execute(_noted(found)):
        titles = _titles(rule_sets[by_id[number].category], language)
        found[number].append((titles.get(name, name), text))
    for number, name, text in session.execute(_adjusted(found)):
        fact = rule_sets[by_id[number].category].facts.get(name)
        found[number].append((fact.label.say(language) if fact else name, text))
    return found


def _titles(rule_set: RuleSet, language: str) -> dict[str, str]:
    groups = [part.indicators for part in rule_set.dimensions]
    groups += [part.indicators for part in rule_set.blocks]
    return {each.id: each.title.say(language) for group in groups for each in group}


def _recommended(ids: Collection[int]) -> Any:
    return (
        select(Recommendation.participant_id, Recommendation.level, Recommendation.note)
        .join(RecommendationList, RecommendationList.id == Recommendation.list_id)
        .where(Recommendation.participant_id.in_(ids))
        .order_by(Recommendation.id)
    )


def _noted(ids: Collection[int]) -> Any:
    return (
        select(Application.participant_id, IndicatorReview.indicator, IndicatorReview.note)
        .join(Application, Application.id == IndicatorReview.application_id)
        .where(Application.participant_id.in_(ids), IndicatorReview.note != "")
        .order_by(IndicatorReview.id)
    )


def _adjusted(ids: Collection[int]) -> Any:
    return (
        select(Application.participant_id, FactReview.fact, FactReview.reason)
        .join(Application, Application.id == FactReview.application_id)
        .where(Application.participant_id.in_(ids), FactReview.reason != "")
        .order_by(FactReview.id)
    )
