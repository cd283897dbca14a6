"""The command line: `evaluator rules …`, `evaluator score`, `evaluator round` and more."""

from __future__ import annotations

import click

from evaluator.commands.rules import rules


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="evaluator")
def main() -> None:
    """Rate grassroots party organisations by stars: rule sets, scores, certificates."""


main.add_command(rules)
