"""What published rule sets say of the register: categories, labels and types of attributes.

Rule sets stand above the register in the layers, so they hand it in: the subject that knows them
calls `describe_register_by` when the service is put together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from flask import Flask, current_app
from sqlalchemy.orm import Session

from evaluator.organisations.words import CATEGORIES, FIELDS
from rules.syntax import Fact, Words

_EXTENSION = "evaluator organisations catalogue"


@dataclass(frozen=True)
class Catalogue:
    """Categories by their titles; their attributes and levels as their rule sets define them."""

    categories: Mapping[str, Words] = field(default_factory=lambda: CATEGORIES)
    attributes: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    levels: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    facts: Mapping[str, Words] = field(default_factory=dict)
    """What facts and attributes are called, by their names, of whichever category they are."""
    indicators: Mapping[str, Words] = field(default_factory=dict)

    def title(self, category: str | None, language: str) -> str:
        """Return what a category is called; its own short name where nothing tells."""
        words = self.categories.get(category or "")
        return words.say(language) if words else category or ""

    def level(self, category: str | None, level: str, language: str) -> str:
        """Return what a level of a category is called."""
        words = self.levels.get(category or "", {}).get(level)
        return words.say(language) if words else level

    def attributes_of(self, category: str | None) -> Mapping[str, Fact]:
        """Return the attributes that the rule set of a category asks for."""
        return self.attributes.get(category or "", {})


Describe = Callable[[Session], Catalogue]


def describe_register_by(app: Flask, describe: Describe) -> None:
    """Let an app ask a subject above what the attributes of the register mean."""
    app.extensions[_EXTENSION] = describe


def catalogue(session: Session) -> Catalogue:
    """Return what is known of categories and attributes; plain titles where nothing is."""
    describe: Describe | None = current_app.extensions.get(_EXTENSION)
    if describe is None:
        return Catalogue()
    found = describe(session)
    return replace(found, attributes={name: _own(each) for name, each in found.attributes.items()})


def _own(attributes: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the attributes that the register does not keep as columns anyway."""
    return {
        name: fact
        for name, fact in attributes.items()
        if name not in FIELDS and fact.type not in ("events", "ratings")
    }
