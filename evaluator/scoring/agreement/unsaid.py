"""Why a figure cannot be given: named reasons in the place of a division by nothing."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from math import isqrt

from rules.syntax.base import Words


class Unsaid(Enum):
    """A reason why a figure cannot be given, as a reader is told it."""

    FEW_CASES = Words(
        "有两名以上评委评分的答辩不足两个",
        "fewer than two cases were rated by two panellists or more",
    )
    FEW_RATINGS = Words(
        "评分太少，不足以估计误差",
        "there are too few ratings to tell how large errors are",
    )
    ALL_EQUAL = Words("所有评分都相同，无法区分", "all ratings are the same")
    NO_ERROR = Words("评分没有误差，无法计算区间", "there is no error to take an interval from")
    NO_DIFFERENCE = Words(
        "各答辩之间没有差异，无法计算一致程度",
        "the cases do not differ, so that nothing is told apart",
    )
    INCOMPLETE = Words(
        "各答辩的评委不同，没有可直接计算的区间",
        "not everyone rated everything, and no formula gives an interval then",
    )
    NOBODY_ELSE = Words("没有其他评委评过同一答辩", "nobody else rated the same case")
    NOT_RATED = Words("没有评过这个答辩", "did not rate this case")
    FEW_OTHERS = Words("可比的其他评分太少", "there are too few other ratings to compare with")
    TOO_FEW_FOR_MEAN = Words(
        "评分个数少于规则集的要求", "there are fewer ratings than the rule set asks for"
    )

    def say(self, language: str) -> str:
        """Return the sentence that stands in the place of the figure, in `zh` or `en`."""
        start = "cannot be said because " if language == "en" else "无法判断："
        return start + self.value.say(language)


Figure = Fraction | Unsaid
Interval = tuple[Fraction, Fraction] | Unsaid

_PLACES = 10**12


def root(value: Fraction) -> Fraction:
    """Return the square root, rounded down to twelve decimal places; a square has no other."""
    return Fraction(isqrt(value.numerator * _PLACES**2 // value.denominator), _PLACES)
