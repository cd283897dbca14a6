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
from evaluator.results.whole_file import whole_file
from evaluator.scoring.assessment import Assessment
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.quotas import QuotaReport
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
            write_page(page, result, row, folder / names[row.id])
            written.add(names[row.id])
        advance(1)
    _remove_others(folder, written)
    write_index(_categories(outcome, rows, names), directory)


def write_index(categories: Sequence[Mapping[str, Any]], directory: Path) -> None:
    """Write the page that shows what the categories came to; `_categories` says what of each."""
    index = environment().get_template("index.html")
    page = index.render(categories=categories, status=STATUS_ZH)
    with whole_file(directory / "index.html") as partial:
        partial.write_text(page, encoding="utf-8")


def write_page(page: Template, result: Result, row: ResultRow, path: Path) -> None:
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
    return overview(rules, counts, outcome.quotas.get(name, [])) | {
        "rows": [
            {"row": row, "file": names[row.id] if result.assessment else ""}
            for result, row in members
        ]
    }


def overview(
    rules: LevelRules, counts: Mapping[str, int], quotas: Sequence[QuotaReport]
) -> dict[str, Any]:
    """Return what the index shows of a category beside its organisations.

    `counts` tells how many hold each level by its id, "" for those who are rated without one.
    """
    bars = [(level.title.zh, counts.get(level.id, 0)) for level in reversed(rules.levels)]
    bars.append(("未评星级", counts.get("", 0)))
    title = rules.rule_set.category_title or rules.rule_set.title
    return {
        "title": title.zh,
        "bars": bars,
        "most": max(count for _, count in bars) or 1,
        "note": "",
        "rows": [],
        "quotas": [
            {"title": rules.title(rules.index[each.quota.level]).zh, "report": each}
            for each in quotas
        ],
    }
