"""`evaluator audit verify`."""

from __future__ import annotations

import re

import click

from evaluator import create_app
from evaluator.audit.verifying import End, end_of_log, verify
from evaluator.database import db, only_read

_END = re.compile(r"([0-9]{1,15}):([0-9a-f]{64})")


@click.group("audit")
def audit() -> None:
    """Look after the audit log."""


@audit.command("verify")
@click.option(
    "--known", metavar="NUMBER:DIGEST", help="An end of the log that was noted at an earlier time."
)
def verify_command(known: str | None) -> None:
    """Find any altered, removed or inserted line; exit code 1 where there is one."""
    noted = _noted(known) if known else None
    with create_app().app_context():
        only_read(db.session)
        end = end_of_log(db.session)
        found = 0
        for each in verify(db.session, noted):
            found += 1
            click.echo(f"第{each.number}行：{each.zh}。Line {each.number}: {each.en}.")
        db.session.close()
        db.engine.dispose()
    if found:
        click.echo(f"审计日志有{found}处问题。The log is broken in {found} place(s).", err=True)
        raise SystemExit(1)
    click.echo(f"审计日志完好，共{end.number}行。The log holds, {end.number} line(s).")
    click.echo(f"末尾 End: {end}")


def _noted(text: str) -> End:
    found = _END.fullmatch(text)
    if found is None:
        raise click.BadParameter(
            "write it as it was printed, such as 120:9f86…, with 64 digits after the colon.",
            param_hint="--known",
        )
    return End(int(found[1]), found[2])
