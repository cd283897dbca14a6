"""What the process has read from which the service is forked: imported, it reads it."""

from __future__ import annotations

import evaluator.application
import evaluator.commands.serve  # noqa: F401
from benchmarks.platform.town import CATEGORY, YEAR
from evaluator.rule_sets.models import StoredRuleSet
from evaluator.rule_sets.reading import scoring_of
from evaluator.rule_sets.shipped import shipped

_draft = shipped()[f"{YEAR}/{CATEGORY}"]
scoring_of(StoredRuleSet(main=_draft.main, files=dict(_draft.files)))
