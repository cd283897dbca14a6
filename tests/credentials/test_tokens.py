from __future__ import annotations

import base64
import datetime
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_award import ADDRESS, DAY, ISSUER, KEY, NAMES, OTHER_KEY, SECRET, SERIAL, award, token

from evaluator.credentials.facts import PrintedFacts
from evaluator.credentials.keys import PublicKey, new_key
from evaluator.credentials.packing import Malformed, Unpacking, packed_text
from evaluator.credentials.serials import make_serial
from evaluator.credentials.tokens import State, read, sign, token_bytes, token_of, verify

KEYS = [OTHER_KEY.known, KEY.known]
TOKEN = token()
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Z")) | st.sampled_from("中共示例社区委员会党支部"),
    max_size=40,
)
DAYS = st.dates(DAY(2026, 1, 1), DAY(2100, 12, 31))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


FACTS = st.builds(
    PrintedFacts,
    serial=st.builds(
        make_serial,
        st.just(SECRET),
        st.integers(2000, 2255),
        st.sampled_from("GSCNX"),
        st.sampled_from("0123456789M"),
        st.integers(1, 99_999),
    ),
    organisation=TEXTS.map(nfc),
    level=st.sampled_from(["five_star", "model", "advanced"]),
    level_words=st.sampled_from(["五星级党组织", "标兵", "先进党组织"]),
    category=st.sampled_from(["soe", "village"]),
    category_words=st.sampled_from(["国企", "农村"]),
    year=st.integers(2000, 2255),
    issuer=st.sampled_from([ISSUER, "中共另一区委"]),
    awarded_on=DAYS,
    valid_until=st.none() | DAYS,
)


@given(FACTS)
def test_what_was_signed_is_read_back(facts: PrintedFacts) -> None:
    verdict = verify(sign(facts, KEY), KEYS)
    assert verdict.state is State.VALID
    assert verdict.signed is not None
    assert verdict.signed.facts == facts


def test_the_same_facts_have_the_same_token() -> None:
    assert token() == TOKEN
    assert token(organisation=NAMES[12]) != TOKEN


def test_a_token_is_alphanumeric_in_the_sense_of_qr_codes() -> None:
    assert set(ADDRESS + TOKEN) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@pytest.mark.parametrize(
    "pasted",
    [
        ADDRESS + TOKEN,
        (ADDRESS + TOKEN).lower(),
        TOKEN.lower(),
        f" {TOKEN[:40]}\n{TOKEN[40:]} ",
        f"file:///home/verify.html#{TOKEN}",
        f"https://star.example.gov.cn/v/{TOKEN}/",
    ],
)
def test_a_token_is_found_in_what_was_pasted(pasted: str) -> None:
    assert token_of(pasted) == TOKEN
    assert verify(pasted, KEYS).is_genuine


def test_every_single_changed_bit_is_refused() -> None:
    data = token_bytes(TOKEN)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        other = base64.b32encode(bytes(changed)).decode().rstrip("=")
        assert not verify(other, KEYS).is_genuine, bit


def test_every_single_changed_character_is_refused() -> None:
    for at, letter in enumerate(TOKEN):
        for other in BASE32:
            if other != letter:
                changed = TOKEN[:at] + other + TOKEN[at + 1 :]
                assert not verify(changed, KEYS).is_genuine, (at, other)


@given(st.integers(0, len(TOKEN)))
def test_a_token_cut_off_or_prolonged_is_refused(at: int) -> None:
    for other in (
        TOKEN[:at],
        TOKEN[at:] + "A",
        TOKEN + "A" * (at + 1),
        TOKEN[:at] + "A" + TOKEN[at:],
    ):
        if other != TOKEN:
            assert not verify(other, KEYS).is_genuine


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert verify(text, KEYS).state is State.UNREADABLE


@given(st.binary(min_size=65, max_size=300))
def test_any_bytes_are_answered(data: bytes) -> None:
    assert not verify(base64.b32encode(data).decode().rstrip("="), KEYS).is_genuine


def test_the_state_tells_an_unknown_key() -> None:
    assert verify(TOKEN, [OTHER_KEY.known]).state is State.UNKNOWN_KEY
    assert verify(TOKEN, []).state is State.UNKNOWN_KEY


