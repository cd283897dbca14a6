"""What states of reviews are called."""

from __future__ import annotations

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.reviews.case import Standing
from evaluator.reviews.queue import Waiting
from evaluator.rounds.models import Round, RoundRuleSet
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import rule_set_of

WAITING_WORDS = {
    Waiting.REVIEW: lazy_gettext("To be reviewed"),
    Waiting.ANSWER: lazy_gettext("Reply to be answered"),
    Waiting.MENDING: lazy_gettext("With the branch, to mend"),
    Waiting.NOTHING: lazy_gettext("Review finished"),
}
STANDING_WORDS = {
    Standing.TO_DO: lazy_gettext("To do"),
    Standing.ACCEPTED: lazy_gettext("Accepted"),
    Standing.ADJUSTED: lazy_gettext("Adjusted"),
    Standing.TO_MEND: lazy_gettext("Marked to mend"),
    Standing.ELSEWHERE: lazy_gettext("Given by others"),
}


def category_titles(session: Session, made: Round, language: str) -> dict[str, str]:
    """Return what the categories of a round are called, by their rule sets."""
    query = (
        select(RoundRuleSet.category, StoredRuleSet)
        .join(StoredRuleSet, RoundRuleSet.stored_rule_set_id == StoredRuleSet.id)
        .where(RoundRuleSet.round_id == made.id)
    )
    found = {}
    for category, stored in session.execute(query):
        title = rule_set_of(stored).category_title
        found[category] = title.say(language) if title else category
    return found
