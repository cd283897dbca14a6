"""The history of an organisation in words, without the names of what the reader may not see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from evaluator.organisations.catalogue import Catalogue
from evaluator.organisations.change_words import label_of, value_words
from evaluator.organisations.models import Organisation, OrganisationChange
from evaluator.organisations.words import CHANGES


@dataclass(frozen=True)
class Entry:
    """One change as it is shown: when, what, its particulars and why."""

    on: date
    what: str
    particulars: tuple[str, ...]
    reason: str


def numbers_in(changes: Iterable[OrganisationChange]) -> set[int]:
    """Return the numbers of all organisations that changes speak of."""
    return {number for change in changes for number in _numbers(change.details).values() if number}


def entries_of(
    changes: Iterable[OrganisationChange],
    organisation: Organisation,
    names: Mapping[int, str],
    known: Catalogue,
    language: str,
) -> list[Entry]:
    """Return changes in words; `names` holds what the reader may see, others stay unsaid."""
    words = _Words(organisation, names, known, language)
    return [
        Entry(each.on, _what(each, language), tuple(words.particulars(each.details)), each.reason)
        for each in changes
    ]


def _what(change: OrganisationChange, language: str) -> str:
    words = CHANGES.get(change.what)
    return words.say(language) if words else change.what


def _numbers(details: Mapping[str, Any]) -> dict[str, int]:
    """Return the organisations that details name, each by a key of its own."""
    found: dict[str, int] = {}
    for key in ("from", "to", "into"):
        given = details.get(key)
        several = given if isinstance(given, list) else [given]
        found |= {f"{key}{place}": each for place, each in enumerate(several) if each}
    return found


@dataclass(frozen=True)
class _Words:
    organisation: Organisation
    names: Mapping[int, str]
    known: Catalogue
    language: str

    def particulars(self, details: Mapping[str, Any]) -> list[str]:
        """Return what a change says beyond its kind."""
        if "after" in details:
            return [self._changed(name, details) for name in details["after"]]
        if "level" in details:
            level = self.known.level(self.organisation.category, details["level"], self.language)
            return [f"{details['year']}: {level}"]
        return [
            gettext("to %(name)s", name=self.names[number])
            if key.startswith(("to", "into"))
            else gettext("from %(name)s", name=self.names[number])
            for key, number in _numbers(details).items()
            if number in self.names
        ]

    def _changed(self, name: str, details: Mapping[str, Any]) -> str:
        about = self.organisation.category, self.known, self.language
        before = value_words(name, details.get("before", {}).get(name), *about)
        after = value_words(name, details["after"][name], *about)
        return f"{label_of(name, *about)}: {before} → {after}"
