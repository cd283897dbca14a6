"""Words and dates."""

from __future__ import annotations

import datetime

import pytest
from certificate_printing import certificate

from reports.certificate import wording


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2026, 12, 31), "二〇二六年十二月三十一日"),
        (datetime.date(2026, 1, 1), "二〇二六年一月一日"),
        (datetime.date(2030, 10, 10), "二〇三〇年十月十日"),
        (datetime.date(2027, 11, 20), "二〇二七年十一月二十日"),
        (datetime.date(2027, 9, 29), "二〇二七年九月二十九日"),
    ],
)
def test_formal_date(day, words):
    assert wording.formal_date(day) == words


def test_sentences_name_year_and_category():
    citation = certificate(round_year=2027, category_zh="国企").citation
    assert wording.sentence_zh(citation) == "在2027年度基层党组织星级评定（国企类）中，被评定为"
    assert "2027 Star Rating" in wording.sentence_en(citation)


@pytest.mark.parametrize("name", ["", "组" * 61])
def test_names_that_no_page_can_hold_are_refused(name):
    with pytest.raises(ValueError, match="1 to 60 fit"):
        certificate(organisation=name)


@pytest.mark.parametrize("stars", [-1, 6])
def test_stars_that_no_page_can_show_are_refused(stars):
    with pytest.raises(ValueError, match="0 to 5 can be shown"):
        certificate(stars=stars)


def test_model_with_fewer_than_five_stars_is_refused():
    with pytest.raises(ValueError, match="a model has 5 stars, not 4"):
        certificate(model=True, stars=4)
