"""The passes over a file: every part is read once a pass, for all categories in it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from evaluator.files.columnar import Findings, Part, RoundParts
from evaluator.scale.checkpoints import Checkpoints
from evaluator.scale.result_tables import Identity
from evaluator.scoring.columnar.columns import Columns
from evaluator.scoring.columnar.engine import Engine
from evaluator.scoring.columnar.tables import Tables
from evaluator.scoring.columnar.works import Passes, Work

Advance = Callable[[int], object]
"""Is told of the rows that were read."""

Progress = Callable[[str, int], Advance]
"""Begins a stage of so many rows, and returns what is to be told of each step forward."""

Made = TypeVar("Made")


def columns_of(part: Part) -> dict[str, Columns]:
    """Return the columns of each category, with those refused whose facts could not be read."""
    return {
        category: dataclasses.replace(
            members.columns, refused=members.refused if members.refused.any() else None
        )
        for category, members in part.categories.items()
    }


def ahead(make: Callable[[int], Made], numbers: Sequence[int]) -> Iterator[Made]:
    """Yield what is made of each number, each made while the one before it is used."""
    with ThreadPoolExecutor(1) as making:
        waiting = [making.submit(make, number) for number in numbers[:1]]
        for following in numbers[1:]:
            made = waiting.pop().result()
            waiting.append(making.submit(make, following))
            yield made
        yield from (each.result() for each in waiting)


def compare(
    file: RoundParts, engines: Mapping[str, Engine], progress: Progress
) -> dict[str, Tables]:
    """Return the tables of each category, after as many passes as the one in most need takes.

    Raises TableErrors where anything in the file is wrong.
    """
    running = {category: engine.passes() for category, engine in engines.items()}
    tables: dict[str, Tables] = {}
    works = {category: work for category in running if (work := _next(category, running, tables))}
    while works:
        found = _one_pass(file, engines, works, progress("Comparing", file.rows))
        works = {
            category: work
            for category in works
            if (work := _next(category, running, tables, found[category]))
        }
    return tables


def _next(
    category: str,
    running: Mapping[str, Passes],
    tables: dict[str, Tables],
    found: list[Any] | None = None,
) -> Work | None:
    """Return the next work of a category; where there is none, note its tables."""
    passes = running[category]
    if found == []:
        tables[category] = Tables()  # the file holds nobody of this category
        return None
    try:
        return next(passes) if found is None else passes.send(found)
    except StopIteration as ended:
        tables[category] = ended.value
        return None


def _one_pass(
    file: RoundParts, engines: Mapping[str, Engine], works: Mapping[str, Work], advance: Advance
) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {category: [] for category in works}
    findings = Findings(file)
    for part in ahead(file.read, range(len(file))):
        findings.add(part)
        for category, columns in columns_of(part).items():
            if category in works:
                found[category].append(works[category](engines[category], columns))
        advance(part.size)
        if part.flaws.ended:
            break
    findings.finish()
    return found


def decide(
    file: RoundParts,
    engines: Mapping[str, Engine],
    tables: Mapping[str, Tables],
    kept: Checkpoints,
    advance: Advance,
) -> None:
    """Score every part that is not on disk yet; raises TableErrors where the file is wrong."""
    findings = Findings(file)
    waiting = []
    for number in range(len(file)):
        if kept.has(number):
            found = kept.found(number)
            findings.add_good(number, int(found["size"]), found["hashes"])
            advance(int(found["size"]))
        else:
            waiting.append(number)
    for part in ahead(file.read, waiting):
        findings.add(part)
        if part.flaws.is_none:
            _decide_one(part, engines, tables, kept)
        advance(part.size)
        if part.flaws.ended:
            break
    findings.finish()


def _decide_one(
    part: Part, engines: Mapping[str, Engine], tables: Mapping[str, Tables], kept: Checkpoints
) -> None:
    members = {
        category: (_identity(part, category), engines[category].decide(columns, tables[category]))
        for category, columns in columns_of(part).items()
    }
    kept.save(part.number, members, size=part.size, hashes=part.hashes)


def _identity(part: Part, category: str) -> Identity:
    found = part.categories[category]
    names = found.committee.dictionary_decode()
    return Identity(found.rows, found.id, found.name, names, found.columns.previous)
