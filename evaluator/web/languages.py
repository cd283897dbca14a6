"""The two languages of the pages: Chinese first, English complete.

Messages are written in English in the code. Each subject keeps their Chinese beside it, in
`evaluator/SUBJECT/zh.po`; the catalogues are read when the service starts, nothing is compiled
beforehand. A test fails where a message has no Chinese.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup

from evaluator.precedence import PRECEDENCE

LANGUAGES = ("zh", "en")
PROGRAMS = "/api/v1/"
_ENGLISH = NullTranslations()
ROOTS = tuple(Path(__file__).parents[2] / name for name in ("evaluator", "forms"))


def language() -> str:
    """Return the language of this request, `zh` or `en`, as `Words.say` takes it."""
    # A page asks hundreds of times; the text of a locale would be put together each time.
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def say(message: str, **values: object) -> Markup:
    """Return a message for a page; the values in it are escaped.

    It is what `_` means in templates. Jinja's own goes through three calls that look for the
    language of the request again, and a page says some 150 messages. At each of them it lets saves
    go first.
    """
    PRECEDENCE.give_way()
    said = Markup(_translations().gettext(message))  # noqa: S704 # our own words
    return said % values if "%" in said else said


def set_up_languages(app: Flask) -> None:
    """Let the pages of an app speak the language that their reader chose."""
    babel = Babel(app, locale_selector=_choose)
    babel.domain_instance = _Catalogues()
    app.jinja_env.globals.update(language=language, _=say)


def catalogue_files() -> list[Path]:
    """Return every file with Chinese messages."""
    return sorted(path for root in ROOTS for path in root.rglob("zh.po"))


class _Catalogues(Domain):  # type: ignore[misc] # the package is not typed
    """The messages of all subjects."""

    def get_translations(self) -> NullTranslations:
        return _translations()


def _translations() -> NullTranslations:
    return _chinese() if language() == "zh" else _ENGLISH


@cache
def _chinese() -> Translations:
    everything = Catalog(locale="zh")
    for path in catalogue_files():
        with path.open("rb") as file:
            for message in read_po(file, locale="zh"):
                if message.id:
                    everything[message.id] = message
    compiled = BytesIO()
    write_mo(compiled, everything)
    compiled.seek(0)
    return Translations(compiled)


def _choose() -> str:
    """Return the language asked for in a cookie, else the account's; Chinese where none is said.

    Programs have neither: they say it with each request.
    """
    if request and request.path.startswith(PROGRAMS):
        return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]
    chosen = request.cookies.get("language", "") if request else ""
    if chosen in LANGUAGES:
        return chosen
    sign_in = g.get("sign_in")
    return sign_in.account.language if sign_in else LANGUAGES[0]
