"""Every message of the pages has its Chinese, in one wording, and no wording is left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from factories import ROOT

from evaluator.web.languages import catalogue_files

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
METHODS = {".py": "python", ".html": "jinja2.ext.babel_extract", ".js": "javascript"}


def messages_of(path: Path) -> Iterator[str]:
    """Yield the messages that a source file asks for."""
    method = METHODS[path.suffix]
    for _line, message, _comments, _context in extract_from_file(method, path, KEYWORDS):
        yield message if isinstance(message, str) else message[0]


def asked() -> dict[str, set[str]]:
    """Return every message of the code with the files that ask for it."""
    found: dict[str, set[str]] = defaultdict(set)
    for folder in ("evaluator", "forms"):
        for suffix in (".py", ".html"):
            for path in sorted((ROOT / folder).rglob(f"*{suffix}")):
                for message in messages_of(path):
                    found[message].add(str(path.relative_to(ROOT)))
    return found


def translated() -> dict[str, dict[str, str]]:
    """Return the Chinese of every message, by the catalogue that holds it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in catalogue_files():
        with path.open("rb") as file:
            for message in read_po(file, locale="zh"):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string if isinstance(message.string, str) else message.string[0]
                    found[key][str(path.relative_to(ROOT))] = text
    return found


def test_every_message_has_chinese() -> None:
    chinese = translated()
    missing = {
        message: sorted(files)
        for message, files in asked().items()
        if not any(chinese.get(message, {}).values())
    }
    assert missing == {}


def test_no_chinese_is_left_of_messages_that_are_gone() -> None:
    needed = asked()
    left = {key: sorted(files) for key, files in translated().items() if key not in needed}
    assert left == {}


def test_a_message_has_one_wording() -> None:
    several = {key: files for key, files in translated().items() if len(set(files.values())) > 1}
    assert several == {}


def test_placeholders_are_those_of_the_message() -> None:
    import re

    pattern = re.compile(r"%\((\w+)\)[sd]")
    different = {
        key: text
        for key, files in translated().items()
        for text in files.values()
        if set(pattern.findall(key)) != set(pattern.findall(text))
    }
    assert different == {}
