"""What is said of the signatures in a document, and the same signature made again."""

from __future__ import annotations

import asyncio
import datetime
import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from certificate_printing import certificate, printed
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from signing_authority import DISTRICT, PASSWORD, Authority, made

from reports.certificate.event_loop import with_own_loop
from reports.certificate.signing import Signatory, UnusableKey, sign
from reports.certificate.signing_check import (
    FoundSignature,
    Trust,
    read_roots,
    signatures_in,
)

MOMENT = datetime.datetime(2027, 5, 6, 7, 8, 9, 123, tzinfo=datetime.UTC)
PEM = serialization.Encoding.PEM


@pytest.fixture(scope="module", params=["rsa", "ec"])
def authority(request: pytest.FixtureRequest) -> Authority:
    if request.param == "rsa":
        return made(rsa.generate_private_key(65537, 2048))
    return made(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def signatory(authority: Authority, tmp_path: Path) -> Signatory:
    return Signatory.from_file(authority.bundle(tmp_path / "district.p12"), PASSWORD, "示例区")


@pytest.fixture
def roots(authority: Authority, tmp_path: Path) -> list[object]:
    file = tmp_path / "roots.pem"
    file.write_bytes(authority.root.public_bytes(PEM))
    return list(read_roots(file))


def test_signature_made_again_for_the_same_moment_is_the_same(authority, signatory, tmp_path):
    again = Signatory.from_file(authority.bundle(tmp_path / "again.p12"), PASSWORD, "示例区")
    pdf = printed(certificate())
    signed = sign(pdf, signatory, moment=MOMENT)
    assert sign(pdf, again, moment=MOMENT) == signed
    assert sign(pdf, again, moment=MOMENT + datetime.timedelta(seconds=1)) != signed


def test_unaltered_signature_says_by_whom_and_when(signatory, roots, usual):
    pdf = sign(usual, signatory, moment=MOMENT)
    (found,) = signatures_in(pdf, roots)
    whole = MOMENT.replace(microsecond=0)
    assert found == FoundSignature(True, DISTRICT, "示例测试根", whole, Trust.VOUCHED)
    assert signatures_in(pdf) == [replace(found, trust=Trust.NOT_ASKED)]


def test_document_is_signed_and_checked_inside_a_running_loop(signatory, usual):
    async def both() -> list[FoundSignature]:
        return list(signatures_in(sign(usual, signatory, moment=MOMENT)))

    (found,) = with_own_loop(lambda: asyncio.run(both()))
    assert found.is_unaltered


def test_signature_of_a_stranger_is_not_vouched_for(signatory, tmp_path, usual):
    stranger = tmp_path / "stranger.pem"
    other = made(ec.generate_private_key(ec.SECP256R1()))
    stranger.write_bytes(other.root.public_bytes(PEM))
    (found,) = signatures_in(sign(usual, signatory), read_roots(stranger))
    assert (found.is_unaltered, found.trust) == (True, Trust.NOT_VOUCHED)


def test_certificate_that_ended_since_is_told_apart(tmp_path, usual):
    day = datetime.timedelta(days=1)
    begun = datetime.datetime.now(datetime.UTC) - 30 * day
    old = made(rsa.generate_private_key(65537, 2048), begun, begun + 20 * day)
    signatory = Signatory.from_file(old.bundle(tmp_path / "old.p12"), PASSWORD, "")
    root = tmp_path / "root.pem"
    root.write_bytes(old.root.public_bytes(PEM))
    trusts = [
        signatures_in(sign(usual, signatory, moment=begun + days * day), read_roots(root))[0].trust
        for days in (10, 25)
    ]
    assert trusts == [Trust.ENDED_SINCE, Trust.NOT_VOUCHED]


def test_altered_letter_and_what_was_added_are_found(signatory, roots, usual):
    signed = sign(usual, signatory)
    altered = bytearray(signed)
    altered[signed.index(b"<dc:creator>") + 30] ^= 1
    assert not signatures_in(bytes(altered), roots)[0].is_unaltered
    with pikepdf.open(io.BytesIO(signed)) as document:
        document.pages.append(document.pages[0])
        out = io.BytesIO()
        document.save(out)
    assert [each.is_unaltered for each in signatures_in(out.getvalue(), roots)] == [False]
    assert not signatures_in(signed[:-300], roots)[0].is_unaltered


def test_document_without_a_signature_has_none(usual):
    assert signatures_in(usual) == ()


def test_key_certificates_and_chain_in_one_file_of_pem_sign_too(authority, roots, tmp_path, usual):
    secret = serialization.BestAvailableEncryption(PASSWORD)
    key = authority.key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, secret)
    parts = (authority.root.public_bytes(PEM), key, authority.district.public_bytes(PEM))
    file = tmp_path / "district.pem"
    file.write_bytes(b"".join(parts))
    signatory = Signatory.from_file(file, PASSWORD, "示例区")
    assert (signatory.name, signatory.issuer) == (DISTRICT, "示例测试根")
    assert signatory.valid_until == authority.district.not_valid_after_utc
    assert signatures_in(sign(usual, signatory), roots)[0].trust is Trust.VOUCHED
    for content, password in ((parts[0] + key, PASSWORD), (b"".join(parts), b"wrong"), (b"", None)):
        file.write_bytes(content)
        with pytest.raises(UnusableKey, match=r"district\.pem"):
            Signatory.from_file(file, password, "")


def test_file_without_roots_is_named(tmp_path):
    for content in (b"", b"no certificate"):
        (tmp_path / "roots.pem").write_bytes(content)
        with pytest.raises(UnusableKey, match=r"roots\.pem"):
            read_roots(tmp_path / "roots.pem")
