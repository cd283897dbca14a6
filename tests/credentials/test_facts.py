from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_award import SERIAL, award

from evaluator.credentials.facts import formal_date, lines, text_digest
from reports.certificate import wording

DAY = datetime.date


def test_lines_of_a_certificate() -> None:
    assert lines(award(valid_until=DAY(2028, 12, 31))) == (
        "中共示例市星河街道望江社区支部委员会",
        "2026年度基层党组织星级评定（街道社区类）",
        "五星级党组织",
        "中共示例市示例区委组织部",
        "二〇二六年十二月三十一日",
        SERIAL,
        "2028年12月31日",
    )


def test_lines_are_composed() -> None:
    assert lines(award(organisation="Cafe\u0301"))[0] == "Café"


@given(st.dates(DAY(2000, 1, 1), DAY(2099, 12, 31)))
def test_dates_are_written_as_the_certificate_writes_them(day: datetime.date) -> None:
    assert formal_date(day) == wording.formal_date(day)


@given(st.data())
def test_any_changed_character_changes_the_digest(data: st.DataObject) -> None:
    printed = lines(award(valid_until=DAY(2028, 12, 31)))
    row = data.draw(st.integers(0, len(printed) - 1))
    at = data.draw(st.integers(0, len(printed[row]) - 1))
    other = data.draw(st.characters().filter(lambda c: c != printed[row][at]))
    changed = printed[row][:at] + other + printed[row][at + 1 :]
    assert text_digest((*printed[:row], changed, *printed[row + 1 :])) != text_digest(printed)


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": "中共示例市星河街道望江社区支部委员"},
        {"level_words": "四星级党组织"},
        {"category_words": "国企"},
        {"year": 2025},
        {"issuer": "中共示例市示例县委组织部"},
        {"awarded_on": DAY(2026, 12, 30)},
        {"valid_until": DAY(2028, 12, 31)},
        {"serial": "2026-C5-00124-AAAAA"},
    ],
)
def test_every_printed_fact_is_in_the_digest(changes: dict[str, object]) -> None:
    assert text_digest(lines(award(**changes))) != text_digest(lines(award()))
