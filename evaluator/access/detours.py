"""Where to go on after a detour: a log-in, a password asked for anew, an error."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

HANDED_ON = "page-before"
"""The field in which a page that asks something in between hands on where a form was filled in."""


def page_before() -> str:
    """Return the page of ours from which something was sent, empty where that is not known."""
    if request.method != "POST":
        return ""
    # What is handed on is as foreign as what any browser sends: both must be a page of ours.
    came_from = urlsplit(_handed_on() or request.referrer or "")
    ours = came_from.netloc in (urlsplit(request.url).netloc, "") and came_from.path[:1] == "/"
    if not ours or not _is_page(came_from.path):
        return ""
    return urlunsplit(("", "", came_from.path, came_from.query, ""))


def this_page() -> str:
    """Return the page that was asked for; what was posted cannot be replayed, so where from."""
    return request.full_path if request.method == "GET" else page_before() or "/"


def _handed_on() -> str:
    try:
        return request.form.get(HANDED_ON, "")
    except HTTPException:
        # A form that is too large to be read is told so by a page that asks where to lead back.
        return ""


def _is_page(path: str) -> bool:
    """Return whether an address can be gone to; a form may have been shown again where it acts."""
    if path.startswith(("//", "/\\")):
        return False
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True
