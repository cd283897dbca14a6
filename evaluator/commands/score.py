"""`evaluator score RULE_SET FACTS`: one organisation, explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from evaluator.commands.errors import checked_rule_set, refused
from evaluator.commands.table import print_report
from evaluator.facts_file import read_facts_file
from evaluator.scoring.explain import Scorer
from evaluator.scoring.first_pass import FirstPass
from evaluator.scoring.inputs import FactErrors, FactProblem, Organisation
from evaluator.scoring.levels import LevelRules
from evaluator.scoring.report import report, report_unrated
from rules.describe.words import Labels
from rules.problems import RuleErrors
from rules.syntax import RuleSet

FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("score")
@click.argument("rule_set", type=FILES)
@click.argument("facts", type=FILES)
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json"]),
    default="table",
    help="A table to read, or JSON with every number as a decimal string.",
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of a table.")
def score(rule_set: Path, facts: Path, output: str, lang: str) -> None:
    """Score one organisation and explain every point."""
    try:
        scored = score_file(checked_rule_set(rule_set), facts)
    except (RuleErrors, FactErrors) as error:
        raise refused(error, lang) from error
    if output == "json":
        click.echo(json.dumps(scored, ensure_ascii=False, indent=2))
    else:
        print_report(scored, lang)


def score_file(rule_set: RuleSet, facts: Path) -> dict[str, Any]:
    """Return the report of one facts file; raises RuleErrors and FactErrors."""
    given = read_facts_file(facts)
    _same_category(given.organisation, rule_set)
    scorer, levels = Scorer(rule_set), LevelRules(Labels(rule_set))
    inputs = scorer.read(given.organisation, given.facts)
    unrated = FirstPass(scorer, levels).not_rated(inputs)
    if unrated:
        return report_unrated(scorer.program, given.organisation, unrated, levels)
    assessment = scorer.explain(inputs, given.group, given.peers)
    return report(assessment, levels.decide(assessment), levels)


def _same_category(organisation: Organisation, rule_set: RuleSet) -> None:
    """Refuse an organisation that says it is rated by other rules."""
    if organisation.category not in ("", rule_set.category):
        found, wanted = organisation.category, rule_set.category
        problem = FactProblem(
            "category",
            f"该组织属“{found}”类，此规则集评定“{wanted}”类；请换用对应的规则集",
            f'found "{found}"; this rule set rates "{wanted}": take the rule set of its category',
        )
        raise FactErrors(organisation, [problem])
