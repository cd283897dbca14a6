"""The blueprint on which the pages of defences register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("defences", __name__, template_folder="templates")
