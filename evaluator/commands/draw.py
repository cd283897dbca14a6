"""`evaluator draw verify`."""

from __future__ import annotations

from pathlib import Path

import click

from evaluator.panels.lots import Unreadable, problems, read_file


@click.group("draw")
def draw() -> None:
    """Check how the order of a defence was drawn."""


@draw.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--known", default="", metavar="COMMITMENT", help="The commitment as noted before the lot."
)
def verify_command(file: Path, known: str) -> None:
    """Check the public FILE of a lot; exit code 1 where it does not hold."""
    try:
        lot = read_file(file.read_text(encoding="utf-8"))
    except (Unreadable, UnicodeDecodeError) as error:
        raise click.BadParameter(f"{file}: {error}", param_hint="FILE") from None
    found = problems(lot, known.strip())
    for zh, en in found:
        click.echo(f"{zh}。{en.capitalize()}.", err=True)
    if found:
        raise SystemExit(1)
    click.echo(f"抽签结果属实，共{len(lot.order)}个。The lot holds, {len(lot.order)} case(s).")
    for place, code in enumerate(lot.order, 1):
        click.echo(f"{place}\t{code}")
