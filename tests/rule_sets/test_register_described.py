"""Published rule sets tell the register what its categories and attributes are."""

from __future__ import annotations

from counting import counted
from district import RULES, make_rule_set
from sqlalchemy.orm import Session

from evaluator.organisations.catalogue import catalogue
from evaluator.rule_sets import register
from rules.syntax import Words

ATTRIBUTE = """\
facts:
  households:
    label: {zh: 户数, en: Households}
    type: integer
    max: 500
    source: {organisation: households}
"""


def test_register_knows_the_newest_published_rules(session: Session) -> None:
    make_rule_set(session)
    newer = RULES.replace("facts:\n", ATTRIBUTE, 1).replace('version: "1"', 'version: "2"')
    make_rule_set(session, newer.replace("zh: 街道社区", "zh: 社区"))
    known = catalogue(session)
    assert known.title("community", "zh") == "社区"
    assert known.level("community", "four_star", "en") == "Four-star"
    assert {name: each.label for name, each in known.attributes_of("community").items()} == {
        "households": Words("户数", "Households")
    }


def test_register_has_plain_titles_before_rules_are_published(session: Session) -> None:
    assert catalogue(session).title("soe", "zh") == "国企"


def test_texts_of_rules_are_read_once_for_all_requests(session: Session) -> None:
    make_rule_set(session, RULES.replace('version: "1"', 'version: "read once"'))
    first = catalogue(session)
    session.expire_all()
    with counted() as statements:
        assert catalogue(session) == first
    assert [each for each in statements if "files" in each] == []
    assert len(statements) == 1


def test_only_the_newest_few_catalogues_are_kept(session: Session) -> None:
    for number in range(register.KEPT + 3):
        make_rule_set(session, RULES.replace('version: "1"', f'version: "1.{number}"'))
        assert catalogue(session).title("community", "zh") == "街道社区"
    assert len(register._DESCRIBED._kept) == register.KEPT
