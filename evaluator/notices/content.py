"""What a notice says, as it is frozen: canonical JSON with a digest, read back by every page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from evaluator.audit.operations import canonical
from evaluator.notices.calendar import Day
from rules.syntax import Words


@dataclass(frozen=True)
class Plan:
    """What the organiser writes before anything is published."""

    title: str
    introduction: str
    office: str
    """Where objections are taken besides this page: post, telephone, hours."""
    working_days: int
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Level:
    """A level of a category as the notice calls it; no points stand anywhere on a notice."""

    id: str
    zh: str
    en: str
    stars: int

    @property
    def words(self) -> Words:
        """Return the title."""
        return Words(self.zh, self.en)


@dataclass(frozen=True)
class Category:
    """A category with its levels, the highest first, and whether objections to it need a name."""

    id: str
    zh: str
    en: str
    real_name: bool
    levels: tuple[Level, ...]

    @property
    def words(self) -> Words:
        """Return the title."""
        return Words(self.zh, self.en)


@dataclass(frozen=True)
class Name:
    """An organisation on the notice; `entry` is the number of its row."""

    entry: int
    name: str
    committee: str
    category: str
    level: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Content:
    """Everything that a notice says."""

    plan: Plan
    round: str
    published_at: datetime
    days: tuple[Day, ...]
    documents: tuple[str, ...]
    unpublished: tuple[int, ...]
    categories: tuple[Category, ...]
    names: tuple[Name, ...] = field(default=())

    def grouped(
        self, search: str = ""
    ) -> Iterator[tuple[Category, list[tuple[Level, list[Name]]]]]:
        """Yield each category with its levels and names; a search keeps names that hold it."""
        wanted = search.strip().casefold()
        for category in self.categories:
            found = [
                (level, [each for each in self._of(category, level) if _holds(each, wanted)])
                for level in category.levels
            ]
            if kept := [(level, names) for level, names in found if names]:
                yield category, kept

    def name(self, entry: int) -> Name | None:
        """Return what stands for an entry."""
        return next((each for each in self.names if each.entry == entry), None)

    def category_of(self, name: Name) -> Category:
        """Return the category of a name."""
        return next(each for each in self.categories if each.id == name.category)

    def level_of(self, name: Name) -> Level:
        """Return the level of a name."""
        return next(each for each in self.category_of(name).levels if each.id == name.level)

    def with_name(self, changed: Name) -> Content:
        """Return the content with one name put differently."""
        names = tuple(changed if each.entry == changed.entry else each for each in self.names)
        return replace(self, names=names)

    def _of(self, category: Category, level: Level) -> Iterator[Name]:
        return (
            each for each in self.names if (each.category, each.level) == (category.id, level.id)
        )


def text_of(content: Content | Plan) -> str:
    """Return the one spelling of what a notice says."""
    return canonical(asdict(content))


def digest_of(text: str) -> str:
    """Return the digest by which everybody can tell that a notice is unaltered."""
    return sha256(text.encode()).hexdigest()


def plan_in(text: str) -> Plan:
    """Return what the organiser has written so far."""
    return _plan(json.loads(text))


def content_in(text: str) -> Content:
    """Return what a published notice says."""
    read: dict[str, Any] = json.loads(text)
    return Content(
        plan=_plan(read["plan"]),
        round=read["round"],
        published_at=datetime.fromisoformat(read["published_at"]),
        days=tuple(
            Day(date.fromisoformat(each["day"]), each["works"], each["holiday"])
            for each in read["days"]
        ),
        documents=tuple(read["documents"]),
        unpublished=tuple(read["unpublished"]),
        categories=tuple(_category(each) for each in read["categories"]),
        names=tuple(Name(**each) for each in read["names"]),
    )


def _plan(read: Mapping[str, Any]) -> Plan:
    return Plan(**{**read, "categories": tuple(read["categories"])})


def _category(read: Mapping[str, Any]) -> Category:
    return Category(**{**read, "levels": tuple(Level(**each) for each in read["levels"])})


def _holds(name: Name, wanted: str) -> bool:
    return wanted in name.name.casefold() or wanted in name.committee.casefold()
