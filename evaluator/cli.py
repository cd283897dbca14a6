"""The command line: `evaluator rules …`, `evaluator score`, `evaluator round` and more.

A command's module is imported when the command is run, so that `rules check`, which editors and
hooks run all day, does not wait for what only reports and workbooks need.
"""

from __future__ import annotations

import importlib

import click

COMMANDS = {
    "accounts": ("evaluator.commands.accounts", "accounts"),
    "audit": ("evaluator.commands.audit", "audit"),
    "awards": ("evaluator.commands.awards", "awards"),
    "certificate-keys": ("evaluator.commands.certificate_keys", "certificate_keys"),
    "certificates": ("evaluator.commands.certificates", "certificates"),
    "database": ("evaluator.commands.database", "database"),
    "demonstration": ("evaluator.commands.demonstration", "demonstration"),
    "draw": ("evaluator.commands.draw", "draw"),
    "evidence": ("evaluator.commands.evidence", "evidence_command"),
    "letters": ("evaluator.commands.letters", "letters"),
    "round": ("evaluator.commands.round", "round_command"),
    "rules": ("evaluator.commands.rules", "rules"),
    "score": ("evaluator.commands.score", "score"),
    "sensitivity": ("evaluator.commands.sensitivity", "sensitivity_command"),
    "serve": ("evaluator.commands.serve", "serve"),
    "spark": ("evaluator.commands.spark", "spark_command"),
    "thresholds": ("evaluator.commands.thresholds", "thresholds_command"),
    "verify": ("evaluator.commands.verify", "verify_command"),
    "what-if": ("evaluator.commands.what_if", "what_if_command"),
    "workbook": ("evaluator.commands.workbook", "workbook"),
}


class LateCommands(click.Group):
    """Finds commands by name and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, for the help page."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101
        return command


@click.command(cls=LateCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="evaluator")
def main() -> None:
    """Rate grassroots party organisations by stars: rule sets, scores, certificates."""
