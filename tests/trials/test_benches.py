"""Rounds kept in memory between trials: nothing is read twice, nothing that changed is missed."""

from __future__ import annotations

from datetime import date

from counting import counted
from district import RULES, District, make_rule_set
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from trying import STRICTER, outcome

from evaluator.access import Actor, Grant, Role
from evaluator.organisations.models import Organisation
from evaluator.records.operations import set_known_facts
from evaluator.rounds.models import Round
from evaluator.trials.bench import Benches
from evaluator.trials.scored import Read
from rules.loader import load_text


def hear(session: Session, branch: Organisation, **facts: str) -> None:
    """Let facts become known as they do in the service, with their line of the log."""
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=branch.id,
        year=2026,
        values=facts,
        source="imported",
        as_of=date(2026, 12, 31),
    )
    session.commit()


def test_facts_are_read_once_for_any_number_of_trials(
    session: Session, organiser: FlaskClient, made: Round
) -> None:
    other = make_rule_set(session, STRICTER)
    with counted() as asked:
        for rules, expected in (("", [0, 0, 4]), (other.id, [2, 0, 2]), ("", [0, 0, 4])):
            data = {"round_id": made.id, "rules_community": rules}
            assert outcome(organiser.post("/trials", data=data).text) == expected
    assert len([each for each in asked if "FROM known_fact" in each]) == 1


def test_what_changes_between_trials_counts_in_the_next(
    session: Session, organiser: FlaskClient, made: Round, district: District
) -> None:
    other = make_rule_set(session, STRICTER)
    data = {"round_id": made.id, "rules_community": other.id}
    assert outcome(organiser.post("/trials", data=data).text) == [2, 0, 2]
    hear(session, district.east_two, meetings="6")
    assert outcome(organiser.post("/trials", data=data).text) == [1, 0, 3]
    hear(
        session, district.west_two, services="0", brand="true", satisfied="80%",
    )  # fmt: skip
    page = organiser.post("/trials", data=data).text
    assert "材料质量" in page.split('id="incomplete"')[1]
    assert "志愿服务次数" not in page.split('id="incomplete"')[1].split("</table>")[0]


def test_organisers_of_other_places_work_on_benches_of_their_own(
    session: Session, made: Round, district: District
) -> None:
    benches = Benches()
    sizes = []
    for place in (district.root, district.east, district.west):
        actor = Actor(None, "", (Grant(Role.ORGANISER, place.path),))
        sizes.append(benches.bench(session, actor, made).data.size)
    assert sizes == [4, 2, 2]


def test_only_the_benches_used_last_are_kept(
    session: Session, made: Round, district: District
) -> None:
    benches = Benches()
    actors = [
        Actor(None, "", (Grant(Role.ORGANISER, each.path),))
        for each in (district.root, district.east, district.west)
    ]
    first, second, _ = (benches.bench(session, each, made) for each in actors)
    assert benches.bench(session, actors[1], made) is second
    assert benches.bench(session, actors[0], made) is not first


def test_only_who_has_changed_is_read_again_by_the_same_rules(
    session: Session, made: Round, district: District
) -> None:
    rules, benches = load_text(RULES), Benches()
    actor = Actor.system()
    before = benches.bench(session, actor, made).scored("community", rules)
    hear(session, district.east_one, meetings="3")
    after = benches.bench(session, actor, made).scored("community", rules)
    pairs = zip(before.read.entries, after.read.entries, strict=True)
    assert [old is new for old, new in pairs] == [False, True, True, True]
    anew = Read.of(rules, benches.bench(session, actor, made).data.entries("community", rules))
    assert [each.inputs for each in after.read.entries] == [each.inputs for each in anew.entries]
    assert after.read.engine is before.read.engine


def test_same_categories_under_other_rules_are_read_anew(session: Session, made: Round) -> None:
    bench = Benches().bench(session, Actor.system(), made)
    first, second = (bench.scored("community", load_text(each)) for each in (RULES, STRICTER))
    assert first.read.engine is not second.read.engine
    assert bench.scored("community", second.rule_set) is second
