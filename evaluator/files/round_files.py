"""A file of a whole round, whatever its kind, to submissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from evaluator.files.csv_reader import read_csv
from evaluator.files.event_rows import EventRows, events_fact_of
from evaluator.files.excel_reader import read_sheets
from evaluator.files.organisation_rows import OrganisationRows
from evaluator.files.parquet_reader import read_parquet
from evaluator.files.submissions import Submission, TableErrors, TableProblem, whole_file
from evaluator.files.tables import Table
from rules.problems import listed
from rules.syntax import RuleSet

_READERS: Mapping[str, Callable[[Path, Mapping[str, RuleSet]], list[Table]]] = {
    ".xlsx": read_sheets,
    ".csv": lambda path, _: [read_csv(path)],
    ".parquet": lambda path, _: [read_parquet(path)],
}


def read_round(path: Path, rule_sets: Mapping[str, RuleSet]) -> list[Submission]:
    """Return the submissions of a file in its order; raises TableErrors with all its flaws."""
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise whole_file(
            path,
            f"不支持“{path.suffix}”文件；请另存为.xlsx、.csv或.parquet",
            f'found "{path.suffix}"; allowed are {listed(_READERS)}: save it as one of them',
        )
    tables = read(path, rule_sets)
    events = {id(table): name for table in tables if (name := events_fact_of(table, rule_sets))}
    problems: list[TableProblem] = []
    seen: dict[str, str] = {}
    submissions = _organisations(
        [each for each in tables if each.keys and id(each) not in events], rule_sets, seen, problems
    )
    for table in tables:
        if id(table) in events and seen:
            rows = EventRows(table, events[id(table)], rule_sets, submissions, seen)
            submissions = _with_events(rows, submissions)
    problems = [each for table in tables for each in table.problems] + problems
    if not problems and not submissions:
        raise no_organisation(path)
    if problems:
        raise TableErrors(problems)
    return list(submissions.values())


def no_organisation(path: Path) -> TableErrors:
    """Return the error of a file without a single row."""
    return whole_file(
        path,
        "没有任何党组织；请至少填写一行",
        "holds no organisation; fill in at least one row",
    )


def _organisations(
    tables: list[Table],
    rule_sets: Mapping[str, RuleSet],
    seen: dict[str, str],
    problems: list[TableProblem],
) -> dict[str, Submission]:
    """Return the submissions of all tables by the number of the organisation."""
    found: dict[str, Submission] = {}
    for table in tables:
        try:
            for each in OrganisationRows(table, rule_sets, seen):
                found[each.organisation.id] = each
        except TableErrors as error:
            problems += error.problems
    return found


def _with_events(rows: EventRows, submissions: dict[str, Submission]) -> dict[str, Submission]:
    """Return the submissions with the events of one sheet; those without a row have none."""
    found, name = rows.read(), rows.name
    joined = {}
    for number, each in submissions.items():
        if number in found:
            before = each.facts.get(name, [])
            facts = {**each.facts, name: [*before, *found[number]]}  # type: ignore[misc]
            each = replace(each, facts=facts)
        joined[number] = each
    return joined


def is_columnar(path: Path) -> bool:
    """Return whether a file can be read part by part, whatever its size."""
    return path.suffix.lower() in (".csv", ".parquet")
