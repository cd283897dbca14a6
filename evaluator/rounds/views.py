"""Pages of rounds."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rounds", __name__, template_folder="templates")
