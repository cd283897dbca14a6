"""`evaluator rules check | test | schema | describe | diff`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from evaluator.commands import describe
from evaluator.rule_cases import score_cases
from rules.checks import check
from rules.loader import is_shared, load_rule_set, read_file
from rules.problems import Problem, RuleErrors
from rules.testing import is_case_file, run_cases

PATHS = click.Path(exists=True, path_type=Path)


@click.group()
def rules() -> None:
    """Check, test, describe and compare rule sets."""


for command in describe.COMMANDS:
    rules.add_command(command)


def yaml_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files as given, and every YAML file of folders, in a fixed order."""
    for path in paths:
        if path.is_dir():
            yield from sorted([*path.rglob("*.yaml"), *path.rglob("*.yml")])
        else:
            yield path


def problems_of(path: Path) -> tuple[list[Problem], bool]:
    """Return the problems of one file, and whether it was a rule set at all."""
    try:
        value = read_file(path)
        if is_shared(value) or is_case_file(path):
            return [], False
        return check(load_rule_set(path)), True
    except RuleErrors as error:
        return error.problems, True


@rules.command("check")
@click.argument("paths", nargs=-1, required=True, type=PATHS)
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How problems are printed.",
)
def check_command(paths: tuple[Path, ...], output: str) -> None:
    """Report everything that is wrong with rule sets; exit 1 where something is."""
    found: list[Problem] = []
    checked = 0
    for path in yaml_files(paths):
        problems, is_rule_set = problems_of(path)
        checked += is_rule_set
        found += problems
    if output == "json":
        click.echo(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=2))
    else:
        for each in found:
            click.echo(str(each))
        click.echo(f"{checked} rule set(s) checked, {len(found)} error(s).", err=bool(found))
    if found or not checked:
        raise SystemExit(1)


@rules.command("test")
@click.argument("paths", nargs=-1, type=PATHS)
def test_command(paths: tuple[Path, ...]) -> None:
    """Run the YAML cases beside rule sets; exit 1 where one fails."""
    passed = failed = 0
    for path in yaml_files(paths or (Path("rules"),)):
        try:
            if not is_case_file(path):
                continue
            results = run_cases(path, score_cases)
        except RuleErrors as error:
            click.echo(str(error))
            failed += 1
            continue
        for result in results:
            for difference in result.differences:
                click.echo(f"{result.case.where}: {result.case.name}: {difference}")
            failed += bool(result.differences)
            passed += not result.differences
    click.echo(f"{passed} case(s) passed, {failed} failed.")
    if not passed and not failed:
        click.echo("No case file was found: name the file that holds `cases:`, or its folder.")
    if failed or not passed:
        raise SystemExit(1)
