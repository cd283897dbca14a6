"""The blueprint on which the pages of records are registered."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("records", __name__, template_folder="templates")