def test_the_state_tells_a_wrong_signature() -> None:
    data = bytearray(token_bytes(TOKEN))
    data[-1] ^= 1
    changed = base64.b32encode(bytes(data)).decode().rstrip("=")
    assert verify(changed, KEYS).state is State.WRONG_SIGNATURE


def test_another_issuer_cannot_be_published_for_a_key() -> None:
    other = replace(KEY.known, issuer="中共另一区委")
    assert verify(TOKEN, [other]).state is State.WRONG_SIGNATURE


def test_a_token_signed_outside_the_days_of_its_key_is_refused() -> None:
    ended = replace(KEY.known, until_day=DAY(2026, 12, 30))
    later = replace(KEY.known, from_day=DAY(2027, 1, 1))
    last = replace(KEY.known, until_day=DAY(2026, 12, 31))
    assert verify(TOKEN, [ended]).state is State.KEY_NOT_IN_USE
    assert verify(TOKEN, [later]).state is State.KEY_NOT_IN_USE
    assert verify(TOKEN, [last]).state is State.VALID


def test_a_key_does_not_sign_outside_its_days() -> None:
    key = new_key(DAY(2026, 1, 1), DAY(2026, 6, 30))
    with pytest.raises(ValueError, match="not in use"):
        sign(award(), key)
    with pytest.raises(ValueError, match="not in use"):
        sign(award(awarded_on=DAY(2026, 3, 1)), key, DAY(2025, 12, 31))


def test_a_replacement_is_signed_on_its_own_day() -> None:
    key = new_key(DAY(2028, 1, 1))
    by_itself = read(sign(award(), key))
    told = verify(sign(award(), key, DAY(2028, 5, 4)), [key.known])
    assert by_itself.signed_on == DAY(2028, 1, 1)
    assert told.signed is not None
    assert (told.state, told.signed.signed_on) == (State.VALID, DAY(2028, 5, 4))


def test_the_issuer_of_a_key_is_not_said_again() -> None:
    other = "中共示例市星河区委组织部"
    signed = read(TOKEN)
    assert (signed.issuer_by_key, signed.facts.issuer) == (True, "")
    assert read(token(issuer=other)).facts.issuer == other
    assert len(token(issuer=other)) > len(TOKEN)


@pytest.mark.parametrize(
    "changes",
    [
        {"serial": "2026-C5-00123-AAAAA"},
        {"serial": SERIAL.lower()},
        {"organisation": "望江\n社区"},
        {"organisation": "e\u0301"},
        {"organisation": "龘" * 200},
        {"awarded_on": DAY(1999, 12, 31)},
        {"valid_until": datetime.date.max},
    ],
)
def test_facts_that_cannot_be_printed_are_not_signed(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"serial|printed|composed|too long|no day"):
        token(**changes)


@given(TEXTS.map(nfc))
def test_texts_have_one_packed_form(text: str) -> None:
    assert Unpacking(packed_text(text)).text() == text


@pytest.mark.parametrize(
    "data", [b"", b"\x05\x41", b"\x01\x80", b"\x01\x00", b"\x04\x01\x00\xd8\x00"]
)
def test_bytes_that_are_no_packed_text_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        Unpacking(data).text()


def test_a_second_way_to_pack_a_text_is_refused() -> None:
    # Letter by letter, where there is a byte for the word.
    spelled = b"".join(packed_text(letter)[1:] for letter in "街道")
    with pytest.raises(Malformed):
        Unpacking(bytes([len(spelled)]) + spelled).text()


def test_tokens_of_version_1_are_read_for_ever() -> None:
    known = PublicKey(KEY.known.public, DAY(2026, 1, 1), None, ISSUER)
    verdict = verify(VERSION_1, [known])
    assert verdict.signed is not None
    assert (verdict.state, verdict.signed.facts) == (State.VALID, award())


VERSION_1 = (
    "DDGY7KDKACFPGUNROORCNBIDAMHAH572TAPZ5MYSTENZ4XYTAU4GMIZUVWOVEQZITYVE5YANNSZ7V5LO"
    "2DPAZYJI7Q7LFRDVVUNXHJ4Q63YY263TJ3JZUP745AUR2C3T3FCIV4EX3HHAKVKB5WL7IUYF"
)
