"""The blueprint on which the pages of rule sets register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rule_sets", __name__, template_folder="templates")
