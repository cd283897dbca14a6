"""The blueprint on which the pages of decisions register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("decisions", __name__, template_folder="templates")
