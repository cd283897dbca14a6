"""All certificates of a batch in one document, a page each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from reports.certificate import archival, binding
from reports.certificate.container import Document
from reports.certificate.data import Certificate
from reports.certificate.drawing import Batch, DrawnPage
from reports.certificate.tagging import Structure
from reports.certificate.templates import CERTIFICATE_A4, Template


def write_certificates(
    certificates: Iterable[Certificate], out: BinaryIO, template: Template = CERTIFICATE_A4
) -> int:
    """Write all certificates as one document; give the number of its pages."""
    batch = Batch.of(certificates, template)
    return bind(batch, batch.draw(), out)


def bind(batch: Batch, pages: Iterable[DrawnPage], out: BinaryIO) -> int:
    """Write the pages of a batch, drawn here or elsewhere, as one document; give their number."""
    document = Document(out, batch.start)
    count = len(batch.certificates)
    first = document.reserve(count)
    structure, identity = Structure(document), archival.Identity()
    for index, drawn in enumerate(pages):
        identity.add(drawn.digest)
        contents = document.reserve(1)
        document.put_numbered(contents, drawn.content)
        binding.put_page(document, index, first + index, contents)
        structure.add(first + index, drawn.parts)
    if len(structure.sections) != count:
        raise ValueError(f"{len(structure.sections)} pages were drawn of {count} certificates")
    structure.close()
    sheet = batch.template.page.width, batch.template.page.height
    titles = [certificate.organisation for certificate in batch.certificates]
    said = binding.described(batch.certificates)
    binding.finish(document, sheet, range(first, first + count), batch.forms, titles, said)
    document.close(identity.mark())
    return count
