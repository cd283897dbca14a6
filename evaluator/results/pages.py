"""Explanations as files: a JSON report and a page to read for each organisation, and an index."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evaluator.results.rows import STATUS_ZH, ResultRow
from evaluator.scoring.assessment import Assessment
from evaluator.scoring.report import report
from evaluator.scoring.round import Result, RoundResult


def environment() -> Environment:
    """Return the templates, which escape every value."""
    return Environment(
        loader=PackageLoader("evaluator.results"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def file_names(identifiers: Iterable[str]) -> dict[str, str]:
    """Return a name for each organisation's id that is safe in every file system, and its alone.

    An id that has to be changed, or differs from another in its capitals only, gets a digest.
    """
    every = list(identifiers)
    shared = Counter(_safe(each).casefold() for each in every)
    return {
        each: _safe(each)
        if _safe(each) == each and shared[each.casefold()] == 1
        else f"{_safe(each)}-{hashlib.sha256(each.encode()).hexdigest()[:8]}"
        for each in every
    }


def _safe(identifier: str) -> str:
    return re.sub(r"[^\w.-]", "_", identifier).lstrip(".") or "_"


def write_pages(
    outcome: RoundResult,
    rows: Sequence[ResultRow],
    directory: Path,
    advance: Callable[[int], object] = lambda steps: None,
) -> None:
    """Write an explanation for each organisation that was scored, and the index of all.

    `advance` is told of each organisation that is done.
    """
    folder = directory / "explanations"
    folder.mkdir(parents=True, exist_ok=True)
    templates = environment()
    page = templates.get_template("explanation.html")
    names = file_names(row.id for row in rows)
    written = set()
    for result, row in zip(outcome.results, rows, strict=True):
        if result.assessment and result.decision:
            _write_page(page, result, row, folder / names[row.id])
            written.add(names[row.id])
        advance(1)
    _remove_others(folder, written)
    index = templates.get_template("index.html")
    (directory / "index.html").write_text(
        index.render(categories=_categories(outcome, rows, names), status=STATUS_ZH),
        encoding="utf-8",
    )


def _write_page(page: Template, result: Result, row: ResultRow, path: Path) -> None:
    """Write the report of one organisation, as JSON and as a page."""
    assert result.assessment and result.decision  # noqa: S101, PT018 - asked by the caller
    explained = report(result.assessment, result.decision, result.category.levels)
    facts, shares = _facts(explained), _shares(result.assessment)
    Path(f"{path}.json").write_text(json.dumps(explained, ensure_ascii=False), encoding="utf-8")
    Path(f"{path}.html").write_text(
        page.render(report=explained, row=row, facts=facts, shares=shares), encoding="utf-8"
    )


def _remove_others(folder: Path, written: set[str]) -> None:
    """Remove explanations of an earlier run: of whoever is not scored any more."""
    for path in folder.iterdir():
        if path.suffix in (".html", ".json") and path.stem not in written:
            path.unlink()


def _facts(explained: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every fact once, for the list at the end of a page."""
    return {
        fact["id"]: fact for indicator in explained["indicators"] for fact in indicator["facts"]
    }


def _shares(assessment: Assessment) -> dict[str, int]:
    """Return for each dimension how much of its points was won, in whole percent, as a bar."""
    dimensions = assessment.program.rule_set.dimensions
    return {
        each.id: max(100 * assessment.value("dimension", each.id) // each.points, 0)
        for each in dimensions
    }


def _categories(
    outcome: RoundResult, rows: Sequence[ResultRow], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return what the index shows of each category: its levels, its quotas, its organisations."""
    found: dict[str, list[tuple[Result, ResultRow]]] = {}
    for result, row in zip(outcome.results, rows, strict=True):
        found.setdefault(row.category, []).append((result, row))
    return [_category(name, members, outcome, names) for name, members in found.items()]


def _category(
    name: str,
    members: list[tuple[Result, ResultRow]],
    outcome: RoundResult,
    names: Mapping[str, str],
) -> dict[str, Any]:
    rules = members[0][0].category.levels
    counts = Counter(row.level for _, row in members if row.status in ("rated", "unrated"))
    order = [*reversed(rules.levels)]
    bars = [(level.title.zh, counts[level.id]) for level in order]
    bars.append(("未评星级", counts[""]))
    return {
        "title": members[0][1].category_zh,
        "bars": bars,
        "most": max(count for _, count in bars) or 1,
        "rows": [
            {"row": row, "file": names[row.id] if result.assessment else ""}
            for result, row in members
        ],
        "quotas": [
            {"title": rules.title(rules.index[each.quota.level]).zh, "report": each}
            for each in outcome.quotas.get(name, [])
        ],
    }
