"""Values of facts as people read them."""

from __future__ import annotations

import pytest

from evaluator.applications.wording import word
from rules.syntax import EventField, Words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0.847", "84.7%"),
        ("1", "100%"),
        ("0", "0%"),
        ("84.70%", "84.70%"),
        ("847/1000", "847/1000"),
        ("约八成", "约八成"),
    ],
)
def test_ratio_is_shown_as_a_percentage(written: str, shown: str) -> None:
    assert word(EventField(label=Words("知晓率"), type="ratio"), written, "zh") == shown
