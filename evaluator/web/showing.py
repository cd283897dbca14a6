"""How dates and moments are shown on pages: in local form, in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from flask import Flask
from flask_babel import format_date, format_datetime, to_user_timezone


def day(value: date | datetime) -> str:
    """Return a day as people write it."""
    return str(format_date(value, "long"))


def moment(value: datetime) -> str:
    """Return a moment to the minute in figures."""
    return str(format_datetime(value, "yyyy-MM-dd HH:mm"))


def deadline(value: datetime) -> str:
    """Return the moment at which something ends; midnight is 24:00 of the day before.

    A deadline of "29 November 00:00" is read as if that day were still left.
    """
    local = to_user_timezone(value)
    if local.time() == time():
        return f"{format_date(local.date() - timedelta(days=1), 'long')} 24:00"
    return f"{format_date(local.date(), 'long')} {local:%H:%M}"


def set_up_showing(app: Flask) -> None:
    """Give the templates of an app their filters."""
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment
    app.jinja_env.filters["deadline"] = deadline
