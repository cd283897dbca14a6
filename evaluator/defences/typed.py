"""What a panellist typed into a sheet, field by field, and the marks by which two devices notice.

A field is `before-FACT`, `after-FACT`, `reason` or `note`. What is kept of a second score is empty
as long as it follows the first one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluator.defences.models import ScoreSheet
from evaluator.defences.rubric import Criterion
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext

BEFORE, AFTER = "before-", "after-"
WORDS = ("reason", "note")
LONGEST = {"reason": 2_000, "note": 10_000}
LONGEST_NUMBER = 40


@dataclass(frozen=True)
class Typed:
    """What was typed into a field; `was` is the mark of what the page had shown."""

    value: str
    was: str = ""


def field_names(rubric: Iterable[Criterion]) -> list[str]:
    """Return the fields of a sheet in order."""
    scores = [start + each.name for each in rubric for start in (BEFORE, AFTER)]
    return [*scores, *WORDS]


def kept(sheet: ScoreSheet | None, name: str) -> str:
    """Return what is kept of a field."""
    if sheet is None:
        return ""
    if name in WORDS:
        return str(getattr(sheet, name))
    if name.startswith(BEFORE):
        return str(sheet.before.get(name.removeprefix(BEFORE), ""))
    return str(sheet.after.get(name.removeprefix(AFTER), ""))


def shown(sheet: ScoreSheet | None, name: str) -> str:
    """Return what a field shows: a second score begins as the first."""
    value = kept(sheet, name)
    if not value and name.startswith(AFTER):
        return kept(sheet, BEFORE + name.removeprefix(AFTER))
    return value


def mark(sheet: ScoreSheet | None, name: str) -> str:
    """Return what tells one state of a field from another: what is kept, and what is shown."""
    return f"{digest(kept(sheet, name))}-{digest(shown(sheet, name))}"


def digest(value: str) -> str:
    """Return a short word for a value."""
    return hashlib.sha256(value.encode()).hexdigest()[:16]


def typed_in_form(posted: Mapping[str, str], names: Iterable[str]) -> dict[str, Typed]:
    """Return what a posted form says: `NAME`, its mark `w-NAME`, a choice `c-NAME` of a conflict.

    A choice is `theirs`, or `mine:` with the mark of theirs.
    """
    found = {}
    for name in names:
        choice = posted.get(f"c-{name}", "")
        if name in posted and choice != "theirs":
            was = choice.removeprefix("mine:") or posted.get(f"w-{name}", "")
            found[name] = _checked(name, posted[name], was)
    return found


def typed_in_json(sent: Any, names: Iterable[str]) -> dict[str, Typed]:
    """Return what a script sent: `{"facts": {NAME: {value, was}}}`."""
    fields = sent.get("facts") if isinstance(sent, Mapping) else None
    if not isinstance(fields, Mapping):
        raise _unreadable()
    known = set(names)
    return {name: _field(name, each) for name, each in fields.items() if name in known}


def _field(name: str, sent: Any) -> Typed:
    value = sent.get("value") if isinstance(sent, Mapping) else None
    was = sent.get("was") if isinstance(sent, Mapping) else None
    if not isinstance(value, str) or not isinstance(was, str):
        raise _unreadable()
    return _checked(name, value, was)


def _checked(name: str, sent: str, was: str) -> Typed:
    # A form ends lines in another way than a script does.
    value, most = sent.replace("\r\n", "\n").strip(), LONGEST.get(name, LONGEST_NUMBER)
    if len(value) > most:
        raise Refusal(gettext("A field holds %(count)s characters at most.", count=most))
    if "\x00" in value:
        raise _unreadable()
    return Typed(value, was)


def _unreadable() -> Refusal:
    return Refusal(gettext("What was sent cannot be read. Load the page again."))
