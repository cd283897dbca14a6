from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signed_award import DAY, ISSUER, NAMES, SERIAL, award

from evaluator.credentials.comparing import Difference, differences
from evaluator.credentials.facts import PrintedFacts, formal_date

THE_DAY_BEFORE = "二〇二六年十二月三十日"
FACTS = award(valid_until=DAY(2028, 12, 31))


def page(facts: PrintedFacts = FACTS, **altered: str) -> list[str]:
    """Set a page as the certificate does; `altered` are pieces that say something else."""
    pieces = {
        "title": "荣誉证书",
        "organisation": facts.organisation,
        "rating": f"在{facts.year}年度基层党组织星级评定（{facts.category_words}类）中，被评定为",
        "english": "has been rated in the 2026 Star Rating of Grassroots Party Organisations as a",
        "level": facts.level_words,
        "level_en": "Five-star Party Organisation",
        "issuer": facts.issuer,
        "awarded_on": formal_date(facts.awarded_on),
        "valid_until": "有效期至2028年12月31日",
        "serial": f"证书编号：{facts.serial} 　 核验地址：https://star.example.gov.cn/v/{facts.serial}",
        "micro": f"{facts.serial} {facts.organisation} · " * 8,
    }
    return list((pieces | altered).values())


def test_a_page_as_it_was_signed_has_no_difference() -> None:
    assert differences(page(), [FACTS]) == []


@pytest.mark.parametrize("name", NAMES.values())
def test_a_name_on_two_lines_is_one_name(name: str) -> None:
    facts = award(organisation=name)
    half = len(name) // 2
    pieces = page(facts, organisation=name[:half])
    pieces.insert(2, name[half:])
    assert differences(pieces, [facts]) == []


@pytest.mark.parametrize(
    ("fact", "printed", "signed", "told"),
    [
        ("level", "三星级党组织", "五星级党组织", "三星级党组织"),
        ("organisation", NAMES[18] + "甲", NAMES[18], NAMES[18] + "甲"),
        ("organisation", NAMES[18][1:], NAMES[18], NAMES[18][1:]),
        ("issuer", "中共示例市示例县委组织部", ISSUER, "中共示例市示例县委组织部"),
        (
            "awarded_on",
            "二〇二六年十二月三十日",
            "二〇二六年十二月三十一日",
            "二〇二六年十二月三十日",
        ),
        ("valid_until", "有效期至2029年12月31日", "2028年12月31日", "有效期至2029年12月31日"),
        ("serial", "证书编号：2026-C5-00124-2WX27", SERIAL, "2026-C5-00124-2WX27"),
        ("serial", "证书编号：2026-C5-0123-2WX27", SERIAL, "2026-C5-0123-2WX27"),
        ("serial", "证书编号：2026-C5-0O123-2WX27", SERIAL, "2026-C5-0O123-2WX27"),
    ],
)
def test_an_altered_line_is_named(fact: str, printed: str, signed: str, told: str) -> None:
    assert differences(page(**{fact: printed}), [FACTS]) == [Difference(fact, signed, told)]


@pytest.mark.parametrize(
    "rating",
    [
        "在2025年度基层党组织星级评定（街道社区类）中，被评定为",
        "在2026年度基层党组织星级评定（国企类）中，被评定为",
        "在12026年度基层党组织星级评定（街道社区类）中，被评定为",
    ],
)
def test_an_altered_rating_is_found(rating: str) -> None:
    (found,) = differences(page(rating=rating), [FACTS])
    assert (found.fact, found.is_altered) == ("rating", True)


@given(st.data())
def test_any_altered_character_of_the_name_is_found(data: st.DataObject) -> None:
    name = FACTS.organisation
    at = data.draw(st.integers(0, len(name) - 1))
    other = data.draw(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
    if other != name[at]:
        altered = name[:at] + other + name[at + 1 :]
        assert differences(page(organisation=altered), [FACTS]) == [
            Difference("organisation", name, altered)
        ]


@given(st.data())
def test_any_altered_character_of_the_serial_is_found(data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([n for n, c in enumerate(SERIAL) if c != "-"]))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
    if other != SERIAL[at]:
        altered = SERIAL[:at] + other + SERIAL[at + 1 :]
        found = differences(page(serial=f"证书编号：{altered}"), [FACTS])
        assert found == [Difference("serial", SERIAL, altered)]


def test_the_right_name_in_small_print_does_not_make_up_for_a_wrong_one() -> None:
    wrong = "中共示例市星河街道望湖社区支部委员会"
    pieces = [*page(organisation=wrong), FACTS.organisation]
    assert differences(pieces, [FACTS]) == [Difference("organisation", FACTS.organisation, wrong)]


def test_an_altered_serial_in_the_micro_line_is_found() -> None:
    wrong = f"2026-C5-00999-2WX27 {FACTS.organisation} · " * 8
    assert differences(page(micro=wrong), [FACTS]) == [
        Difference("serial", SERIAL, "2026-C5-00999-2WX27")
    ]


def test_a_sticker_may_say_less() -> None:
    pieces = ["2026年度基层党组织星级评定", FACTS.level_words, FACTS.organisation, SERIAL]
    found = differences(pieces, [FACTS])
    assert [(each.fact, each.printed, each.is_altered) for each in found] == [
        ("issuer", "", False),
        ("awarded_on", "", False),
        ("valid_until", "", False),
    ]


@pytest.mark.parametrize("fact", ["organisation", "level", "serial"])
def test_what_everything_has_must_not_be_missing(fact: str) -> None:
    found = differences(page(**{fact: "", "micro": ""}), [FACTS])
    assert [(each.fact, each.is_altered) for each in found] == [(fact, True)]


def test_an_altered_level_or_year_in_english_is_found() -> None:
    found = differences(page(level_en="Four-star Party Organisation"), [FACTS])
    assert found == [Difference("level", "五星级党组织", "Four-starPartyOrganisation")]
    year = "has been rated in the 2027 Star Rating of Grassroots Party Organisations as a"
    (found_year,) = differences(page(english=year), [FACTS])
    assert (found_year.fact, found_year.is_altered) == ("rating", True)


def test_an_organisation_that_is_named_like_its_issuer_is_no_difference() -> None:
    facts = award(organisation=f"{ISSUER}机关党支部")
    assert differences(page(facts), [facts]) == []


def test_two_certificates_on_one_sheet_are_told_apart() -> None:
    other = award(
        organisation=NAMES[30], serial="2026-C5-00124-AAAAA", valid_until=DAY(2028, 12, 31)
    )
    assert differences([*page(), *page(other)], [FACTS, other]) == []
    (found,) = differences([*page(), *page(other, organisation=NAMES[30] + "甲")], [FACTS, other])
    assert (found.fact, found.signed) == ("organisation", NAMES[30])


def test_a_decomposed_letter_is_the_same_letter() -> None:
    facts = award(organisation="Café党支部", valid_until=DAY(2028, 12, 31))
    decomposed = unicodedata.normalize("NFD", facts.organisation)
    assert differences(page(facts, organisation=decomposed), [facts]) == []
