"""How dates and moments are shown on pages: in local form, in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_datetime


def day(value: date | datetime) -> str:
    """Return a day as people write it."""
    return str(format_date(value, "long"))


def moment(value: datetime) -> str:
    """Return a moment to the minute in figures."""
    return str(format_datetime(value, "yyyy-MM-dd HH:mm"))


def set_up_showing(app: Flask) -> None:
    """Give the templates of an app their filters."""
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment
