"""The words on the paper, in Chinese first and English second."""

from __future__ import annotations

import datetime

from reports.certificate.data import Citation

TITLE_ZH = "荣誉证书"
TITLE_EN = "CERTIFICATE OF HONOUR"
SCAN = "扫码核验真伪"
ADDRESS = "核验地址"
SERIAL = "证书编号"
GAP = " 　 "
RIBBON = "标兵"
_DIGITS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    """Write a number from 1 to 99 as in a formal date."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def formal_date(day: datetime.date) -> str:
    """Write a date in Chinese numerals: 二〇二六年十二月三十一日."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    return f"{year}年{numeral(day.month)}月{numeral(day.day)}日"


def sentence_zh(citation: Citation) -> str:
    """Say in which rating the level was reached."""
    return f"在{citation.round_year}年度基层党组织星级评定（{citation.category_zh}类）中，被评定为"


def sentence_en(citation: Citation) -> str:
    """Say the same in English."""
    return (
        f"has been rated in the {citation.round_year} Star Rating of Grassroots Party "
        f"Organisations ({citation.category_en}) as a"
    )
