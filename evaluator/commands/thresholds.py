"""`evaluator thresholds RULES DATA --target LEVEL=SHARE`: bands that meet population targets."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import click

from evaluator.commands.stage_bars import StageBars
from evaluator.files import TableErrors
from evaluator.what_if.categories import Ready, read_categories
from evaluator.what_if.proposals import Json, proposal
from evaluator.what_if.thresholds import Target, own_targets
from rules.numbers import NotANumber, read_number, read_points
from rules.problems import RuleErrors, listed, nearest

RULES = click.Path(exists=True, path_type=Path)
DATA = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("thresholds")
@click.argument("rules", type=RULES)
@click.argument("data", type=DATA)
@click.option(
    "--target",
    "targets",
    multiple=True,
    metavar="LEVEL=SHARE",
    help="Share of the rated at this level or above, such as five_star=10%; the rule set's own "
    "quotas of kind target where none is given.",
)
@click.option("--step", default="0.5", help="Bands begin at multiples of so many points.")
@click.option(
    "--quotas", is_flag=True, help="Show as well what is left after quotas, bands being moved."
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def thresholds_command(
    rules: Path, data: Path, targets: tuple[str, ...], step: str, quotas: bool, as_json: bool
) -> None:
    """Search for bands that come closest to shares of the rated at a level or above.

    Gates, direct awards, caps, single steps and vetoes stay as they are; quotas are not applied.
    """
    wanted, width = [_target(each) for each in targets], _step(step)
    bars = StageBars()
    try:
        found = [
            proposal(each, _targets_of(each, wanted), width, quotas)
            for each in read_categories(rules, data, bars.begin)
        ]
        bars.done()
    except (RuleErrors, TableErrors) as error:
        raise click.ClickException(str(error)) from error
    finally:
        bars.end()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for each in found:
        _show(each)


def _target(text: str) -> Target:
    level, _, share = text.partition("=")
    try:
        found = read_number(share)
    except NotANumber:
        found = Fraction(-1)
    if not level or not 0 <= found <= 1:
        raise click.BadParameter(
            f'found "{text}"; allowed is a level and a share from 0% to 100%, such as '
            "five_star=10%.",
            param_hint="--target",
        )
    return Target(level.strip(), found)


def _step(text: str) -> int:
    try:
        found = int(read_points(text))
    except NotANumber:
        found = 0
    if found <= 0:
        raise click.BadParameter(
            f'found "{text}"; allowed are points above 0, such as 0.5.', param_hint="--step"
        )
    return found


def _targets_of(ready: Ready, wanted: list[Target]) -> list[Target]:
    levels = [each.id for each in ready.rule_set.levels.from_low_to_high]
    for each in wanted:
        if each.level not in levels:
            raise click.BadParameter(
                f'found "{each.level}"; levels of "{ready.rule_set.category}" are '
                f"{listed(levels)}.{nearest(each.level, levels)}",
                param_hint="--target",
            )
    return wanted or own_targets(ready.rule_set)


def _show(found: Json) -> None:
    click.echo(f"{found['title']['zh']}：参加评定{found['rated']}个；不计名额。")
    if not found["levels"]:
        click.echo("  规则集没有“目标”名额；请用 --target 给出，如 --target five_star=10%。")
    for each in found["levels"]:
        what = "" if each["alone"] else "及以上"
        click.echo(
            f"  {each['title']['zh']}{what}目标{each['share']}：{each['before']}分 → "
            f"{each['at_least']}分，达到{each['count']}个（{each['reached']}）"
        )
        for word, side in (("低一档", each["lower"]), ("高一档", each["higher"])):
            if side:
                click.echo(
                    f"    {word}{side['at_least']}分：{side['count']}个（{side['reached']}）"
                )
        if not each["can_be_met"]:
            click.echo(f"    {each['why']['zh']}")
        if each["after_quotas"] is not None:
            click.echo(f"    名额之后：{each['after_quotas']}个")
    if found["yaml"]:
        others = f"；原写在{'、'.join(found['inherited_from'])}，改那里则影响继承它的各类别"
        click.echo(
            f"  写入{found['file']}（只改动本类别{others if found['inherited_from'] else ''}）："
        )
        click.echo("\n".join(f"    {line}" for line in found["yaml"]))
