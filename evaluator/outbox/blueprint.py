"""The blueprint on which the pages of outbox register."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("outbox", __name__, template_folder="templates")
