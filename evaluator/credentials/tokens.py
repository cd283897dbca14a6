"""The token in a certificate's QR code: its facts in few bytes, and an Ed25519 signature.

The signature is over the payload and the digest of the printed lines, which need not be carried:
whoever verifies makes the lines of the facts anew. So both what is said and how it is printed are
signed. Base32 keeps the code alphanumeric, which is the densest that an address can be.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from evaluator.credentials.facts import PrintedFacts, lines, text_digest
from evaluator.credentials.keys import PublicKey, SigningKey
from evaluator.credentials.packing import Malformed
from evaluator.credentials.payload import Payload, packed, unpacked

SIGNATURE_LENGTH = 64
_TOKEN = re.compile(r"[A-Z2-7]+")
_LONGEST = 1200  # characters; a payload of the longest texts has fewer


class State(StrEnum):
    """What verifying a token can come to."""

    VALID = "valid"
    WRONG_SIGNATURE = "wrong_signature"
    UNKNOWN_KEY = "unknown_key"
    KEY_NOT_IN_USE = "key_not_in_use"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a token says, not yet verified; an issuer told by the key is empty still."""

    facts: PrintedFacts
    key_id: bytes
    signed_on: datetime.date
    payload: bytes
    signature: bytes
    issuer_by_key: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a token is genuine; only then are its facts to be believed."""

    state: State
    signed: Signed | None = None

    @property
    def is_genuine(self) -> bool:
        """Return whether the token is what the issuer signed."""
        return self.state is State.VALID


def sign(facts: PrintedFacts, key: SigningKey, signed_on: datetime.date | None = None) -> str:
    """Return the token of a certificate; raises ValueError for what the key may not sign.

    Without a day it is the day of the award, or the first day of a younger key: so that the same
    facts and key always give the same token.
    """
    day = signed_on or max(facts.awarded_on, key.known.from_day)
    if not key.known.signs_on(day):
        raise ValueError(f"the key {key.id.hex()} is not in use on {day}")
    by_key = bool(key.known.issuer) and facts.issuer == key.known.issuer
    payload = packed(Payload(facts, key.id, day, by_key))
    signature = key.sign(_message(payload, facts))
    return base64.b32encode(payload + signature).decode("ascii").rstrip("=")


def read(token: str) -> Signed:
    """Return what a token or a whole address says, unverified; raises Malformed for neither."""
    data = _bytes_of(token_of(token))
    payload, signature = data[:-SIGNATURE_LENGTH], data[-SIGNATURE_LENGTH:]
    found = unpacked(payload)
    return Signed(
        found.facts, found.key_id, found.signed_on, payload, signature, found.issuer_by_key
    )


def verify(token: str, keys: Iterable[PublicKey]) -> Verdict:
    """Return whether a token or a whole address was signed with one of the published keys."""
    try:
        signed = read(token)
    except Malformed:
        return Verdict(State.UNREADABLE)
    same_id = [key for key in keys if key.id == signed.key_id]
    if not same_id:
        return Verdict(State.UNKNOWN_KEY, signed)
    key = same_id[0]
    if signed.issuer_by_key:
        signed = replace(signed, facts=replace(signed.facts, issuer=key.issuer))
    if not key.verifies(signed.signature, _message(signed.payload, signed.facts)):
        return Verdict(State.WRONG_SIGNATURE, signed)
    if not key.signs_on(signed.signed_on):
        return Verdict(State.KEY_NOT_IN_USE, signed)
    return Verdict(State.VALID, signed)


def token_of(text: str) -> str:
    """Return the token in a whole address, or in what somebody pasted; upper-case."""
    pasted = "".join(text.split()).upper()
    return re.split(r"[/#]", pasted.rstrip("/"))[-1]


def token_bytes(token: str) -> bytes:
    """Return the bytes of a token, the leaves of a batch's tree."""
    return _bytes_of(token_of(token))


def _message(payload: bytes, facts: PrintedFacts) -> bytes:
    return payload + text_digest(lines(facts))


def _bytes_of(token: str) -> bytes:
    if not _TOKEN.fullmatch(token) or len(token) > _LONGEST:
        raise Malformed("this is no token")
    try:
        data = base64.b32decode(token + "=" * (-len(token) % 8))
    except binascii.Error as error:
        raise Malformed(str(error)) from error
    # The last character holds bits that stand for nothing: only zeros are a token.
    if base64.b32encode(data).decode("ascii").rstrip("=") != token:
        raise Malformed("the last character of the token is wrong")
    if len(data) <= SIGNATURE_LENGTH:
        raise Malformed("the token is too short")
    return data
