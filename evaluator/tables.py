"""Every table of the service, for migrations and tests: importing this module names them all."""

from __future__ import annotations

import evaluator.accounts.models
import evaluator.api.models
import evaluator.applications.models
import evaluator.appraisals.models
import evaluator.audit.models
import evaluator.awards.models
import evaluator.certificates.models
import evaluator.certificates.own_templates.models
import evaluator.certificates.proposal_models
import evaluator.certificates.signed.models
import evaluator.decisions.models
import evaluator.defences.models
import evaluator.evidence.models
import evaluator.notices.models
import evaluator.organisations.models
import evaluator.outbox.models
import evaluator.panels.models
import evaluator.records.models
import evaluator.reviews.models
import evaluator.rounds.models
import evaluator.rule_sets.models
import evaluator.score_reports.models
import evaluator.site_checks.models  # noqa: F401
from evaluator.database import Base

METADATA = Base.metadata
