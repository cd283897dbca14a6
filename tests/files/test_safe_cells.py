"""No text runs as a formula, no number is damaged, and every text is read back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.files import safe_cell
from evaluator.files.safe_cells import original_text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_would_run_gets_a_quote(sign: str) -> None:
    assert safe_cell(f"{sign}SUM(A1)") == f"'{sign}SUM(A1)"


@pytest.mark.parametrize("text", ["-5", "+5", "-0.25", "-12.5%", "12", "甲支部", "a=b", "", "'甲'"])
def test_numbers_and_ordinary_text_stay(text: str) -> None:
    assert safe_cell(text) == text


@pytest.mark.parametrize("text", ["-5+1", "+86 512 6288", "--5", "-", "-5.", "-1,000", "=5"])
def test_what_only_begins_like_a_number_gets_a_quote(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text(alphabet="'=+-@\t＝1%.甲", max_size=6))
def test_every_text_is_read_back(text: str) -> None:
    assert original_text(safe_cell(text)) == text
