"""The blueprint on which the pages of score reports register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("score_reports", __name__, template_folder="templates")
