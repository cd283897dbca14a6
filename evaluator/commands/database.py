"""`evaluator database`: the tables of the service brought to the version of the code."""

from __future__ import annotations

import click

from evaluator import create_app
from evaluator.database import db
from evaluator.migrations.running import differences, downgrade, upgrade


@click.group("database")
def database() -> None:
    """Bring the tables of the service to the version of the code, or back."""


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade_command(revision: str) -> None:
    """Bring the database to REVISION, the newest where none is given."""
    with create_app().app_context():
        upgrade(db.engine, revision)
    click.echo("数据库已是最新。The database is up to date.")


@database.command("downgrade")
@click.argument("revision")
def downgrade_command(revision: str) -> None:
    """Take the database back to REVISION; make a copy before."""
    with create_app().app_context():
        downgrade(db.engine, revision)
    click.echo(f"数据库已退回{revision}。The database is back at {revision}.")


@database.command("check")
def check_command() -> None:
    """Tell whether the tables are those of the code."""
    with create_app().app_context():
        found = differences(db.engine)
    for each in found:
        click.echo(str(each), err=True)
    if found:
        raise click.ClickException("the tables differ; run `evaluator database upgrade`")
    click.echo("表结构与程序一致。The tables are those of the code.")
