"""The details of an organisation that are edited, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from evaluator.database import now
from evaluator.organisations.catalogue import Catalogue
from evaluator.organisations.models import Kind, Organisation, Tier
from evaluator.organisations.pinyin import sort_key_of
from evaluator.organisations.tree import kind_mistake
from evaluator.organisations.values import stored_value
from evaluator.scoring.reading import Unreadable
from rules.syntax import Words

FIRST_DAY = date(1921, 7, 1)
MOST_MEMBERS = 100_000
LONGEST = 120
LONGEST_KEY = 7 * LONGEST
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_ZONE = ZoneInfo("Asia/Shanghai")


class Mistakes(Exception):
    """What is wrong with what was given, by field, in both languages."""

    def __init__(self, by_field: Mapping[str, Words]):
        super().__init__("; ".join(f"{key}: {words.en}" for key, words in by_field.items()))
        self.by_field = by_field


@dataclass(frozen=True)
class Details:
    """What can be edited of an organisation; an empty sort key is made from the name."""

    name: str
    kind: Kind
    category: str | None = None
    members: int = 0
    founded: date | None = None
    secretary: str = ""
    sort_key: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def completed(self) -> Details:
        """Return the details with their sort key, blanks around texts taken off."""
        name = self.name.strip()
        return replace(
            self,
            name=name,
            secretary=self.secretary.strip(),
            sort_key=self.sort_key.strip().lower() or sort_key_of(name),
            attributes=dict(self.attributes),
        )


def details_of(organisation: Organisation) -> Details:
    """Return the details that an organisation has now."""
    return Details(
        name=organisation.name,
        kind=organisation.kind,
        category=organisation.category,
        members=organisation.members,
        founded=organisation.founded,
        secretary=organisation.secretary,
        sort_key=organisation.sort_key,
        attributes=dict(organisation.attributes),
    )


def today() -> date:
    """Return this day where the district is."""
    return now().astimezone(_ZONE).date()


def code_mistake(code: str) -> Words | None:
    """Return what is wrong with a number of an organisation."""
    if _CODE.fullmatch(code):
        return None
    return Words(
        f"填写的是“{code}”，编号应为1至40位字母、数字或 . _ - ，并以字母或数字开头",
        f'found "{code}"; allowed are 1 to 40 letters, digits or . _ - , a letter or digit first',
    )


def detail_mistakes(details: Details, tier: Tier, known: Catalogue) -> dict[str, Words]:
    """Return what is wrong with completed details, by field; empty where nothing is."""
    found = {
        "name": _text_mistake(details.name, LONGEST),
        "sort_key": _text_mistake(details.sort_key, LONGEST_KEY),
        "secretary": _text_mistake(details.secretary or "—", LONGEST),
        "kind": kind_mistake(tier, details.kind),
        "category": _category_mistake(details.category, tier, known),
        "members": _members_mistake(details.members),
        "founded": day_mistake(details.founded, FIRST_DAY) if details.founded else None,
    }
    return {key: words for key, words in found.items() if words}


def read_attributes(
    raw: Mapping[str, object], category: str | None, known: Catalogue
) -> tuple[dict[str, Any], dict[str, Words]]:
    """Return attributes as they are stored, and what is wrong with them, by name.

    An attribute that no rule set of the category asks for is kept as the text that it is.
    """
    values: dict[str, Any] = {}
    mistakes: dict[str, Words] = {}
    facts = known.attributes_of(category)
    for name, value in raw.items():
        if value is None or value == "":
            continue
        try:
            values[name] = stored_value(facts[name], value) if name in facts else str(value)
        except Unreadable as error:
            mistakes[name] = Words(error.zh, error.en)
    return values, mistakes


def day_mistake(day: date, first: date, last: Callable[[], date] = today) -> Words | None:
    """Return why a day cannot be: before the first allowed one, or still to come."""
    if first <= day <= last():
        return None
    return Words(
        f"日期{day}不在{first}至{last()}之间；请改正",
        f"{day} is not between {first} and {last()}; mend the day",
    )


def _text_mistake(text: str, most: int) -> Words | None:
    if not text:
        return Words("不能为空；请填写", "is empty; give it a value")
    if len(text) > most:
        return Words(
            f"共{len(text)}字，最多{most}字；请缩短",
            f"has {len(text)} characters; allowed are {most}: shorten it",
        )
    if _CONTROL.search(text):
        return Words(
            "含有换行等不可见字符；请删去", "holds line breaks or invisible characters; remove them"
        )
    return None


def _category_mistake(category: str | None, tier: Tier, known: Catalogue) -> Words | None:
    if category is None:
        return None
    if tier is not Tier.BRANCH:
        return Words("只有基层党组织分类别；请清空", "only branches have a category; clear it")
    if category in known.categories:
        return None
    zh = "、".join(words.zh for words in known.categories.values())
    return Words(
        f"没有类别“{category}”，只能选：{zh}",
        f'"{category}" is no category; allowed are {", ".join(known.categories)}',
    )


def _members_mistake(members: int) -> Words | None:
    if 0 <= members <= MOST_MEMBERS:
        return None
    return Words(
        f"填写的是{members}，应在0至{MOST_MEMBERS}之间",
        f"found {members}; allowed is 0 to {MOST_MEMBERS}",
    )
