"""Errors as a user of the command line reads them."""

from __future__ import annotations

from pathlib import Path

import click

from evaluator.scoring.inputs import FactErrors
from rules.checks import check
from rules.loader import load_rule_set
from rules.problems import RuleErrors
from rules.syntax import RuleSet


def checked_rule_set(path: Path) -> RuleSet:
    """Return the rule set of a file; raises RuleErrors also for what is well-formed but wrong."""
    rule_set = load_rule_set(path)
    problems = check(rule_set)
    if problems:
        raise RuleErrors(problems)
    return rule_set


def refused(error: RuleErrors | FactErrors, language: str = "zh") -> click.ClickException:
    """Return the error that ends a command with exit code 1."""
    if isinstance(error, RuleErrors):
        return click.ClickException(str(error))
    return click.ClickException(facts_message(error, language))


def facts_message(error: FactErrors, language: str) -> str:
    """Return what is wrong with the facts of one organisation, a line for each fact."""
    name = error.organisation.name or error.organisation.id
    lines = [
        f"{name}：{each.fact}：{each.zh}。"
        if language == "zh"
        else f"{name}: {each.fact}: {each.en}."
        for each in error.problems
    ]
    return "\n".join(lines)


def refused_exception(count: int) -> click.ClickException:
    """Return the error that ends a round in which facts were refused."""
    return click.ClickException(
        f"{count} organisation(s) have facts that cannot be used; nothing was "
        "written. Mend them, or score the others with --skip-refused."
    )
