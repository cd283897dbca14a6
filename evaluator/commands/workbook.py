"""`evaluator workbook RULES_DIR --out FILE.xlsx`: the template in which a round is filled in."""

from __future__ import annotations

from pathlib import Path

import click
from xlsxwriter.exceptions import FileCreateError

from evaluator.files import load_folder, write_workbook
from rules.problems import RuleErrors


@click.command()
@click.argument("rules_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The workbook to write, such as round.xlsx.",
)
def workbook(rules_dir: Path, out: Path) -> None:
    """Write an Excel template for the facts of a round, one sheet for each category."""
    if out.suffix.lower() != ".xlsx":
        raise click.ClickException(f'found "{out.name}"; a workbook ends in .xlsx: rename it.')
    try:
        rule_sets = load_folder(rules_dir)
        write_workbook(rule_sets, out)
    except RuleErrors as error:
        raise click.ClickException(str(error)) from error
    except FileCreateError as error:
        raise click.ClickException(f"{out} cannot be written: {error}.") from error
    click.echo(f"{out}: {len(rule_sets)} categories.")
