"""Pages of site_checks."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("site_checks", __name__, template_folder="templates")
