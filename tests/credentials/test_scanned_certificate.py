"""Codes that are read back from coarse, noisy, crooked and stained scans of the real page."""

from __future__ import annotations

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from signed_award import ADDRESS, DAY, ISSUER, KEY, NAMES, award, paper, token
from worn_paper import worn

from evaluator.credentials.pictures import codes
from evaluator.credentials.tokens import verify

# Characters that no table shortens: two bytes each.
RARE_NAME = "".join(chr(0x4E00 + 311 * n) for n in range(60))
MODULES = {12: 49, 18: 49, 30: 49, 60: 53}


@pytest.mark.parametrize("length", NAMES)
def test_a_worn_scan_is_read_back(length: int) -> None:
    facts = award(organisation=NAMES[length], valid_until=DAY(2028, 12, 31))
    signed = token(organisation=NAMES[length], valid_until=DAY(2028, 12, 31))
    pdf = paper(facts, signed)
    for turn in range(4):
        (code,) = codes(worn(pdf, turn))
        assert code == ADDRESS + signed
        verdict = verify(code, [KEY.known])
        assert verdict.signed is not None
        assert (verdict.is_genuine, verdict.signed.facts) == (True, facts)


def test_a_worn_scan_of_the_largest_code_is_read_back() -> None:
    # As long as a name can be, of characters that nothing shortens, and an issuer of its own.
    facts = award(organisation=RARE_NAME, issuer="中共示例市星河区委组织部")
    signed = token(organisation=RARE_NAME, issuer=facts.issuer)
    # The fonts at hand have no glyph for some of these: the code stands beside a usual name.
    pdf = paper(facts, signed, organisation=NAMES[60])
    assert [codes(worn(pdf, turn)) for turn in range(4)] == [(ADDRESS + signed,)] * 4


def test_a_photograph_of_fine_resolution_is_read_back() -> None:
    signed = token()
    assert codes(worn(paper(award(), signed), 1, dots=220)) == (ADDRESS + signed,)


@pytest.mark.parametrize("length", NAMES)
def test_codes_stay_small(length: int) -> None:
    signed = token(organisation=NAMES[length], valid_until=DAY(2028, 12, 31))
    code = zxingcpp.create_barcode(
        ADDRESS + signed, zxingcpp.BarcodeFormat.QRCode, ec_level="M"
    ).to_image(scale=1, add_quiet_zones=False)
    assert np.asarray(code).shape[0] <= MODULES[length]


def test_an_issuer_that_its_key_tells_makes_the_code_smaller() -> None:
    assert len(token(issuer=ISSUER)) + 10 <= len(token(issuer="中共示例市星河区委组织部"))


def test_a_picture_without_code_has_none() -> None:
    assert codes(Image.new("L", (400, 300), 255)) == ()
