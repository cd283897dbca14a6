"""Known facts as rules read them are those that people read, whatever stands in them."""

from __future__ import annotations

from datetime import date

from district import make_district
from sqlalchemy.orm import Session

from evaluator.access import Actor
from evaluator.organisations.models import Organisation
from evaluator.records.operations import set_known_facts
from evaluator.records.queries import known_facts, known_values

VALUES = {
    "times": "12",
    "ratio": "82.50%",
    "exact": "0.1000000000000000000001",
    "quoted": 'a "b" \\ c\n</script> \u2028 %(x)s',
    "chinese": "“党课”𬭎，—",
    "empty": "",
    "topics": ["一", "二"],
    "lectures": [{"date": "2026-03-01", "topic": '"党章"'}, {"date": "2026-04-01", "topic": ""}],
    "none": [],
}


def keep(session: Session, organisation: Organisation, year: int, **values: object) -> None:
    set_known_facts(
        session,
        Actor.system(),
        organisation_id=organisation.id,
        year=year,
        values=values,
        source="record: theme_days",
        as_of=date(year, 12, 31),
    )
    session.commit()


def test_both_ways_of_reading_tell_the_same(session: Session) -> None:
    district = make_district(session)
    keep(session, district.east_one, 2026, **VALUES)
    keep(session, district.east_one, 2025, times="11")
    keep(session, district.east, 2026, times="3")
    asked = [district.east_one.id, district.east.id, district.root.id]
    read, shown = known_values(session, asked, 2026), known_facts(session, asked, 2026)
    assert {name: each.value for name, each in read[district.east_one.id].items()} == VALUES
    assert set(read) == set(shown) == {district.east_one.id, district.east.id}
    for number, facts in shown.items():
        assert set(read[number]) == set(facts)
        for name, fact in facts.items():
            found = read[number][name]
            assert (found.fact, found.value, found.source, found.as_of) == (
                fact.fact,
                fact.value,
                fact.source,
                fact.as_of,
            )


def test_nothing_is_known_of_nobody(session: Session) -> None:
    assert known_values(session, [], 2026) == {}
