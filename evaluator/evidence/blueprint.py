"""The blueprint of evidence, on which its modules of views register their routes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g

from evaluator.database import db
from evaluator.evidence import limits, words
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.queries import indicator_titles
from evaluator.rounds.models import Participant
from evaluator.web.languages import language
from forms.evidence import ACCEPTED

blueprint = Blueprint("evidence", __name__, template_folder="templates")
blueprint.record_once(limits.set_defaults)
blueprint.add_app_template_global(ACCEPTED, "evidence_accepted")  # type: ignore[arg-type]

blueprint.add_app_template_filter(words.removed_words, "evidence_removed")
blueprint.add_app_template_filter(words.size_words, "evidence_size")
blueprint.add_app_template_filter(words.type_words, "evidence_type")


@blueprint.app_template_global("evidence_titles")
def titles(participant: Participant) -> Mapping[str, str]:
    """Return the titles of a participant's indicators; a page that asks often reads them once."""
    kept: dict[int, Mapping[str, str]] = g.setdefault("evidence_titles", {})
    if participant.id not in kept:
        found = indicator_titles(db.session, participant)
        kept[participant.id] = {name: each.say(language()) for name, each in found.items()}
    return kept[participant.id]


@blueprint.app_template_global("evidence_limits")
def told_limits() -> limits.Limits:
    """Return the limits, for pages that name them."""
    return limits.limits()


@blueprint.app_template_global("evidence_others")
def others(found: Mapping[str, Sequence[EvidenceFile]], indicator: str) -> list[EvidenceFile]:
    """Return the files that prove other indicators and not yet this one, each once."""
    every = {file.id: file for files in found.values() for file in files}
    return [file for file in every.values() if indicator not in file.indicators]


@blueprint.url_value_preprocessor
def let_added_in(endpoint: str | None, _values: Mapping[str, Any] | None) -> None:
    """Take a larger form where it brings files, before anything reads it."""
    if endpoint == "evidence.add":
        limits.let_files_in()
