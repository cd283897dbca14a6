"""Where to go on after a detour: a log-in, a password asked for anew, an error."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import request


def page_before() -> str:
    """Return the page of ours from which something was sent, empty where that is not known."""
    came_from, here = urlsplit(request.referrer or ""), urlsplit(request.url)
    ours = came_from.netloc == here.netloc and not came_from.path.startswith("//")
    if request.method != "POST" or not ours:
        return ""
    return urlunsplit(("", "", came_from.path or "/", came_from.query, ""))


def this_page() -> str:
    """Return the page that was asked for; what was posted cannot be replayed, so where from."""
    return request.full_path if request.method == "GET" else page_before() or "/"
