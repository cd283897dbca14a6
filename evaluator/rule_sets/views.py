"""Pages of rule_sets."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rule_sets", __name__, template_folder="templates")
