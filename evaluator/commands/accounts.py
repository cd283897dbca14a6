"""`evaluator accounts create-administrator | reset-password`."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator import create_app
from evaluator.access import Actor, Role
from evaluator.accounts.operations import (
    UnusableLoginName,
    create_account,
    remove_second_factor,
    reset_password,
)
from evaluator.accounts.passwords import WeakPassword
from evaluator.accounts.signing_in import find_by_login_name
from evaluator.database import db, unit_of_work
from evaluator.organisations.details import Details, Mistakes
from evaluator.organisations.models import Kind, Organisation
from evaluator.organisations.operations import create

ACTOR = "command line"


@click.group("accounts")
def accounts() -> None:
    """Look after accounts where no administrator can sign in."""


@accounts.command("create-administrator")
@click.argument("login_name")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--organisation", metavar="CODE", help="Where the role holds; the district if not.")
@click.option("--district", metavar="NAME", help="Enter the district first, in an empty register.")
@click.option("--ask", is_flag=True, help="Ask for a password instead of making a one-time one.")
def create_administrator(
    login_name: str, name: str, organisation: str | None, district: str | None, ask: bool
) -> None:
    """Make an account with the role of administrator, such as the first one of all."""
    password = (
        click.prompt("密码 Password", hide_input=True, confirmation_prompt=True) if ask else ""
    )
    actor = Actor.system(ACTOR)
    with create_app().app_context(), unit_of_work(db.session) as session:
        place = _place(session, actor, organisation, district)
        try:
            account, kept = create_account(
                session,
                actor,
                login_name=login_name,
                name=name,
                role=Role.ADMINISTRATOR,
                organisation=place,
                password=password,
            )
        except (UnusableLoginName, WeakPassword) as error:
            raise click.ClickException(str(error)) from error
        said = f"{account.login_name} · {place.name}"
    click.echo(f"已建立系统管理员账号。Made the administrator: {said}")
    if not password:
        _tell(kept)


@accounts.command("reset-password")
@click.argument("login_name")
@click.option("--second-factor", is_flag=True, help="Remove the second factor as well.")
def reset_password_command(login_name: str, second_factor: bool) -> None:
    """Give an account a new one-time password; all its sessions end."""
    actor = Actor.system(ACTOR)
    with create_app().app_context(), unit_of_work(db.session) as session:
        account = find_by_login_name(session, login_name)
        if account is None:
            raise click.ClickException(f"没有此账号 There is no account {login_name}.")
        if second_factor:
            remove_second_factor(session, actor, account=account)
        password = reset_password(session, actor, account=account)
    _tell(password)


def _tell(password: str) -> None:
    click.echo(f"初始密码（首次登录须修改）One-time password: {password}")


def _place(session: Session, actor: Actor, code: str | None, district: str | None) -> Organisation:
    """Return the organisation at which the role holds."""
    roots = list(session.scalars(select(Organisation).where(Organisation.parent_id.is_(None))))
    if district is not None:
        if roots:
            raise click.ClickException(f"已有 There is a district already: {roots[0].name}.")
        return _enter_district(session, actor, code or "DISTRICT", district)
    if code is None and len(roots) == 1:
        return roots[0]
    if code is None:
        raise click.ClickException(
            "尚无区级党组织，请加 --district 名称；有多个时请加 --organisation 编码。"
            "Without a district give --district NAME; with several give --organisation CODE."
        )
    found = session.scalars(select(Organisation).where(Organisation.code == code)).one_or_none()
    if found is None:
        raise click.ClickException(f"没有编码为{code}的党组织。There is no organisation {code}.")
    return found


def _enter_district(session: Session, actor: Actor, code: str, name: str) -> Organisation:
    details = Details(name=name, kind=Kind.WORKING_COMMITTEE)
    try:
        return create(session, actor, code=code, parent=None, details=details)
    except Mistakes as error:
        words = "; ".join(f"{each.zh} {each.en}" for each in error.by_field.values())
        raise click.ClickException(words) from error
