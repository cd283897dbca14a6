"""A batch drawn part by part, in whichever processes, and joined: the bytes are the same.

A part is a file of its pages as they will stand in the document, each with a line that tells
its length, its digest and its parts; so a job that is interrupted draws only what is missing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from reports.certificate.consignments import Consignment
from reports.certificate.data import Certificate
from reports.certificate.document import bind, write_certificates
from reports.certificate.drawing import Batch, DrawnPage
from reports.certificate.imposing import Imposition, write_sheets
from reports.certificate.tagging import Part
from reports.certificate.templates import CERTIFICATE_A4, Template


def write_part(
    certificates: Iterable[Certificate],
    part: slice,
    path: Path,
    template: Template = CERTIFICATE_A4,
) -> int:
    """Draw a part of a batch into a file, which appears whole or not at all; count its pages.

    All certificates of the document are given each time: they share one font.
    """
    pages = list(Batch.of(certificates, template).draw(part))
    heads = [(len(page.content), page.digest.hex(), _written(page.parts)) for page in pages]
    head = json.dumps(heads, separators=(",", ":")).encode()
    temporary = path.with_name(f"{path.name}.part")
    temporary.write_bytes(b"\n".join([head, b"".join(page.content for page in pages)]))
    os.replace(temporary, path)
    return len(pages)


def _written(parts: Iterable[Part]) -> list[tuple[str, int, str]]:
    return [(part.kind.decode(), part.marks, part.instead.hex()) for part in parts]


def join_parts(
    certificates: Iterable[Certificate],
    parts: Iterable[Path],
    out: BinaryIO,
    template: Template = CERTIFICATE_A4,
) -> int:
    """Write the document whose parts have been drawn, in their order; count its pages."""
    batch = Batch.of(certificates, template)
    return bind(batch, (page for part in parts for page in _read(part)), out)


def _read(path: Path) -> Iterator[DrawnPage]:
    with path.open("rb") as file:
        for length, digest, found in json.loads(file.readline()):
            parts = tuple(Part(k.encode(), marks, bytes.fromhex(i)) for k, marks, i in found)
            yield DrawnPage(file.read(length), parts, bytes.fromhex(digest))


def write_consignment(
    consignment: Consignment,
    path: Path,
    template: Template = CERTIFICATE_A4,
    layout: Imposition | None = None,
) -> int:
    """Write the file of one committee, on printer's sheets where these are laid out.

    It appears whole or not at all, and is the same whatever other committees are sent.
    """
    temporary = path.with_name(f"{path.name}.part")
    with temporary.open("wb") as out:
        if layout is None:
            pages = write_certificates(consignment.certificates, out, template)
        else:
            pages = write_sheets([consignment], out, template, layout)
    os.replace(temporary, path)
    return pages


def parts_of(count: int, each: int) -> Sequence[slice]:
    """Divide so many certificates into parts."""
    return [slice(at, min(at + each, count)) for at in range(0, count, each)]
