"""`evaluator rules schema | describe | diff`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from rules.describe.document import document
from rules.diff import Change, compare
from rules.json_schema import json_schema
from rules.loader import load_rule_set
from rules.lowering import lower
from rules.problems import RuleErrors
from rules.syntax import RuleSet

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LANGUAGE = click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]), default="zh", help="Chinese or English."
)


def read_or_exit(path: Path, code: int) -> RuleSet:
    """Return the rule set of a file; print its problems and exit where it means nothing."""
    try:
        rule_set = load_rule_set(path)
        lower(rule_set)
        return rule_set
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
    click.echo(document(read_or_exit(file, 1), language), nl=False)


@click.command("diff")
@click.argument("old", type=FILE)
@click.argument("new", type=FILE)
@LANGUAGE
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How changes are printed.",
)
def diff_command(old: Path, new: Path, language: str, output: str) -> None:
    """Say what changed in meaning; exit 0 for nothing, 1 for something, 2 in trouble."""
    before, after = read_or_exit(old, 2), read_or_exit(new, 2)
    changes = compare(before, after)
    if output == "json":
        found = [each.as_json(language) for each in changes]
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        print_changes(changes, language)
    raise SystemExit(1 if changes else 0)


def print_changes(changes: list[Change], language: str) -> None:
    """Print changes as text, and how many there are."""
    for change in changes:
        for line in change.lines(language):
            click.echo(line)
    if changes:
        click.echo(
            f"共{len(changes)}处变化。" if language == "zh" else f"{len(changes)} change(s)."
        )
    else:
        click.echo("含义没有变化。" if language == "zh" else "No change in meaning.")


COMMANDS = (schema_command, describe_command, diff_command)
