"""`evaluator rules schema | describe`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rules.describe.document import document
from rules.json_schema import json_schema
from rules.loader import load_rule_set
from rules.problems import RuleErrors
from rules.syntax import RuleSet

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", help="Chinese or English."
)


def read_or_exit(path: Path, code: int) -> RuleSet:
    """Return the rule set of a file; print its problems and exit where it cannot be read."""
    try:
        return load_rule_set(path)
    except RuleErrors as error:
        click.echo(str(error), err=True)
        raise SystemExit(code) from error


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of rule set files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@click.command("describe")
@click.argument("file", type=FILE)
@LANGUAGE
def describe_command(file: Path, language: str) -> None:
    """Print a rule set in plain words, as Markdown."""
    rule_set = read_or_exit(file, 1)
    try:
        click.echo(document(rule_set, language), nl=False)
    except RuleErrors as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error


COMMANDS = (schema_command, describe_command)
