"""`evaluator certificate-keys district`: the district's own certificate for documents."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

_SETTINGS = ("SIGNING_FILE", "SIGNING_PASSPHRASE_FILE", "SIGNING_PLACE")
_SAID = {
    "good": "可以签名 good to sign with",
    "ends_soon": "可以签名，30天内过期 good to sign with, ends within 30 days",
    "ended": "已过期 has ended",
    "not_yet": "尚未生效 not good yet",
    "not_for_documents": "用途不包括文件签名 not issued for signing documents",
}


@click.command("district")
def district_command() -> None:
    """Show the certificate with which the district signs files, and whether it can be used.

    Exit code 0: files can be signed; 1: they cannot.
    """
    # What reads certificates takes a moment to load.
    from evaluator.certificates.signed.signatory import FIT, configured, fitness_at
    from evaluator.database import now
    from reports.certificate.signing_key import UnusableKey

    config = {name: os.environ.get(f"EVALUATOR_{name}", "") for name in _SETTINGS}
    if not config["SIGNING_FILE"]:
        raise click.ClickException(
            "未设置EVALUATOR_SIGNING_FILE。 EVALUATOR_SIGNING_FILE is not set."
        )
    try:
        found = configured(config)
    except UnusableKey as error:
        raise click.ClickException(str(error)) from error
    fitness = fitness_at(found, now())
    click.echo(f"签名人 Name: {found.name}")
    click.echo(f"签发机构 Issued by: {found.issuer}")
    click.echo(f"有效期 Good: {found.valid_from:%Y-%m-%d} – {found.valid_until:%Y-%m-%d}")
    click.echo(f"指纹 SHA-256: {found.fingerprint}")
    click.echo(_SAID[fitness])
    for file in _open_to_others(config):
        click.echo(f"{file}：其他用户可以读取，请执行chmod 600。 Others can read it: chmod 600.")
    raise SystemExit(0 if fitness in FIT else 1)


def _open_to_others(config: Mapping[str, str]) -> Iterator[Path]:
    for name in _SETTINGS[:2]:
        file = Path(config[name])
        if config[name] and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield file
