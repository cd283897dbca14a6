"""The blueprint on which the pages of certificates register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("certificates", __name__, template_folder="templates")
