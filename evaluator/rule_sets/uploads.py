"""Uploaded YAML sorted out: which file is a rule set, what it extends, which cases test it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

from flask_babel import gettext

from evaluator.rule_sets.reading import CASES
from rules.loader import is_shared
from rules.problems import RuleErrors
from rules.yaml_reader import Mapping as Table
from rules.yaml_reader import Value, read_yaml

MOST_FILES = 30
MOST_BYTES = 400_000
"""Of one file; the reader of YAML has its own bounds on what a text expands to."""
MOST_BYTES_TOGETHER = 3_000_000
MOST_PARENTS = 8
_NAME = re.compile(r"[\w\-][\w.\- ]{0,99}\.ya?ml")
Upload = tuple[str, bytes]


class UploadProblem(Exception):
    """Files that cannot be taken; its words say which and why."""


@dataclass(frozen=True)
class Draft:
    """A rule set among uploaded files, with those that belong to it."""

    main: str
    files: Mapping[str, str]


def texts_of(uploads: Iterable[Upload]) -> dict[str, str]:
    """Return the texts of files by the name that each is stored under; raises UploadProblem.

    Case files that speak of `../NAME` stand in a folder of their own, as they do beside the rule
    sets of the program, and may so bear the name of the rule set that they test.
    """
    found: dict[str, str] = {}
    for given, content in _bounded(list(uploads)):
        name, text = plain_file_name(given), decoded(given, content)
        stored = (
            f"{CASES}/{name}" if str(_key(text, "rule_set", cases=True)).startswith("..") else name
        )
        if stored in found:
            raise UploadProblem(
                gettext("Two files are called %(name)s. Rename one of them.", name=name)
            )
        found[stored] = text
    return found


def drafts_among(files: Mapping[str, str]) -> list[Draft]:
    """Return each rule set of the files with what it extends and its cases."""
    mains = [name for name, text in files.items() if not _is_shared(text) and not is_cases(text)]
    if not mains:
        raise UploadProblem(
            gettext(
                "None of the files is a rule set: each is shared by others or holds cases. "
                "Choose the rule set that belongs to them as well."
            )
        )
    return [Draft(main, _belonging(main, files)) for main in mains]


def is_cases(text: str) -> bool:
    """Return whether a text holds cases rather than rules."""
    value = _read(text)
    return isinstance(value, Table) and "cases" in value


def plain_file_name(given: str) -> str:
    """Return the name of a file without folders; raises UploadProblem where it is no name."""
    name = PurePosixPath(given.replace("\\", "/")).name
    if not _NAME.fullmatch(name):
        raise UploadProblem(
            gettext(
                "“%(name)s” cannot be used as a name. Allowed are names such as community.yaml: "
                "letters, digits, - and _, ending in .yaml or .yml.",
                name=given,
            )
        )
    return name


def decoded(name: str, content: bytes) -> str:
    """Return the text of a file with plain line ends; raises UploadProblem where it is none."""
    if len(content) > MOST_BYTES:
        raise UploadProblem(
            gettext(
                "%(name)s is larger than %(most)s KB. Share parts by extends:, or shorten it.",
                name=name,
                most=MOST_BYTES // 1000,
            )
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadProblem(
            gettext("%(name)s is not UTF-8. Save it as UTF-8 and choose it again.", name=name)
        ) from None
    return plain_lines(text)


def plain_lines(text: str) -> str:
    """Return a text with the line ends of files; browsers send those of the network."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bounded(uploads: list[Upload]) -> list[Upload]:
    if not uploads:
        raise UploadProblem(gettext("Choose at least one file."))
    if len(uploads) > MOST_FILES:
        raise UploadProblem(gettext("Choose at most %(most)s files at once.", most=MOST_FILES))
    if sum(len(content) for _, content in uploads) > MOST_BYTES_TOGETHER:
        raise UploadProblem(
            gettext("The files are larger than 3 MB together. Choose fewer of them.")
        )
    return uploads


def _belonging(main: str, files: Mapping[str, str]) -> dict[str, str]:
    found = {main: files[main]}
    name: str = main
    for _ in range(MOST_PARENTS):
        name = _key(files[name], "extends")
        if name not in files or name in found:
            break
        found[name] = files[name]
    return found | {
        name: text
        for name, text in files.items()
        if PurePosixPath(_key(text, "rule_set", cases=True)).name == main
    }


def _key(text: str, key: str, cases: bool = False) -> str:
    """Return a text of the top of a file; of files with cases only where these are meant."""
    value = _read(text)
    found = value.get(key) if isinstance(value, Table) and ("cases" in value) is cases else None
    return found if isinstance(found, str) else ""


def _is_shared(text: str) -> bool:
    return is_shared(_read(text))


@lru_cache(128)
def _read(text: str) -> Value:
    """Return the values of a file; a broken one is a rule set that is to be mended."""
    try:
        return read_yaml(text)
    except RuleErrors:
        return None
