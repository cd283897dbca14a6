"""What a row of an uploaded register would do, in words: each value as it is and as it would be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluator.organisations.catalogue import Catalogue
from evaluator.organisations.models import Kind
from evaluator.organisations.proposals import Proposal
from evaluator.organisations.values import shown_value
from evaluator.organisations.words import FIELDS, KINDS

NOTHING = "—"
_ATTRIBUTES = "attributes."


@dataclass(frozen=True)
class Change:
    """One value that would change."""

    label: str
    before: str
    after: str


def changes_in(
    proposal: Proposal, names: Mapping[int, str], known: Catalogue, language: str
) -> list[Change]:
    """Return the changes of a row; `names` are those of the organisations that the reader sees."""
    category = proposal.details.category
    changes = [
        Change(
            label_of(name, category, known, language),
            value_words(name, proposal.before.get(name), category, known, language),
            value_words(name, proposal.after[name], category, known, language),
        )
        for name in proposal.after
    ]
    organisation, parent = proposal.organisation, proposal.parent
    if proposal.moves and organisation is not None and parent is not None:
        before = names.get(organisation.parent_id or 0, NOTHING)
        changes.append(Change(FIELDS["parent_name"].say(language), before, parent.name))
    if proposal.level is not None:
        year, level = proposal.level
        words = f"{known.level(category, level, language)} · {year}"
        changes.append(Change(FIELDS["previous_level"].say(language), NOTHING, words))
    return changes


def label_of(name: str, category: str | None, known: Catalogue, language: str) -> str:
    """Return what a value is called, by its name in the history and the audit log."""
    if name.startswith(_ATTRIBUTES):
        attribute = name.removeprefix(_ATTRIBUTES)
        fact = known.attributes_of(category).get(attribute)
        return fact.label.say(language) if fact else attribute
    return FIELDS[name].say(language) if name in FIELDS else name


def value_words(
    name: str, value: Any, category: str | None, known: Catalogue, language: str
) -> str:
    """Return a value of the history in words."""
    if value is None or value == "":
        return NOTHING
    if name == "kind":
        return KINDS[Kind(value)].say(language)
    if name == "category":
        return known.title(value, language)
    if not name.startswith(_ATTRIBUTES):
        return str(value)
    fact = known.attributes_of(category).get(name.removeprefix(_ATTRIBUTES))
    return shown_value(fact, value, language)
