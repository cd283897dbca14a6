"""What minutes say: levels as computed by committee, what people gave, quotas and findings."""

from __future__ import annotations

from datetime import datetime

from deciding_round import acting, participant_of
from district import District
from flask import Flask
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account
from evaluator.database import now
from evaluator.decisions.deciding import decide_as_computed
from evaluator.decisions.meeting import Meeting, decided_since, write_minutes_of
from evaluator.decisions.minutes_paper import paper_of
from evaluator.decisions.models import Basis
from evaluator.decisions.proposing import Wish, confirm, propose
from evaluator.decisions.scored import board_for
from evaluator.rounds.models import Round


def meeting() -> Meeting:
    return Meeting(datetime(2026, 1, 5, tzinfo=now().tzinfo), "王部长", ["甲", "乙"], "赞成2票")


def decide(
    session: Session, made: Round, district: District, first: Account, second: Account
) -> None:
    west = participant_of(session, made, district.west_two)
    wish = Wish("four_star", Basis.DEVIATION, "特色突出", accepts=True)
    decision = propose(session, acting(first), participant=west, wish=wish)
    session.commit()
    confirm(session, acting(second), participant=west, version=decision.version)
    session.commit()
    seen = board_for(session, made, "community").digest
    decide_as_computed(session, acting(first), made=made, category="community", seen=seen)
    session.commit()


def test_minutes_say_deviations_with_both_people_and_the_quota_that_is_broken(
    app: Flask, session: Session, made: Round, district: District, first: Account, second: Account
) -> None:
    decide(session, made, district, first, second)
    with app.test_request_context():
        paper = paper_of(session, made, meeting(), 1, decided_since(session, made))
    (category,) = paper.categories
    assert [(title, count) for title, count, _ in category.as_computed] == [
        ("五星级", "1"),
        ("四星级", "2"),
    ]
    (given,) = category.given
    assert (given.organisation, given.level) == ("西二社区党支部（W2）", "四星级")
    assert [value for _, value in given.lines] == [
        "与计算结果不同",
        "三星级 · 78.00",
        "特色突出",
        first.name,
        second.name,
    ]
    assert ("突破名额", "四星级 · 西片党工委：名额1个，实有2个") in category.quotas


def test_next_minutes_hold_only_what_was_decided_since(
    session: Session, made: Round, district: District, first: Account, second: Account
) -> None:
    decide(session, made, district, first, second)
    assert len(decided_since(session, made)) == 4
    kept = write_minutes_of(session, acting(first), made=made, meeting=meeting())
    session.commit()
    assert (kept.number, list(decided_since(session, made))) == (1, [])
