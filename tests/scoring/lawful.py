"""The published rule sets that laws are tried on, and assessments by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from factories import someone
from hypothesis import assume
from published_rules import Published, all_published

from evaluator.scoring.assessment import Assessment
from evaluator.scoring.inputs import FactErrors

ALL = all_published()
every_rule_set = pytest.mark.parametrize("published", ALL, ids=str)


def assessed(published: Published, facts: Mapping[str, Any]) -> Assessment:
    """Return an assessment of the ordinary organisation with these facts, if they are accepted."""
    scorer, case = published.category.scorer, published.case
    try:
        inputs = scorer.read(someone(**case.organisation), facts)
        return scorer.explain(inputs, case.group, case.peers)
    except FactErrors:
        assume(False)
        raise
