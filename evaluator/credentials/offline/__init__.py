"""The page that verifies tokens without the network: one file with the published keys in it."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from evaluator.credentials.keys import PublicKey, published
from evaluator.credentials.usual_words import CATEGORIES, LEVELS, WORDS
from evaluator.credentials.words import FACTS, NOT_REVOKED, OFFLINE_STATES, STATES

FILE_NAME = "certificate-verifier.html"


def offline_page(keys: Iterable[PublicKey], nonce: str = "") -> str:
    """Return the page; the nonce is that of an answer's policy, none for a file to keep.

    Its own policy lets nothing be loaded or sent, from wherever the page is opened. A server that
    lets people use the camera must say so itself: `Permissions-Policy: camera=(self)`.
    """
    script, style = _text("verify.js"), _text("verify.css")
    mark = f' nonce="{html.escape(nonce)}"' if nonce else ""
    parts = {
        "policy": _policy(script, style),
        "nonce": mark,
        "style": style,
        "script": script,
        "data": _data(keys),
        "not_revoked": f"{NOT_REVOKED[0]}。",
        "not_revoked_en": f"{NOT_REVOKED[1]}.",
    }
    pieces = _text("page.html").split("{{ ")
    named = (piece.partition(" }}") for piece in pieces[1:])
    return pieces[0] + "".join(parts[name] + rest for name, _, rest in named)


def _policy(script: str, style: str) -> str:
    # Only the page's own script and style, known by their digests: a file has no nonce to check.
    return f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'"


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _data(keys: Iterable[PublicKey]) -> str:
    document = {
        "keys": published(keys),
        "words": WORDS,
        "levels": LEVELS,
        "categories": CATEGORIES,
        "facts": dict(FACTS),
        "states": {state.value: words for state, words in STATES.items()} | dict(OFFLINE_STATES),
    }
    # A name in a key must not be able to end the script that it stands in.
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _text(name: str) -> str:
    return (files(__package__) / "static" / name).read_text("utf-8")
