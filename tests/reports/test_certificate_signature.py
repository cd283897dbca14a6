"""Certificates signed by a district whose certificate a real authority of the test has issued."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from certificate_printing import certificate, extracted, picture, printed
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pikepdf import pdfa
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from signing_authority import DISTRICT, PASSWORD, Authority, made

from reports.certificate.event_loop import with_own_loop
from reports.certificate.signing import Place, Signatory, UnusableKey, sign


@pytest.fixture(scope="module", params=["rsa", "ec"])
def authority(request: pytest.FixtureRequest) -> Authority:
    if request.param == "rsa":
        return made(rsa.generate_private_key(65537, 2048))
    return made(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def signatory(authority: Authority, tmp_path: Path) -> Signatory:
    file = authority.bundle(tmp_path / "district.p12")
    return Signatory.from_pkcs12(file, PASSWORD, "示例市示例区")


def validated(pdf: bytes, authority: Authority) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return with_own_loop(lambda: validate_pdf_signature(signature, authority.trusting()))


def looked_at(pdf: bytes) -> Image.Image:
    """Look at the page with what readers lay over it."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    return document[0].render(scale=1).to_pil()


def findings(pdf: bytes) -> tuple[list[str], set[str]]:
    """Give what breaks PDF/A-2b, and which constructs the validator does not judge."""
    found = pdfa.validate_written(io.BytesIO(pdf), "2b").findings
    wrong = [str(finding) for finding in found if finding.kind == "violation"]
    return wrong, {finding.rule for finding in found} - {"pikepdf:shading"}


@pytest.mark.parametrize("place", [None, Place(204, 24)])
def test_signature_is_valid_covers_the_file_and_is_of_the_district(
    authority, signatory, usual, place
):
    signed = sign(usual, signatory, place)
    assert signed.startswith(usual)
    status = validated(signed, authority)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signing_cert.subject.native["common_name"] == DISTRICT


def test_signature_is_pades_and_says_why_and_where(signatory, usual):
    document = pikepdf.open(io.BytesIO(sign(usual, signatory)))
    (field,) = document.Root.AcroForm.Fields
    assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"
    said = [str(field.V[key]) for key in ("/Name", "/Reason", "/Location")]
    assert said == [DISTRICT, "颁发证书", "示例市示例区"]
    assert str(field.TU) == "颁发单位电子签名"


def test_altered_letter_is_found_out(authority, signatory, usual):
    signed = bytearray(sign(usual, signatory))
    at = signed.index(b"<dc:creator>") + 30
    signed[at] ^= 1
    status = validated(bytes(signed), authority)
    assert not status.intact
    assert not status.bottom_line


def test_signature_of_a_stranger_is_not_trusted(signatory, usual):
    status = validated(sign(usual, signatory), made(ec.generate_private_key(ec.SECP256R1())))
    assert (status.intact, status.trusted) == (True, False)


@pytest.mark.parametrize("place", [None, Place(204, 24)])
def test_signed_certificate_is_still_pdf_a(signatory, usual, place):
    wrong, unjudged = findings(sign(usual, signatory, place))
    assert wrong == []
    assert unjudged <= {"pikepdf:schema-Resources", "pikepdf:schema-Catalog", "pikepdf:schema-Page"}


@pytest.mark.parametrize("place", [None, Place(204, 24)])
def test_field_of_the_signature_keeps_what_pdf_a_asks_of_fields(signatory, usual, place):
    document = pikepdf.open(io.BytesIO(sign(usual, signatory, place)))
    form = document.Root.AcroForm
    assert not form.get("/NeedAppearances", False)
    assert "/XFA" not in form
    (field,) = form.Fields
    assert int(field.F) & 0b100111 == 0b000100  # printed; not hidden, not invisible, no NoView
    assert not {"/A", "/AA"} & set(field)
    if place:
        assert set(field.AP) == {"/N"}
        assert str(field.AP.N.Subtype) == "/Form"
    else:
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]


def test_invisible_signature_changes_no_pixel(signatory, usual):
    assert picture(sign(usual, signatory), 60).tobytes() == picture(usual, 60).tobytes()


def test_visible_signature_stands_in_its_place_alone(signatory, usual):
    place = Place(204, 24)
    before, after = looked_at(usual), looked_at(sign(usual, signatory, place))
    dot = 72 / 25.4
    left, right = round(place.x * dot), round((place.x + place.width) * dot)
    upper = round((210 - place.y - place.height) * dot)
    lower = round((210 - place.y) * dot)
    area = (left - 2, upper - 2, right + 2, lower + 2)
    assert before.crop(area).tobytes() != after.crop(area).tobytes()
    for image in (before, after):
        image.paste((0, 0, 0), area)
    assert before.tobytes() == after.tobytes()


def test_words_of_the_certificate_are_still_read(signatory, usual):
    assert "SX-2026-JG-000123" in extracted(sign(usual, signatory))


def test_pem_files_sign_like_pkcs12(authority, tmp_path):
    pem = serialization.Encoding.PEM
    secret = serialization.BestAvailableEncryption(PASSWORD)
    key, own, root = tmp_path / "key.pem", tmp_path / "own.pem", tmp_path / "root.pem"
    key.write_bytes(authority.key.private_bytes(pem, serialization.PrivateFormat.PKCS8, secret))
    own.write_bytes(authority.district.public_bytes(pem))
    root.write_bytes(authority.root.public_bytes(pem))
    signatory = Signatory.from_pem(key, own, "示例市", [root], PASSWORD)
    assert validated(sign(printed(certificate()), signatory), authority).bottom_line


def test_wrong_password_and_missing_file_are_named(authority, signatory, tmp_path):
    file = tmp_path / "district.p12"
    with pytest.raises(UnusableKey, match=r"district\.p12.*password"):
        Signatory.from_pkcs12(file, b"wrong", "")
    with pytest.raises(UnusableKey, match=r"none\.p12"):
        Signatory.from_pkcs12(tmp_path / "none.p12", PASSWORD, "")


def test_visible_signature_is_shown(signatory, usual):
    document = pikepdf.open(io.BytesIO(sign(usual, signatory, Place(204, 24))))
    (field,) = document.Root.AcroForm.Fields
    assert [round(float(side) * 25.4 / 72) for side in field.Rect] == [204, 24, 260, 39]
