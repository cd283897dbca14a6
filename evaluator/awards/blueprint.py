"""The blueprint on which the pages of awards register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("awards", __name__, template_folder="templates")
