"""Every table of the service, for migrations and tests: importing this module names them all."""

from __future__ import annotations

import evaluator.accounts.models
import evaluator.applications.models
import evaluator.audit.models
import evaluator.organisations.models
import evaluator.records.models
import evaluator.rounds.models
import evaluator.rule_sets.models  # noqa: F401
from evaluator.database import Base

METADATA = Base.metadata
