"""A what-if as files: a page to read, its picture, and the lists of who moves."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from evaluator.results.whole_file import whole_file
from evaluator.what_if.listing import losers, movers
from evaluator.what_if.picture import flow_of
from evaluator.what_if.spreadsheets import write_csv
from evaluator.what_if.study import Study
from evaluator.what_if.summary import Json, summary
from reports.flow import as_pdf, as_svg, without_head
from rules.numbers import decimal_text, read_points

LISTED = 100
"""So many organisations stand on the page; the files hold all."""
Names = tuple[str, str, str]
"""What both rule sets and the data are called."""


def write_what_if(study: Study, folder: Path, names: Names) -> None:
    """Write everything about a what-if into a folder, each file whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    found, losing = summary(study), losers(study)
    flow = flow_of(study.comparison.matrix, "规则调整前后的星级变化")
    _text(folder / "what-if.html", page(study, found, losing, names))
    _text(folder / "what-if.json", json.dumps(found, ensure_ascii=False, indent=1))
    _text(folder / "flow.svg", as_svg(flow))
    with whole_file(folder / "flow.pdf") as partial:
        partial.write_bytes(as_pdf(flow))
    write_csv(losing, folder / "losers.csv")
    write_csv(pa.Table.from_pylist(found["committees"]), folder / "committees.csv")
    for name, table in (("losers", losing), ("movers", movers(study))):
        with whole_file(folder / f"{name}.parquet") as partial:
            pq.write_table(table, partial)


def page(study: Study, found: Json, losing: pa.Table, names: Names) -> str:
    """Return the page of a what-if; it needs no script and no other file."""
    pictures = {
        name: _inline(study, name, f"flow-{number}") for number, name in enumerate(study.categories)
    }
    whole = flow_of(study.comparison.matrix, "规则调整前后的星级变化")
    return (
        environment()
        .get_template("what-if.html")
        .render(
            study=found,
            names=names,
            picture=without_head(as_svg(whole, "flow-all")),
            pictures=pictures,
            losers=losing.slice(0, LISTED).to_pylist(),
            losing=losing.num_rows,
            points=_points,
        )
    )


def environment() -> Environment:
    """Return the templates, which escape every value and share the look of all results."""
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("evaluator.what_if"), PackageLoader("evaluator.results")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _inline(study: Study, category: str, name: str) -> str:
    """Return the picture of one category as it stands in the page."""
    matrix = study.comparison.categories[category].matrix
    return without_head(as_svg(flow_of(matrix, study.title(category).zh), name))


def _points(total: Decimal | None) -> str:
    return "—" if total is None else decimal_text(read_points(f"{total:f}"))


def _text(path: Path, text: str) -> None:
    with whole_file(path) as partial:
        partial.write_text(text, "utf-8")
