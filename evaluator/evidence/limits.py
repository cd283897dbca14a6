"""How much may be uploaded: settings of the service, `EVALUATOR_EVIDENCE_…` in the environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, request, session
from flask.blueprints import BlueprintSetupState

MEGABYTE = 1_000_000
CHUNK = MEGABYTE
"""Size of the parts in which our own script sends a file."""
UPLOAD_LASTS = timedelta(days=1)
UNFINISHED = 40
"""So many uploads of one account may be under way; the oldest ones beyond are ended."""
DEFAULTS = {
    "EVIDENCE_FILE_MEGABYTES": 20,
    "EVIDENCE_TOTAL_MEGABYTES": 200,
    "EVIDENCE_FILES": 40,
    "EVIDENCE_FORM_MEGABYTES": 60,
}
EVER = 5
"""So many times as many files may come and go again: removed ones are kept as well."""


@dataclass(frozen=True)
class Limits:
    """The most that is taken of one file, of one participant, and of one form without a script."""

    file_bytes: int
    total_bytes: int
    files: int
    form_bytes: int


def set_defaults(state: BlueprintSetupState) -> None:
    """Fill in the limits that the configuration of an app does not name."""
    for name, value in DEFAULTS.items():
        state.app.config.setdefault(name, value)


def limits() -> Limits:
    """Return the limits of the running app."""
    return Limits(
        _bytes("EVIDENCE_FILE_MEGABYTES"),
        _bytes("EVIDENCE_TOTAL_MEGABYTES"),
        current_app.config["EVIDENCE_FILES"],
        _bytes("EVIDENCE_FORM_MEGABYTES"),
    )


def let_files_in() -> None:
    """Take a larger form of whoever is signed in; strangers cannot fill the disk."""
    if "sign_in" in session:
        request.max_content_length = limits().form_bytes


def _bytes(setting: str) -> int:
    return int(float(current_app.config[setting]) * MEGABYTE)
