"""Pages of trials."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("trials", __name__, template_folder="templates")
