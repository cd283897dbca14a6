"""What a browser sent: the whole form of a part, or the changed fields alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from evaluator.applications.parts import Part
from evaluator.applications.ready import Ready
from evaluator.applications.typed import LONGEST, Typed, Value
from evaluator.web.errors import Refusal
from evaluator.web.wording import gettext
from forms.facts import draft_form

_MOST_ROWS = 1_000
Posted = MultiDict[str, str]


def typed_in_form(ready: Ready, part: Part, posted: Posted) -> dict[str, Typed]:
    """Return what a posted form says of the facts of a part.

    Beside the field `f-NAME` there are its reason `r-NAME`, the mark of what was shown `w-NAME`,
    and after a conflict the choice `c-NAME`: `theirs`, or `mine:` with the mark of theirs.
    """
    names = [each for each in ready.rule_set.facts if each in part.owns and f"w-{each}" in posted]
    kept = without_row(posted, posted.get("remove", ""))
    form = draft_form(ready.rule_set, names, posted=kept)
    confirmed = _confirmed(part, posted)
    found = {}
    for name in names:
        choice, was = posted.get(f"c-{name}", ""), posted[f"w-{name}"]
        if choice == "theirs":
            continue
        was = choice.removeprefix("mine:") or was
        reason = posted.get(f"r-{name}", "")
        found[name] = _checked(Typed(form[name].data, reason, was, name in confirmed))
    return found


def without_row(posted: Posted, removed: str) -> Posted:
    """Return a posted form without the row of a list, named `FACT-ROW`, that is to go."""
    if not removed:
        return posted
    start = f"f-{removed}-"
    return MultiDict(
        (key, value) for key, value in posted.items(multi=True) if not key.startswith(start)
    )


def _confirmed(part: Part, posted: Posted) -> set[str]:
    """Return the facts that are confirmed: one, or all of an indicator."""
    whole = posted.get("confirm_indicator", "")
    places = (place.here for place in part.places if place.indicator.id == whole)
    return {posted.get("confirm", ""), *(name for names in places for name in names)}


def typed_in_json(sent: Any) -> dict[str, Typed]:
    """Return what a script sent: `{"part": ID, "facts": {NAME: {value, reason, was}}}`."""
    facts = sent.get("facts") if isinstance(sent, Mapping) and "part" in sent else None
    if not isinstance(facts, Mapping):
        raise _unreadable()
    return {str(name): _typed(each) for name, each in facts.items()}


def _typed(sent: Any) -> Typed:
    if not isinstance(sent, Mapping):
        raise _unreadable()
    value, reason, was = sent.get("value"), sent.get("reason") or "", sent.get("was") or ""
    if not isinstance(reason, str) or not isinstance(was, str):
        raise _unreadable()
    return _checked(Typed(_value(value), reason, was, sent.get("confirmed") is True))


def _value(sent: Any) -> Value:
    if sent is None or isinstance(sent, str):
        return sent
    if not isinstance(sent, list) or not all(map(_is_row, sent)):
        raise _unreadable()
    return sent


def _is_row(sent: Any) -> bool:
    return isinstance(sent, dict) and all(isinstance(each, str) for each in sent.values())


def _checked(typed: Typed) -> Typed:
    """Return what was typed; raises Refusal where it is longer than can be kept."""
    rows = typed.value if isinstance(typed.value, list) else [{"": typed.value or ""}]
    texts: Iterable[str] = (each for row in rows for each in row.values())
    if len(rows) > _MOST_ROWS or any(len(each) > LONGEST for each in (*texts, typed.reason)):
        words = gettext(
            "A text is too long: %(characters)s characters fit into a field, %(rows)s rows into "
            "a list.",
            characters=LONGEST,
            rows=_MOST_ROWS,
        )
        raise Refusal(words, 400)
    return typed


def _unreadable() -> Refusal:
    return Refusal(gettext("This request could not be read"), 400)
