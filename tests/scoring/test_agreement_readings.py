"""What a coefficient is read as, in both languages, and when it is read as nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from agreement_tables import SHROUT_FLEISS, table

from evaluator.scoring.agreement import (
    Correlation,
    Form,
    Interval,
    Table,
    Unsaid,
    correlations,
    read_alpha,
    read_correlation,
)
from evaluator.scoring.agreement.readings import KOO_LI, KRIPPENDORFF

MANY = table([[70, 80, 90]] * 30)
FEW = table([[70, 80, 90]] * 29)


def correlation(average: Fraction, interval: Interval = Unsaid.INCOMPLETE) -> Correlation:
    return Correlation(
        Form.AGREEMENT, 30, Fraction(3), Fraction(0), average, Unsaid.INCOMPLETE, interval
    )


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("-0.2", "一致程度差（-0.2）。", "Agreement is poor (-0.2)."),
        ("0.499", "一致程度差（0.499）。", "Agreement is poor (0.499)."),
        ("0.5", "一致程度中等（0.5）。", "Agreement is moderate (0.5)."),
        ("0.75", "一致程度良好（0.75）。", "Agreement is good (0.75)."),
        ("0.9", "一致程度优秀（0.9）。", "Agreement is excellent (0.9)."),
    ],
)
def test_correlation_by_koo_and_li(value: str, zh: str, en: str) -> None:
    found = read_correlation(correlation(Fraction(value)), MANY)
    assert (found.words.zh, found.words.en) == (zh, en)
    assert (found.source, found.is_hint) == (KOO_LI, False)


def test_the_interval_is_read_where_there_is_one() -> None:
    interval = (Fraction("0.61"), Fraction("0.84"))
    found = read_correlation(correlation(Fraction("0.8"), interval), MANY)
    assert found.words.zh == "一致程度在“中等”与“良好”之间（95%区间为0.61至0.84）。"
    assert found.words.en == "Agreement lies between moderate and good (95% interval 0.61 to 0.84)."
    assert not found.is_hint


def test_an_interval_from_poor_to_excellent_says_nothing() -> None:
    judged = table(SHROUT_FLEISS)
    found = read_correlation(correlations(judged)[1], judged)
    assert found.words.zh == (
        "答辩太少，一致程度还无法判断（95%区间为0.071至0.927）。"
        "仅有6个答辩、4名评委，少于建议的30个答辩、3名评委，只供参考。"
    )
    assert found.words.en == (
        "There are too few cases to say anything (95% interval 0.071 to 0.927). Only 6 case(s) and "
        "4 panellist(s); 30 and 3 are advised, so take it as a hint."
    )
    assert found.is_hint


@pytest.mark.parametrize(
    ("value", "en"),
    [
        ("0.66", "Agreement is too low to rest anything on (0.66)."),
        ("0.667", "Agreement is enough for tentative conclusions (0.667)."),
        ("0.8", "Agreement is enough to rely on (0.8)."),
    ],
)
def test_alpha_by_krippendorff(value: str, en: str) -> None:
    found = read_alpha(Fraction(value), MANY)
    assert (found.words.en, found.source, found.is_hint) == (en, KRIPPENDORFF, False)


@pytest.mark.parametrize("judged", [FEW, table([[70, 80]] * 30)])
def test_few_cases_or_panellists_make_a_hint(judged: Table) -> None:
    assert read_alpha(Fraction("0.9"), judged).is_hint


def test_what_cannot_be_said_says_why() -> None:
    found = read_alpha(Unsaid.ALL_EQUAL, MANY)
    assert found.words.say("zh") == "无法判断：所有评分都相同，无法区分"
    assert found.words.say("en") == "cannot be said because all ratings are the same"
    assert found.is_hint
