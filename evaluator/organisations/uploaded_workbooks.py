"""Workbooks that were uploaded to be looked at first: kept by their digest until confirmed.

A file is found again by the account alone that brought it, so that nobody reads another's.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluator.access import Actor, NotAllowed
from evaluator.files.submissions import TableErrors, whole_file
from evaluator.storage import storage

MOST_BYTES_INSIDE = 200 * 1024 * 1024
"""A workbook is a compressed archive; this much is more than a round of 5,000 organisations."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def keep_workbook(subject: str, actor: Actor, content: bytes) -> str:
    """Store an uploaded workbook and return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    storage().put(_key(subject, actor, digest), content)
    return digest


@contextmanager
def kept_workbook(subject: str, actor: Actor, digest: str) -> Iterator[Path]:
    """Yield a stored workbook as a file; raises NotAllowed where this account brought none such."""
    if not _DIGEST.fullmatch(digest):
        raise NotAllowed(subject)
    try:
        content = storage().get(_key(subject, actor, digest))
    except FileNotFoundError:
        raise NotAllowed(subject) from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(content)
        yield path


def keep_beside(subject: str, actor: Actor, digest: str, name: str, content: bytes) -> None:
    """Store what was made of an uploaded workbook, under a name that says by what it was made."""
    storage().put(f"{_key(subject, actor, digest)}.{name}", content)


def kept_beside(subject: str, actor: Actor, digest: str, name: str) -> bytes | None:
    """Return what was made of a workbook that this account brought, None where nothing was yet."""
    if not _DIGEST.fullmatch(digest):
        return None
    try:
        return storage().get(f"{_key(subject, actor, digest)}.{name}")
    except FileNotFoundError:
        return None


def refuse_bomb(path: Path) -> None:
    """Raise TableErrors where a file is no workbook, or one that would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(each.file_size for each in archive.infolist())
    except zipfile.BadZipFile:
        raise _no_workbook(path) from None
    if size > MOST_BYTES_INSIDE:
        raise whole_file(
            path,
            "解压后超过200 MB；请删去多余的行、列和图片后再上传",
            "holds more than 200 MB once it is unpacked; remove rows, columns and pictures",
        )


def _key(subject: str, actor: Actor, digest: str) -> str:
    return f"imports/{subject}/{actor.account_id or 0}/{digest}.xlsx"


def _no_workbook(path: Path) -> TableErrors:
    return whole_file(
        path,
        "不是Excel工作簿（.xlsx），或文件已损坏、已加密；请重新另存为.xlsx",
        "is no .xlsx workbook, or a damaged or locked one; save it as .xlsx",
    )
