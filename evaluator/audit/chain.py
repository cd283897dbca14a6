"""The chain of the audit log: each line's digest covers the line and the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from evaluator.audit.models import AuditLine

START = "0" * 64
"""The digest before the first line."""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: at which line, and what is wrong."""

    number: int
    zh: str
    en: str


def digest_of(before: str, line: AuditLine) -> str:
    """Return the SHA-256 of a line and of the digest before it, in hexadecimal."""
    content = [
        before,
        line.number,
        line.at.astimezone(UTC).isoformat(),
        line.account_id,
        line.account_name,
        line.address,
        line.action,
        line.subject,
        line.subject_id,
        line.organisation_path,
        line.before,
        line.after,
        line.reason,
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def breaks(lines: Iterable[AuditLine], number: int, digest: str) -> Iterator[Break]:
    """Yield each place where lines, read in their order, do not form one chain.

    `number` and `digest` are those of the end of the chain. A line that was altered, removed or
    put in is named; the check then goes on from what is stored, so that each break shows once.
    """
    previous, expected = START, 0
    for line in lines:
        expected += 1
        if line.number != expected:
            yield Break(expected, _missing_zh(expected, line), _missing_en(expected, line))
            expected = line.number
        elif digest_of(previous, line) != line.digest:
            yield Break(line.number, "该行内容与摘要不符", "its content does not match its digest")
        previous = line.digest
    if (expected, previous) != (number, digest):
        yield Break(
            expected + 1,
            f"日志应有{number}行，末尾摘要不符",
            f"the log should end with line {number} and its digest",
        )


def _missing_zh(expected: int, line: AuditLine) -> str:
    return f"第{expected}行至第{line.number - 1}行缺失"


def _missing_en(expected: int, line: AuditLine) -> str:
    return f"lines {expected} to {line.number - 1} are missing"
