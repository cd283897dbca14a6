"""A form that cannot be acted on yet: what was posted is kept in the page that says why.

Nothing of it lies on the server. The page is sent once more as a request like any other, to the
same route, with a token against forgery, and looked at by the same gates.
"""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from flask import render_template, request

from evaluator.access.detours import HANDED_ON, page_before

LARGEST = 300_000
"""How many bytes of a form are kept; the service reads at most 500,000 that are not files."""
SECRET = frozenset({"password", "proof", "old", "new", "again"})
"""The fields for passwords, which no page hands back."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
LONG = 20
"""From so many characters on a text is shown, to be copied."""

Fields = list[tuple[str, str]]


class Lost(StrEnum):
    """Why what was posted is not kept."""

    FILE = "file"
    TOO_MUCH = "too much"
    OTHER = "other"


def what_is_lost(but: tuple[str, ...] = ()) -> Lost | None:
    """Return why what was posted cannot be kept, None where it can; `but` begins left out names."""
    if any(each.filename for each in request.files.values()):
        return Lost.FILE
    if (request.content_length or 0) > LARGEST:
        return Lost.TOO_MUCH
    unread = request.mimetype not in (*FORMS, "")
    secret = any(name.rpartition("-")[2] in SECRET for name, _ in posted(but))
    return Lost.OTHER if unread or secret else None


def posted(but: tuple[str, ...] = ()) -> Fields:
    """Return the fields that were posted, without tokens, and with the page they came from."""
    own = (*but, HANDED_ON)
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if not name.startswith(own) and not name.endswith("csrf_token")
    ]
    return [(HANDED_ON, page_before()), *fields]


def with_parts() -> bool:
    """Return whether the form was one that may bring files."""
    return request.mimetype == FORMS[1]


def send_again(*, signed_out: bool) -> str | None:
    """Return a page from which what was posted can be sent again, None where it is not kept.

    A form of a foreign page is not offered: who sends it again would act for that page.
    """
    if request.method != "POST" or not _is_for_a_person() or not _is_ours() or what_is_lost():
        return None
    fields = posted()
    texts = [value for name, value in fields if len(value) >= LONG and name != HANDED_ON]
    return render_template(
        "web/send_again.html",
        signed_out=signed_out,
        kept=fields,
        texts=texts,
        with_parts=with_parts(),
        back=page_before(),
    )


def _is_for_a_person() -> bool:
    """Return whether the answer is a page; scripts see to their own texts."""
    return "text/html" in request.headers.get("Accept", "")


def _is_ours() -> bool:
    """Return whether a form stood on a page of ours, as its browser says."""
    came_from = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(came_from).netloc == urlsplit(request.url).netloc
