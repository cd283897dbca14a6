"""The blueprint on which the pages of rounds register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rounds", __name__, template_folder="templates")
