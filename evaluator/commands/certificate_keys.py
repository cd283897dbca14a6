"""`evaluator certificate-keys list`, `rotate` and `district`."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from evaluator.commands.certificate_signatory import district_command
from evaluator.credentials.key_folder import read_keys, rotate
from evaluator.credentials.keys import PublicKey

_DAY = datetime.timedelta(days=1)
_SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


@click.group("certificate-keys")
def certificate_keys() -> None:
    """Look after the keys that sign certificates; they lie in the data folder."""


certificate_keys.add_command(district_command)


@certificate_keys.command("list")
def list_command() -> None:
    """List all keys that were ever in use, with the days on which they sign."""
    for key in read_keys(_folder()).public:
        click.echo(_line(key))


@certificate_keys.command("rotate")
@click.option(
    "--from",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The first day of the new key; tomorrow where not given.",
)
@click.option("--issuer", help="Who signs; the issuer of the newest key where not given.")
def rotate_command(day: datetime.datetime | None, issuer: str | None) -> None:
    """Make a new key; the one in use signs to the day before, and still verifies what it signed."""
    today = datetime.datetime.now(_SHANGHAI).date()
    first = day.date() if day else today + _DAY
    if first <= today:
        # What the former key signed today would be refused from now on.
        raise click.BadParameter(
            f"{first} is not after today; a key begins tomorrow at the earliest.\n"
            f"{first}不在今天之后，新密钥最早从明天起启用。",
            param_hint="--from",
        )
    known = read_keys(_folder()).public
    name = issuer if issuer is not None else known[-1].issuer if known else ""
    try:
        made = rotate(_folder(), first, name)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"新密钥 New key: {_line(made.known)}")


def _line(key: PublicKey) -> str:
    return f"{key.id.hex()}  {key.from_day} – {key.until_day or ''}  {key.issuer}".rstrip()


def _folder() -> Path:
    return Path(os.environ.get("EVALUATOR_DATA_FOLDER", "data")) / "certificate-keys"
