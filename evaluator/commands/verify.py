"""`evaluator verify FILE.pdf|PICTURE|TOKEN [--keys keys.json]`."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import click

from evaluator.commands.verify_lines import Findings
from evaluator.commands.verify_signatures import UnreadableRoots, say_signatures
from evaluator.credentials.doubts import doubts
from evaluator.credentials.keys import PublicKey, read_published
from evaluator.credentials.pictures import Unreadable, codes_of_picture
from evaluator.credentials.serials import is_well_formed, normal
from evaluator.credentials.tokens import token_of, verify

_FIRST_BYTES = b"%PDF-"
_LIKE_A_FILE = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp")


@click.command("verify")
@click.argument("what", metavar="FILE|TOKEN")
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The published keys; those of this installation where not given.",
)
@click.option(
    "--roots",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="EVALUATOR_SIGNING_ROOTS_FILE",
    help="Certificates (PEM) of the authorities that are trusted to vouch for who signs.",
)
@click.option("--lang", "language", type=click.Choice(["zh", "en"]), default="zh")
def verify_command(what: str, keys: Path | None, roots: Path | None, language: str) -> None:
    """Find out whether a certificate is genuine: a PDF, a picture of it, or its token.

    The text of a PDF is compared with what was signed, and its digital signature is checked where
    it has one. Exit code 0: genuine; 1: not genuine;
    2: could not be read.
    """
    known = _published(keys)
    findings = Findings(language, known)
    path = Path(what)
    try:
        if len(what) < 256 and path.is_file():
            _file(findings, path, roots)
        elif what.lower().endswith(_LIKE_A_FILE):
            findings.no_such_file(what)
        else:
            _typed(findings, what)
    except Unreadable as error:
        findings.unreadable(str(error))
    for line in findings.lines:
        click.echo(line)
    raise SystemExit(int(findings.outcome))


def _file(findings: Findings, path: Path, roots: Path | None) -> None:
    with path.open("rb") as file:
        start = file.read(1024)
    if _FIRST_BYTES in start:
        # Only a document needs the reader of documents, which takes a moment to load.
        from evaluator.credentials.documents import pages

        for page in pages(path):
            findings.page(page.number, page.codes, page.pieces)
        findings.end_of_document()
        try:
            say_signatures(findings, path, roots)
        except UnreadableRoots as error:
            raise click.UsageError(str(error)) from error
    else:
        findings.picture(codes_of_picture(path))


def _typed(findings: Findings, text: str) -> None:
    serial = normal(token_of(text))
    if serial.count("-") == 3:
        if is_well_formed(serial):
            findings.serial_alone(serial)
        else:
            findings.wrong_serial(serial, doubts(serial))
    else:
        findings.token(verify(text, findings.keys))


def _published(path: Path | None) -> Sequence[PublicKey]:
    if path is None:
        folder = Path(os.environ.get("EVALUATOR_DATA_FOLDER", "data"))
        path = folder / "certificate-keys" / "keys.json"
    try:
        return read_published(json.loads(path.read_text("utf-8")))
    except FileNotFoundError as error:
        raise click.UsageError(
            f"{path} does not exist; give the issuer's published keys with --keys FILE.\n"
            f"没有找到{path}，请用--keys给出颁发单位公布的密钥文件。"
        ) from error
    except ValueError as error:
        raise click.UsageError(f"{path}: {error}") from error
