"""What keeps an application from being submitted, each with the way to its field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from evaluator.applications.draft import Draft, Flaw
from evaluator.applications.wording import flaw_words


@dataclass(frozen=True)
class Entry:
    """One thing to see to: what is wrong with which fact, and where it is asked."""

    part: str
    group: str
    title: str
    label: str
    words: str
    anchor: str


def checklist(draft: Draft, language: str) -> list[Entry]:
    """Return everything that the branch has to see to before it can submit."""
    labels = draft.ready.labels
    return [
        Entry(
            each.part.id,
            each.part.title.say(language),
            each.place.indicator.title.say(language) if each.place else "",
            labels.plain(each.name, language),
            draft.problems[each.name].say(language)
            if each.flaw is Flaw.UNREADABLE
            else flaw_words(each.flaw),
            f"fact-{each.name}",
        )
        for each in draft.open()
    ]


def by_part(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Return entries by the title of their part, in the order of the page."""
    return [(title, list(each)) for title, each in groupby(entries, key=lambda entry: entry.group)]
