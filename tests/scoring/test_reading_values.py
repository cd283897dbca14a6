"""One raw value to a whole number, and every sentence that refuses one."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.scoring.reading import Unreadable, reader_of
from rules.numbers import NotANumber, fraction_text, number_text, read_number
from rules.syntax import Fact, Words

LABEL = Words("项")


def fact(kind: Any, **keys: Any) -> Fact:
    return Fact(label=LABEL, type=kind, **keys)


INTEGER = fact("integer", min="2", max="60")
DECIMAL = fact("decimal", max="7.5")
FINE = fact("decimal", max="7.5", places=4)
RATIO = fact("ratio")
GROWTH = fact("ratio", min="-100%", max="1000%", places=1)
TRUTH = fact("boolean")
CHOICE = fact("choice", options={"good": Words("好", "Good"), "poor": Words("差")})
DATE = fact("date", min="2000-01-01", max="2026-12-31")


@pytest.mark.parametrize(
    ("declared", "raw", "value"),
    [
        (INTEGER, 2, 2),
        (INTEGER, "60", 60),
        (INTEGER, " 12 ", 12),
        (INTEGER, "12.0", 12),
        (DECIMAL, 7, 700),
        (DECIMAL, "7.5", 750),
        (DECIMAL, "0.05", 5),
        (DECIMAL, "7.50", 750),
        (FINE, "0.0001", 1),
        (RATIO, "95.5%", 9550),
        (RATIO, "0.955", 9550),
        (RATIO, 1, 10_000),
        (RATIO, "0", 0),
        (RATIO, "100%", 10_000),
        (GROWTH, "-12.5%", -125),
        (GROWTH, "+3%", 30),
        (TRUTH, True, 1),
        (TRUTH, False, 0),
        (TRUTH, "是", 1),
        (TRUTH, "有", 1),
        (TRUTH, "Yes", 1),
        (TRUTH, 1, 1),
        (TRUTH, "否", 0),
        (TRUTH, "无", 0),
        (TRUTH, " false ", 0),
        (TRUTH, 0, 0),
        (CHOICE, "good", 0),
        (CHOICE, "差", 1),
        (CHOICE, "Good", 0),
        (CHOICE, " poor ", 1),
        (DATE, "2026-01-31", datetime.date(2026, 1, 31).toordinal()),
        (DATE, datetime.date(2000, 1, 1), datetime.date(2000, 1, 1).toordinal()),
        (DATE, datetime.datetime(2026, 12, 31, 8), datetime.date(2026, 12, 31).toordinal()),  # noqa: DTZ001
    ],
)
def test_value_of_each_type_is_read(declared: Fact, raw: Any, value: int) -> None:
    assert reader_of(declared)(raw) == value


@pytest.mark.parametrize(
    ("declared", "raw", "zh", "en"),
    [
        (INTEGER, "1", "填写的是“1”，应在2至60之间", 'found "1"; allowed is 2 to 60'),
        (INTEGER, 61, "填写的是“61”，应在2至60之间", 'found "61"; allowed is 2 to 60'),
        (INTEGER, "多", "填写的是“多”，应填整数", 'found "多"; allowed is a whole number'),
        (INTEGER, "2.5", "填写的是“2.5”，应填整数", 'found "2.5"; allowed is a whole number'),
        (INTEGER, "１２", "填写的是“１２”，应填整数", 'found "１２"; allowed is a whole number'),
        (INTEGER, True, "填写的是“True”，应填整数", 'found "True"; allowed is a whole number'),
        (DECIMAL, 2.5, "填写的是“2.5”，应填数字", 'found "2.5"; allowed is a number'),
        (DECIMAL, "1e3", "填写的是“1e3”，应填数字", 'found "1e3"; allowed is a number'),
        (DECIMAL, "5%", "填写的是“5%”，应填数字", 'found "5%"; allowed is a number'),
        (DECIMAL, [], "填写的是“[]”，应填数字", 'found "[]"; allowed is a number'),
        (
            DECIMAL,
            "0.005",
            "填写的是“0.005”，最多保留2位小数",
            'found "0.005"; allowed are at most 2 decimal places',
        ),
        (DECIMAL, "7.51", "填写的是“7.51”，应在0至7.5之间", 'found "7.51"; allowed is 0 to 7.5'),
        (DECIMAL, "-0.01", "填写的是“-0.01”，应在0至7.5之间", 'found "-0.01"; allowed is 0 to 7.5'),
        (
            RATIO,
            "95.555%",
            "填写的是“95.555%”，最多保留2位小数",
            'found "95.555%"; allowed are at most 2 decimal places',
        ),
        (
            RATIO,
            "很高",
            "填写的是“很高”，应填百分比，如95.5%",
            'found "很高"; allowed is a percentage such as 95.5%',
        ),
        (
            RATIO,
            "95",
            "填写的是“95”，应在0%至100%之间（如要填百分之95，请写95%）",
            'found "95"; allowed is 0% to 100% (write 95% for a percentage)',
        ),
        (
            RATIO,
            "101%",
            "填写的是“101%”，应在0%至100%之间",
            'found "101%"; allowed is 0% to 100%',
        ),
        (
            GROWTH,
            "-101%",
            "填写的是“-101%”，应在-100%至1000%之间",
            'found "-101%"; allowed is -100% to 1000%',
        ),
        (
            TRUTH,
            "也许",
            "填写的是“也许”，应填“是”或“否”",
            'found "也许"; allowed is true or false',
        ),
        (
            CHOICE,
            "gold",
            "填写的是“gold”，只能选：好、差",
            'found "gold"; allowed are Good, poor. Did you mean "good"?',
        ),
        (
            CHOICE,
            "较好",
            "填写的是“较好”，只能选：好、差",
            'found "较好"; allowed are Good, poor. Did you mean "好"?',
        ),
        (
            DATE,
            "2026/1/31",
            "填写的是“2026/1/31”，日期应写成2026-01-31的样子",
            'found "2026/1/31"; allowed is a date such as 2026-01-31',
        ),
        (
            DATE,
            "2026-02-30",
            "填写的是“2026-02-30”，日期应写成2026-01-31的样子",
            'found "2026-02-30"; allowed is a date such as 2026-01-31',
        ),
        (
            DATE,
            "2027-01-01",
            "日期2027-01-01不在2000-01-01至2026-12-31之间",
            'found "2027-01-01"; allowed are dates from 2000-01-01 to 2026-12-31',
        ),
    ],
)
def test_wrong_value_is_refused_in_both_languages(
    declared: Fact, raw: Any, zh: str, en: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        reader_of(declared)(raw)
    assert (refused.value.zh, refused.value.en) == (zh, en)


@pytest.mark.parametrize("digits", [16, 5_000])
def test_number_of_very_many_digits_is_refused(digits: int) -> None:
    with pytest.raises(Unreadable) as refused:
        reader_of(INTEGER)("9" * digits)
    assert refused.value.en.endswith("; allowed is a whole number")


@given(st.integers(0, 750))
def test_decimal_text_is_read_back_exactly(number: int) -> None:
    assert reader_of(DECIMAL)(fraction_text(Fraction(number, 100))) == number


@given(st.integers(-1_000, 10_000))
def test_ratio_reads_alike_as_percentage_and_as_fraction(number: int) -> None:
    share = Fraction(number, 1_000)
    read = reader_of(GROWTH)
    assert read(f"{fraction_text(share * 100)}%") == read(fraction_text(share, 3)) == number


@pytest.mark.parametrize(
    ("value", "percent", "places", "text"),
    [
        (Fraction(12), False, 4, "12"),
        (Fraction(1, 2), False, 4, "0.5"),
        (Fraction(955, 1000), True, 4, "95.5%"),
        (Fraction(1, 3), True, 2, "33.33%"),
        (Fraction(2, 3), False, 2, "0.67"),
    ],
)
def test_number_is_shown_as_people_read_it(
    value: Fraction, percent: bool, places: int, text: str
) -> None:
    assert number_text(value, percent, places) == text


@given(text=st.from_regex(r"[0-9]{1,4}(\.[0-9]{0,4})?", fullmatch=True))
def test_plain_number_is_read_as_the_fraction_that_it_is(text: str) -> None:
    fact = Fact(label=Words("数"), type="decimal", max="9999", places=2)
    try:
        exact = read_number(text) * 100
    except NotANumber:
        exact = Fraction(1, 3)  # is refused, as what has too many places
    if exact.denominator == 1:
        assert reader_of(fact)(text) == exact.numerator
    else:
        with pytest.raises(Unreadable):
            reader_of(fact)(text)
