"""The blueprint of appraisals, on which its view modules register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("appraisals", __name__, template_folder="templates")
