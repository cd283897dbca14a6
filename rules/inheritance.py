"""What `extends` means: a child laid over its parent.

Tables (facts, measures, levels, scale, …) are merged key by key. Lists whose items have an `id`
are merged item by item: an item with a known id changes the keys that it gives, others are added
at the end. Everything else the child gives replaces the parent's. `remove: [ids]` drops items and
facts of the parent.
"""

from __future__ import annotations

from rules.problems import Problem, RuleErrors, listed, nearest
from rules.yaml_reader import Mapping, Sequence, Text, Value

TABLES = frozenset({"facts", "measures", "levels", "scale", "period", "organisations"})
LISTS = frozenset(
    {
        "dimensions",
        "blocks",
        "indicators",
        "vetoes",
        "quotas",
        "from_low_to_high",
    }
)


def merged(parent: Mapping, child: Mapping) -> Mapping:
    """Return the child laid over the parent; raises RuleErrors for ids that are not there."""
    removed = _removed(child)
    unknown = removed - _names(parent)
    if unknown:
        place = child.keys_at["remove"]
        raise RuleErrors(
            [
                Problem(
                    place,
                    "remove",
                    f'"{name}" is not in the file that is extended; it has '
                    f"{listed(sorted(_names(parent)))}.{nearest(name, _names(parent))}",
                )
                for name in unknown
            ]
        )
    return _mapping(_without(parent, removed), child)


def _removed(child: Mapping) -> set[str]:
    removed = child.pop("remove", None)
    if removed is None:
        return set()
    if not isinstance(removed, Sequence) or not all(isinstance(each, Text) for each in removed):
        raise RuleErrors(
            [
                Problem(
                    child.keys_at["remove"],
                    "remove",
                    "allowed is a list of ids and names, such as [team, brand].",
                )
            ]
        )
    return {str(each) for each in removed}


def _mapping(parent: Mapping, child: Mapping) -> Mapping:
    result = Mapping(child.where)
    for source in (parent, child):
        for key, value in source.items():
            below = result.get(key)
            result[key] = _laid_over(key, below, value) if key in result else value
            result.keys_at[key] = source.keys_at[key]
    return result


def _laid_over(key: str, below: Value, value: Value) -> Value:
    if key in TABLES and isinstance(below, Mapping) and isinstance(value, Mapping):
        return _mapping(below, value)
    if key in LISTS and isinstance(below, Sequence) and isinstance(value, Sequence):
        return _list(below, value)
    return value


def _list(below: Sequence, value: Sequence) -> Sequence:
    result = Sequence(value.where)
    places: dict[str, int] = {}
    for source in (below, value):
        for item, where in zip(source, source.items_at, strict=True):
            name = _id(item)
            if name in places and source is value:
                known = result[places[name]]
                if isinstance(known, Mapping) and isinstance(item, Mapping):
                    result[places[name]] = _mapping(known, item)
                    result.items_at[places[name]] = where
                    continue
            if name:
                places[name] = len(result)
            result.append(item)
            result.items_at.append(where)
    return result


def _id(item: Value) -> str:
    found = item.get("id") if isinstance(item, Mapping) else None
    return str(found) if isinstance(found, Text) else ""


def _names(value: Value) -> set[str]:
    """Return every id and every fact or measure name in a tree."""
    found: set[str] = set()
    if isinstance(value, Mapping):
        found |= {_id(value)} - {""}
        for key, inner in value.items():
            if key in ("facts", "measures") and isinstance(inner, Mapping):
                found |= set(inner)
            else:
                found |= _names(inner)
    elif isinstance(value, Sequence):
        for inner in value:
            found |= _names(inner)
    return found


def _without(value: Mapping, gone: set[str]) -> Mapping:
    """Drop what is removed; the child may bring something new under the same name."""
    if not gone:
        return value
    result = Mapping(value.where)
    result.keys_at = value.keys_at
    for key, inner in value.items():
        if key in ("facts", "measures") and isinstance(inner, Mapping):
            table = Mapping(inner.where)
            table.keys_at = inner.keys_at
            table.update({name: node for name, node in inner.items() if name not in gone})
            result[key] = table
        elif isinstance(inner, Sequence):
            result[key] = _list_without(inner, gone)
        elif key in TABLES and isinstance(inner, Mapping):
            result[key] = _without(inner, gone)
        else:
            result[key] = inner
    return result


def _list_without(items: Sequence, gone: set[str]) -> Sequence:
    result = Sequence(items.where)
    for item, where in zip(items, items.items_at, strict=True):
        if _id(item) not in gone:
            result.append(_without(item, gone) if isinstance(item, Mapping) else item)
            result.items_at.append(where)
    return result
