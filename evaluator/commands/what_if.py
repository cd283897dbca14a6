"""`evaluator what-if RULES_A RULES_B DATA`: who rises and falls if the rules are changed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evaluator.commands.stage_bars import StageBars
from evaluator.commands.what_if_text import lines
from evaluator.files import TableErrors
from evaluator.what_if.files import write_what_if
from evaluator.what_if.names import both_called
from evaluator.what_if.reading import read_study
from evaluator.what_if.study import Study
from evaluator.what_if.summary import summary
from rules.problems import RuleErrors

RULES = click.Path(exists=True, path_type=Path)
DATA = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("what-if")
@click.argument("rules_a", type=RULES)
@click.argument("rules_b", type=RULES)
@click.argument("data", type=DATA)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for what-if.html, flow.svg, losers.csv and more.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def what_if_command(
    rules_a: Path, rules_b: Path, data: Path, out: Path | None, as_json: bool
) -> None:
    """Compare a round under RULES_A with the same round under RULES_B.

    Both are a folder of rule sets, as for a round, or one file of one category. DATA is a workbook,
    CSV or Parquet file of a round. Nothing is decided or changed.
    """
    bars = StageBars()
    try:
        study = read_study(rules_a, rules_b, data, bars.begin)
        bars.done()
        found = summary(study)
        click.echo(
            json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(lines(found))
        )
        if out:
            _write(study, out, (*both_called(rules_a, rules_b), data.name), quiet=as_json)
    except (RuleErrors, TableErrors) as error:
        raise click.ClickException(str(error)) from error
    finally:
        bars.end()


def _write(study: Study, out: Path, names: tuple[str, str, str], quiet: bool) -> None:
    try:
        write_what_if(study, out, names)
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {error}") from error
    if not quiet:
        click.echo(f"说明与名单：{out / 'what-if.html'}")
