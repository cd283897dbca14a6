"""The blueprint on which the pages of panels register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("panels", __name__, template_folder="templates")
