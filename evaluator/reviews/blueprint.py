"""The blueprint on which the pages of reviews register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("reviews", __name__, template_folder="templates")
