"""The blueprint on which the pages of trials register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("trials", __name__, template_folder="templates")
