"""What kind of flaw a problem of a rule set is, in the words of the pages."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

TITLES: dict[str, LazyString] = {
    "alternative": lazy_gettext("Alternatives do not fit together"),
    "anchors": lazy_gettext("Anchors of a judgement"),
    "band-gap": lazy_gettext("Bands with a gap or an overlap"),
    "band-order": lazy_gettext("Bands out of order"),
    "bounds": lazy_gettext("Bounds of a value"),
    "cases": lazy_gettext("A file of cases"),
    "ceiling": lazy_gettext("The ceiling of the total"),
    "circle": lazy_gettext("Names that refer to each other"),
    "composition": lazy_gettext("How the total is composed"),
    "count-once": lazy_gettext("Counting once"),
    "counted-twice": lazy_gettext("Counted twice"),
    "dates": lazy_gettext("Wrong dates"),
    "deduct-in-deduction": lazy_gettext("Deducting in a deduction block"),
    "division": lazy_gettext("Division by what may be zero"),
    "duplicate-id": lazy_gettext("The same id twice"),
    "duplicate-key": lazy_gettext("The same key twice"),
    "empty": lazy_gettext("Something is empty"),
    "encoding": lazy_gettext("Encoding of the file"),
    "extends": lazy_gettext("What the file extends"),
    "fact-key": lazy_gettext("A key that does not fit the fact"),
    "fields": lazy_gettext("Columns of events"),
    "file": lazy_gettext("The file cannot be read"),
    "founded": lazy_gettext("The founding day"),
    "ignored-key": lazy_gettext("A key without effect"),
    "key": lazy_gettext("A wrong key"),
    "list": lazy_gettext("A list is expected"),
    "merge-key": lazy_gettext("Merge keys"),
    "missing-key": lazy_gettext("A key is missing"),
    "name": lazy_gettext("A wrong name"),
    "never": lazy_gettext("A step that never decides"),
    "notice": lazy_gettext("The public notice"),
    "number": lazy_gettext("A wrong number"),
    "one-way": lazy_gettext("Exactly one way is needed"),
    "option": lazy_gettext("A wrong option"),
    "options": lazy_gettext("Options of a choice"),
    "otherwise": lazy_gettext("What else holds"),
    "overflow": lazy_gettext("Numbers grow too large"),
    "percent": lazy_gettext("A wrong percentage"),
    "points": lazy_gettext("Wrong points"),
    "remove": lazy_gettext("What is removed"),
    "reserved-name": lazy_gettext("A reserved name"),
    "share": lazy_gettext("A wrong share"),
    "sign": lazy_gettext("Plus or minus"),
    "sum": lazy_gettext("Sums do not agree"),
    "table": lazy_gettext("A mapping is expected"),
    "tag": lazy_gettext("A tag"),
    "too-deep": lazy_gettext("Nested too deeply"),
    "too-large": lazy_gettext("Too large"),
    "type": lazy_gettext("The wrong kind of value"),
    "unknown-key": lazy_gettext("An unknown key"),
    "unknown-name": lazy_gettext("An unknown name"),
    "unreachable": lazy_gettext("Something nobody can reach"),
    "unused": lazy_gettext("A fact that nothing uses"),
    "yaml": lazy_gettext("Not valid YAML"),
}
OTHER = lazy_gettext("Something is wrong")


def problem_title(code: str) -> LazyString:
    """Return the kind of flaw that a code stands for."""
    return TITLES.get(code, OTHER)
