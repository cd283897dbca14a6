"""`evaluator sensitivity RULES DATA`: which indicator decides most levels, which never matters."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evaluator.commands.stage_bars import StageBars
from evaluator.files import TableErrors
from evaluator.results.whole_file import whole_file
from evaluator.what_if.categories import read_categories
from evaluator.what_if.influence_page import page
from evaluator.what_if.influences import Json, influences
from evaluator.what_if.names import called
from rules.problems import RuleErrors

RULES = click.Path(exists=True, path_type=Path)
DATA = click.Path(exists=True, dir_okay=False, path_type=Path)
_BAR = 20


@click.command("sensitivity")
@click.argument("rules", type=RULES)
@click.argument("data", type=DATA)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for sensitivity.html and sensitivity.json.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def sensitivity_command(rules: Path, data: Path, out: Path | None, as_json: bool) -> None:
    """Rank indicators by how many levels they decide.

    Each indicator is taken to be full, then to be nothing, all else being as it is. Levels are
    those before quotas: bands, gates, direct awards, caps, single steps and vetoes.
    """
    bars = StageBars()
    try:
        categories = read_categories(rules, data, bars.begin)
        found = [influences(each, bars.begin) for each in categories]
        bars.done()
    except (RuleErrors, TableErrors) as error:
        raise click.ClickException(str(error)) from error
    finally:
        bars.end()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for each in found:
            _show(each)
    if out:
        _write(found, out, (called(rules), data.name))


def _show(category: Json) -> None:
    title, rated = category["title"]["zh"], category["rated"]
    click.echo(f"{title}：参加评定{rated}个。名额之前的星级；满分则升、零分则降的党组织数：")
    most = max((each["decides"] for each in category["indicators"]), default=0) or 1
    for each in category["indicators"]:
        bar = "█" * (-(-_BAR * each["decides"] // most))
        click.echo(
            f"  {each['decides']:>7}  升{each['rises']:>7}  降{each['falls']:>7}  "
            f"{bar:<{_BAR}} {each['title']['zh']}"
        )
    never = [each["title"]["zh"] for each in category["indicators"] if not each["decides"]]
    if never:
        click.echo(f"  不影响任何星级：{'、'.join(never)}")
    if category["unread"]:
        click.echo(f"  另有{category['unread']}个的数据无法读取，未计入。")


def _write(found: list[Json], out: Path, names: tuple[str, str]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in (
            ("sensitivity.json", json.dumps(found, ensure_ascii=False, indent=1)),
            ("sensitivity.html", page(found, names)),
        ):
            with whole_file(out / name) as partial:
                partial.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"cannot write to {out}: {error}") from error
    click.echo(f"排序与图：{out / 'sensitivity.html'}", err=True)
