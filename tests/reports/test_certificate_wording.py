"""Words and dates."""

from __future__ import annotations

import datetime

import pytest
from certificate_printing import certificate

from reports.certificate import wording
from reports.certificate.templates import CERTIFICATE_A4
from reports.certificate.templates.facts import Wording


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


def test_plain_date():
    assert wording.plain_date(datetime.date(2026, 1, 9)) == "2026年1月9日"


def test_sentences_name_year_and_category():
    citation = certificate(round_year=2027, category_zh="国企").citation
    texts = {f.name: f.wording.shared_with(citation) for f in CERTIFICATE_A4.shared_texts}
    assert texts["sentence"] == "在2027年度基层党组织星级评定（国企类）中，被评定为"
    assert "2027 Star Rating" in texts["sentence in English"]


def test_text_is_left_out_where_one_of_its_facts_is_missing():
    until = Wording.of("有效期至{valid_until_digits}")
    assert until.on(certificate()) == ""
    day = datetime.date(2028, 12, 31)
    assert until.on(certificate(valid_until=day)) == "有效期至2028年12月31日"


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
