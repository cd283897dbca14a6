"""A panel has as many seats as its rule set asks for ratings, else its cases cannot be scored."""

from __future__ import annotations

import pytest
from district import RULES
from hall import make_hall
from hearing import with_defence
from sqlalchemy.orm import Session

from evaluator.panels.operations import PanelContent, Unusable, compose
from evaluator.rounds.models import Round
from evaluator.rule_sets.reading import read_files
from rules.canonical import digest

MEAN = """\
measures:
  defence_mean:
    label: {zh: 答辩平均分, en: Mean of the defence}
    mean: {ratings: defence, drop_highest: 1, drop_lowest: 1, at_least: 5}
dimensions:
"""


def ask_for_five(session: Session, made: Round) -> None:
    """Let the rule set of the round ask for five ratings."""
    text = with_defence(RULES).replace("dimensions:\n", MEAN, 1)
    stored = made.rule_sets[0].stored
    stored.files = {stored.main: text}
    stored.digest = digest(read_files(stored.main, stored.files))
    session.commit()


@pytest.mark.parametrize("categories", [["community"], []])
def test_panel_with_fewer_seats_than_ratings_asked_is_refused(
    session: Session, categories: list[str]
) -> None:
    hall = make_hall(session)
    ask_for_five(session, hall.round)
    content = PanelContent("第三组", categories, seats=4)
    with pytest.raises(Unusable, match="5") as refused:
        compose(session, hall.actor, made=hall.round, content=content)
    assert refused.value.place == "seats"


def test_panel_with_as_many_seats_as_ratings_asked_is_kept(session: Session) -> None:
    hall = make_hall(session)
    ask_for_five(session, hall.round)
    content = PanelContent("第三组", ["community"], seats=5)
    assert compose(session, hall.actor, made=hall.round, content=content).seats == 5


def test_panel_of_a_rule_set_without_ratings_may_have_one_seat(session: Session) -> None:
    hall = make_hall(session)
    content = PanelContent("第三组", ["community"], seats=1)
    assert compose(session, hall.actor, made=hall.round, content=content).seats == 1
