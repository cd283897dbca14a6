from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.credentials.check_character import check_character
from evaluator.credentials.doubts import Doubt, doubts
from evaluator.credentials.serials import (
    CROCKFORD,
    LAST_NUMBER,
    is_own,
    is_well_formed,
    make_serial,
    normal,
    parse,
)

SECRET = bytes(range(32))
SERIALS = st.builds(
    make_serial,
    st.binary(min_size=16, max_size=32),
    st.integers(2000, 2255),
    st.sampled_from(["government", "soe", "community", "non_public", "village"]),
    st.sampled_from(["three_star", "four_star", "five_star", "model", "advanced"]),
    st.integers(1, LAST_NUMBER),
)


def test_serial_of_the_fifth_star_in_a_community() -> None:
    serial = make_serial(SECRET, 2026, "community", "five_star", 123)
    assert serial.startswith("2026-C5-00123-")
    assert len(serial) == 19
    parts = parse(serial)
    assert (parts.year, parts.category, parts.level, parts.number) == (2026, "C", "5", 123)
    assert str(parts) == serial


@pytest.mark.parametrize(
    ("category", "level", "letters"),
    [
        ("government", "three_star", "G3"),
        ("soe", "four_star", "S4"),
        ("non_public", "model", "NM"),
        ("village", "advanced", "X0"),
        ("N", "M", "NM"),
    ],
)
def test_letters_of_a_series(category: str, level: str, letters: str) -> None:
    assert make_serial(SECRET, 2026, category, level, 1)[5:7] == letters


@pytest.mark.parametrize(("year", "number"), [(1999, 1), (2256, 1), (2026, 0), (2026, 100_000)])
def test_what_has_no_serial_is_refused(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="is "):
        make_serial(SECRET, year, "soe", "model", number)


def test_check_character_of_a_donation_number() -> None:
    # ISBT 128 numbers of blood donations are checked by MOD 37-2; this one is its example.
    assert check_character("G123498654321") == "H"


def test_what_has_no_value_has_no_check_character() -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        check_character("2026-C5")


@given(SERIALS)
def test_a_serial_is_well_formed_however_it_is_typed(serial: str) -> None:
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in serial)
    for typed in (
        serial.lower(),
        serial.replace("-", " "),
        serial.replace("-", ""),
        serial.replace("0", "o").replace("1", "l"),
        full_width,
        f" {serial.replace('-', '－')}\n",
        serial.replace("-", "—"),
    ):
        assert normal(typed) == serial
        assert is_well_formed(typed)


@given(SERIALS, st.data())
def test_every_single_wrong_character_is_found(serial: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([n for n, c in enumerate(serial) if c != "-"]))
    for wrong in sorted(set(CROCKFORD) - {serial[at]}):
        assert not is_well_formed(serial[:at] + wrong + serial[at + 1 :])


@given(SERIALS)
def test_every_exchange_of_neighbours_is_found(serial: str) -> None:
    plain = serial.replace("-", "")
    for at in range(len(plain) - 1):
        if plain[at] != plain[at + 1]:
            swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
            assert not is_well_formed(swapped), (serial, at)


@given(SERIALS)
def test_letters_never_look_like_digits(serial: str) -> None:
    assert set(serial) <= set(CROCKFORD + "-")


def test_the_serial_of_another_is_not_guessed_from_ones_own() -> None:
    own = make_serial(SECRET, 2026, "soe", "four_star", 7)
    body = "2026S400008"
    guesses = [body + own[14:18], *(body + f"{n:04d}" for n in range(500))]
    passing = [
        guess + check
        for guess in guesses
        if (check := check_character(guess)) in CROCKFORD and is_own(SECRET, guess + check)
    ]
    assert is_own(SECRET, own)
    assert passing == []


def test_the_serial_of_another_registry_is_not_own() -> None:
    other = make_serial(b"another secret of some length...", 2026, "soe", "four_star", 7)
    assert is_well_formed(other)
    assert not is_own(SECRET, other)


def test_a_letter_where_a_digit_belongs_is_named() -> None:
    serial = make_serial(SECRET, 2026, "community", "five_star", 123)
    wrong = serial[:9] + "Z" + serial[10:]
    assert doubts(wrong) == (Doubt(10, "Z", ("2",)),)


def test_a_look_alike_is_named_as_doubtful() -> None:
    serial = make_serial(SECRET, 2026, "community", "five_star", 8)
    wrong = serial.replace("00008", "00003")
    assert Doubt(13, "3", ("8",)) in doubts(wrong)


@pytest.mark.parametrize("text", ["", "望江社区", "2026-C5", "2026-C5-00123-AAAA*"])
def test_what_is_no_serial_has_no_doubtful_character(text: str) -> None:
    assert not is_well_formed(text)
    assert doubts(text) == ()
    assert not is_own(SECRET, text)
    with pytest.raises(ValueError, match="no serial number"):
        parse(text)
