"""`evaluator demonstration`: a district to try the service on, and how to sign in to it."""

from __future__ import annotations

import gc
import json
import os
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import func, select

from evaluator import create_app
from evaluator.access import Role
from evaluator.database import db, unit_of_work
from evaluator.demonstration.loading import Loaded, load
from evaluator.demonstration.people import NAMES, Person
from evaluator.migrations.running import upgrade
from evaluator.organisations.models import Organisation

SECOND_FACTOR = "evaluator demonstration code"


@click.group("demonstration")
def demonstration() -> None:
    """Try the service on the sample round, with a log-in for each role."""


@demonstration.command("load")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_command(workbook: Path) -> None:
    """Fill an empty database from WORKBOOK; one that holds a district is left as it is."""
    app = create_app()
    with app.app_context(), app.test_request_context():
        upgrade(db.engine)
        empty = not db.session.scalar(select(func.count()).select_from(Organisation))
        db.session.rollback()
        if empty:
            click.echo("正在载入示例数据，约需半分钟…… Loading the sample round.", err=True)
            # Everything made stays until the end: looking for what could go takes a tenth longer.
            gc.disable()
            with unit_of_work(db.session) as session:
                loaded = load(session, workbook)
            _keep(loaded)
        else:
            click.echo("数据库中已有党组织，未作改动。The database holds a district already; "
                       "nothing was changed.", err=True)  # fmt: skip
        _tell(_kept())


@demonstration.command("code")
def code_command() -> None:
    """Print the codes of the second factor that are good now."""
    app = create_app()
    with app.app_context():
        for person in _kept().people:
            if person.secret:
                click.echo(f"{person.login_name}: {person.code()}")


def _path() -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / "demonstration.json"


def _keep(loaded: Loaded) -> None:
    """Keep the log-ins for the next start, readable by their owner alone."""
    descriptor = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(loaded), file, ensure_ascii=False, indent=1)


def _kept() -> Loaded:
    if not _path().exists():
        return Loaded((), ())
    kept = json.loads(_path().read_text("utf-8"))
    people = [Person(**{**each, "role": Role(each["role"])}) for each in kept["people"]]
    return Loaded(people, kept["codes"])


def _tell(loaded: Loaded) -> None:
    for person in loaded.people:
        title = NAMES[person.role][1]
        factor = "  + 动态口令 code" if person.secret else ""
        click.echo(f"{title}  {person.login_name}  {person.password}{factor}  {person.place}")
    if any(person.secret for person in loaded.people):
        click.echo(f"动态口令用 `{SECOND_FACTOR}` 查看。The second factor: `{SECOND_FACTOR}`.")
    for code in loaded.codes[:1]:
        click.echo(f"党员群众测评，不用登录 Appraise without a log-in: /b/{code}")
