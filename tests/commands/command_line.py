"""Runs commands in this process, as a shell would."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from evaluator.cli import main

RULES = Path(__file__).parent / "rules"
BRANCH = RULES / "branch.yaml"
FACTS = """\
organisation: {name: 甲支部, id: a1}
facts: {elected: true, meetings: 10, satisfaction: 90%, violations: 0,
        taste: {value: 4, reason: 有特色}}
"""


def run(*arguments: object) -> Result:
    """Return what a command printed and its exit code; an exception that escapes is a failure."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result
