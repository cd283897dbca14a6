"""The blueprint on which the pages of the register are registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisations", __name__, template_folder="templates")
