"""`evaluator certificates RESULTS --out FILE.pdf | --each DIR`."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click
import pyarrow as pa

from evaluator.results.parquet import read_results
from evaluator.results.rows import ResultRow
from reports.certificate import (
    Certificate,
    MissingGlyphs,
    OverlongTexts,
    write_certificates,
    write_each,
)

ISSUER = "中共示例区委组织部"
VERIFY = "https://verify.example.org/c/"


@click.command("certificates")
@click.argument("results", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="One document with all certificates.",
)
@click.option(
    "--each",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder with one document for each certificate.",
)
@click.option(
    "--issuer", help=f"Who awards the levels; the rule set says it, or else it is {ISSUER}."
)
@click.option(
    "--date",
    "award_date",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Date on the certificates; the day of the award where not given.",
)
@click.option(
    "--verify", default=VERIFY, show_default=True, help="Address before the token in the QR code."
)
def certificates(
    results: Path,
    out: Path | None,
    folder: Path | None,
    issuer: str | None,
    award_date: datetime.datetime | None,
    verify: str,
) -> None:
    """Print the certificates of a round from its results.parquet."""
    if (out is None) == (folder is None):
        raise click.UsageError("give exactly one of --out FILE.pdf and --each DIR.")
    day = award_date.date() if award_date else None
    try:
        awarded = [
            certificate_of(row, issuer, day, verify)
            for row in read_results(results)
            if row.certificate
        ]
        printed = _print(awarded, out, folder)
    except (KeyError, pa.ArrowException) as error:
        raise click.ClickException(
            f"{results} is no results.parquet of a round: {error}. It is "
            "written by `evaluator round`."
        ) from error
    except (MissingGlyphs, OverlongTexts, ValueError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{printed} certificate(s): {out or folder}")


def certificate_of(
    row: ResultRow, issuer: str | None, day: datetime.date | None, verify: str
) -> Certificate:
    """Return the certificate of one result."""
    return Certificate(
        organisation=row.name,
        level_zh=f"{row.level_zh}党组织",
        level_en=f"{row.level_en} Party Organisation",
        stars=row.stars,
        model=row.laurel,
        round_year=row.year,
        category_zh=row.category_zh,
        category_en=row.category_en,
        issuer=issuer or row.issuer or ISSUER,
        award_date=day or datetime.date.fromisoformat(row.award_date),
        serial=row.serial,
        token=row.token,
        verify_base=verify,
    )


def _print(awarded: list[Certificate], out: Path | None, folder: Path | None) -> int:
    if not awarded:
        raise click.ClickException("no organisation of these results has a certificate.")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        return len(write_each(awarded, folder))
    assert out is not None  # noqa: S101 - exactly one of both is given
    out.parent.mkdir(parents=True, exist_ok=True)
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("wb") as stream:
            printed = write_certificates(awarded, stream)
        os.replace(partial, out)
    finally:
        partial.unlink(missing_ok=True)
    return printed
