"""What the tests of words share."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import load_rule_set
from rules.syntax import RuleSet

FILES = Path(__file__).parent / "files"


@pytest.fixture(scope="session")
def everything() -> RuleSet:
    """A rule set that uses every construct of the language, but for stars."""
    return load_rule_set(FILES / "everything.yaml")
