"""`evaluator rules schema`."""

from __future__ import annotations

import json

import click

from rules.json_schema import json_schema


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of rule set files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


COMMANDS = (schema_command,)
