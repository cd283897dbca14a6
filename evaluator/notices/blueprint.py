"""The blueprint on which the pages of notices register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("notices", __name__, template_folder="templates")
