"""The chain of the audit log: each line's digest covers the line and the digest before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC

from evaluator.audit.models import AuditLine

START = "0" * 64
"""The digest before the first line."""

_FARTHEST = 16
"""How many lines put in or taken out together are told apart from changed ones."""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: at which line, and what is wrong."""

    number: int
    zh: str
    en: str


def digest_of(before: str, line: AuditLine, number: int | None = None) -> str:
    """Return the SHA-256 of a line and of the digest before it, in hexadecimal.

    `number` is that of the line, unless the question is whether it had another one once.
    """
    content = [
        before,
        line.number if number is None else number,
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


@dataclass
class Walk:
    """A check of lines in their order that names each which was altered, removed or put in.

    Each is named once: after it the check goes on with what is stored. `doubtful` are the lines
    since `good` that do not follow from what stands before them. What comes next tells what
    happened: a line knows the digest before it and its own number.
    """

    good: str = START
    last: int = 0
    moved: int = 0
    """How much higher the numbers of lines are now than when they were written."""
    doubtful: list[AuditLine] = field(default_factory=list)

    def take(self, line: AuditLine) -> Iterator[Break]:
        """Check the next line; yield what has become certain by it."""
        if line.number < 1:
            yield Break(line.number, "该行在第一行之前插入", "it was put in before the first line")
            return
        if line.number != self.last + 1:
            yield from self._gap(line)
        elif not self.doubtful and self._fits(line, self.good, 0):
            self.good = line.digest
        elif self.doubtful and self._fits(line, self.doubtful[-1].digest, 0):
            yield from self._altered(line)
        elif self.doubtful and self._fits(line, self.good, len(self.doubtful)):
            yield from self._put_in(line)
        elif self.doubtful and (shift := self._shift(line)):
            yield from self._renumbered(line, shift)
        else:
            self.doubtful.append(line)
            if len(self.doubtful) > _FARTHEST:
                yield _altered(self.doubtful.pop(0).number)
        self.last = line.number

    def end(self, number: int, digest: str) -> Iterator[Break]:
        """Yield what is still in doubt, and whether the chain ends where it should."""
        noted = number + self.moved
        found = self.doubtful[-1].digest if self.doubtful else self.good
        yield from (_altered(each.number) for each in self.doubtful if each.number <= noted)
        if self.last < noted:
            yield _missing(self.last + 1, noted)
        for each in range(noted + 1, self.last + 1):
            yield Break(each, "该行在日志末尾之后插入", "it was put in after the end of the log")
        if self.last == noted and found != digest:
            yield Break(
                self.last,
                "末行的摘要与记录的日志末尾不符",
                "the end of the log was noted with another digest",
            )

    def _fits(self, line: AuditLine, before: str, shift: int) -> bool:
        """Whether a line was once written after a digest, with a number lower by `shift`."""
        return digest_of(before, line, line.number - self.moved - shift) == line.digest

    def _shift(self, line: AuditLine) -> int:
        """Return by how much the numbers moved before the line in doubt, 0 where nobody knows."""
        before = self.doubtful[-1].digest
        shifts = (sign * each for each in range(1, _FARTHEST + 1) for sign in (1, -1))
        return next((each for each in shifts if self._fits(line, before, each)), 0)

    def _settle(self, line: AuditLine) -> list[int]:
        """Go on from a line that fits; return the numbers of those that were in doubt."""
        numbers = [each.number for each in self.doubtful]
        self.doubtful = []
        self.good = line.digest
        return numbers

    def _gap(self, line: AuditLine) -> Iterator[Break]:
        for each in self._settle(line):
            yield _altered(each)
        yield _missing(self.last + 1, line.number - 1)

    def _altered(self, line: AuditLine) -> Iterator[Break]:
        for each in self._settle(line):
            yield _altered(each)

    def _put_in(self, line: AuditLine) -> Iterator[Break]:
        numbers = self._settle(line)
        self.moved += len(numbers)
        for each in numbers:
            yield Break(each, "该行是后来插入的，其后各行被重新编号", _PUT_IN)

    def _renumbered(self, line: AuditLine, shift: int) -> Iterator[Break]:
        first, *others = reversed(self._settle(line))
        for each in reversed(others):
            yield _altered(each)
        self.moved += shift
        if shift > 0:
            zh, en = f"该行之前插入了{shift}行", f"{shift} line(s) were put in before it"
        else:
            zh, en = f"该行之前缺少{-shift}行", f"{-shift} line(s) before it are missing"
        yield Break(first, f"{zh}，其后各行被重新编号", f"{en}; all after them were renumbered")


_PUT_IN = "it was put in later; all lines after it were renumbered"


def _altered(number: int) -> Break:
    return Break(
        number,
        "该行与前一行的摘要衔接不上：该行或前一行被改动过",
        "it does not follow from the line before: one of the two was altered",
    )


def _missing(first: int, last: int) -> Break:
    zh = f"第{first}行至第{last}行缺失" if last > first else f"第{first}行缺失"
    en = f"lines {first} to {last} are missing" if last > first else f"line {first} is missing"
    return Break(first, zh, en)
