"""A panel has as many seats as its rule set asks for ratings, else its cases cannot be scored."""

from __future__ import annotations

import pytest
from hall import make_hall
from hearing import ask_for_ratings
from sqlalchemy.orm import Session

from evaluator.panels.operations import PanelContent, Unusable, compose


@pytest.mark.parametrize("categories", [["community"], []])
def test_panel_with_fewer_seats_than_ratings_asked_is_refused(
    session: Session, categories: list[str]
) -> None:
    hall = make_hall(session)
    ask_for_ratings(session, hall.round, 5)
    content = PanelContent("第三组", categories, seats=4)
    with pytest.raises(Unusable, match="5") as refused:
        compose(session, hall.actor, made=hall.round, content=content)
    assert refused.value.place == "seats"


def test_panel_with_as_many_seats_as_ratings_asked_is_kept(session: Session) -> None:
    hall = make_hall(session)
    ask_for_ratings(session, hall.round, 5)
    content = PanelContent("第三组", ["community"], seats=5)
    assert compose(session, hall.actor, made=hall.round, content=content).seats == 5


def test_panel_of_a_rule_set_without_ratings_may_have_one_seat(session: Session) -> None:
    hall = make_hall(session)
    content = PanelContent("第三组", ["community"], seats=1)
    assert compose(session, hall.actor, made=hall.round, content=content).seats == 1
