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
from evaluator.demonstration.calendar import Step
from evaluator.demonstration.loading import Loaded, load
from evaluator.demonstration.people import CHAIR, NAMES, Person
from evaluator.migrations.running import upgrade
from evaluator.organisations.models import Organisation

STEPS = {
    Step.REVIEW: ("初审", "committee review"),
    Step.DEFENCE: ("答辩", "defence"),
    Step.DECISION: ("审定", "decision"),
    Step.NOTICE: ("公示", "public notice"),
    Step.AWARD: ("命名", "award"),
}
SECOND_FACTOR = "evaluator demonstration code"


@click.group("demonstration")
def demonstration() -> None:
    """Try the service on the sample round, with a log-in for each role."""


@demonstration.command("load")
@click.argument("workbook", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--step",
    type=click.Choice([each.value for each in Step]),
    default=Step.REVIEW.value,
    show_default=True,
    help="从哪一步开始试用；之前各步均已办完。Where the round begins; all before it is done.",
)
def load_command(workbook: Path, step: str) -> None:
    """Fill an empty database from WORKBOOK; one that holds a district is left as it is."""
    app = create_app()
    with app.app_context(), app.test_request_context():
        upgrade(db.engine)
        empty = not db.session.scalar(select(func.count()).select_from(Organisation))
        db.session.rollback()
        if empty:
            _load(workbook, Step(step))
        else:
            _say_what_is_there(Step(step))
        _tell(_kept())


def _load(workbook: Path, step: Step) -> None:
    click.echo(
        f"正在载入示例数据（{STEPS[step][0]}），约需半分钟…… "
        f"Loading the sample round ({STEPS[step][1]}).",
        err=True,
    )
    # Everything made stays until the end: looking for what could go takes a tenth longer.
    gc.disable()
    with unit_of_work(db.session) as session:
        loaded = load(
            session, workbook, step, tell=lambda words: click.echo(f"· {words}", err=True)
        )
    _keep(loaded)


def _tell_part(words: str) -> None:
    click.echo(f"· {words}", err=True)


def _say_what_is_there(wanted: Step) -> None:
    """Say that nothing was changed, at which step the demonstration is, and how to begin anew."""
    kept, folder = _kept(), current_app.config["DATA_FOLDER"]
    click.echo("数据库中已有党组织，未作改动。The database holds a district already; "
               "nothing was changed.", err=True)  # fmt: skip
    if not kept.people:
        return
    chinese, english = STEPS[kept.step]
    click.echo(
        f"示例从“{chinese}”（{kept.step}）开始。The demonstration was begun at: {english}.",
        err=True,
    )
    if wanted is not kept.step:
        click.echo(
            f"要从“{STEPS[wanted][0]}”重新开始，请先删除 {folder}，再运行 make run STEP={wanted}。"
            f"To begin anew at {wanted}, delete {folder} and run make run STEP={wanted}.",
            err=True,
        )


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
        return Loaded(Step.REVIEW, (), ())
    kept = json.loads(_path().read_text("utf-8"))
    people = [
        Person(**{"name": NAMES[Role(each["role"])][1], **each, "role": Role(each["role"])})
        for each in kept["people"]
    ]
    # What an older version kept says neither a step nor the names of people.
    step = Step(kept.get("step", Step.REVIEW))
    return Loaded(step, people, kept["codes"], kept.get("objections", ()))


def _title(person: Person) -> str:
    """Return as what somebody signs in, with the name of those of whom there are several."""
    title = NAMES[person.role][1]
    if person.login_name == CHAIR:
        title = "评审组组长"
    return person.name if person.name.startswith(title) else f"{title} {person.name}"


def _tell(loaded: Loaded) -> None:
    for person in loaded.people:
        factor = "  + 动态口令 code" if person.secret else ""
        click.echo(
            f"{_title(person)}  {person.login_name}  {person.password}{factor}  {person.place}"
        )
    if any(person.secret for person in loaded.people):
        click.echo(f"动态口令用 `{SECOND_FACTOR}` 查看。The second factor: `{SECOND_FACTOR}`.")
    for code in loaded.codes[:1]:
        click.echo(f"党员群众测评，不用登录 Appraise without a log-in: /b/{code}")
    for code in loaded.objections:
        click.echo(f"查询异议处理情况，不用登录 Follow an objection without a log-in: "
                   f"/notice/objection  {code}")  # fmt: skip
