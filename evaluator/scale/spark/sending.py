"""What goes to executors and comes back, as bytes.

Comparisons name an expression of their rule set. Only its name is sent: every process has the rule
set, and an expression is worth more than everything else that is sent together.
"""

from __future__ import annotations

import io
import pickle
import zlib
from typing import Any

from rules.lowering import Program
from rules.lowering.program import CohortInput

_QUICK = 1


class _Sender(pickle.Pickler):
    def persistent_id(self, obj: Any) -> str | None:
        return obj.name if isinstance(obj, CohortInput) else None


class _Receiver(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, program: Program):
        super().__init__(file)
        self.comparisons = {each.name: each for each in program.cohort}

    def persistent_load(self, pid: Any) -> CohortInput:
        return self.comparisons[pid]


def packed(value: object) -> bytes:
    """Return a value as bytes that mean the same wherever the same rule set was loaded."""
    file = io.BytesIO()
    _Sender(file, pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(file.getbuffer(), _QUICK)


def unpacked(data: bytes, program: Program) -> Any:
    """Return the value of bytes that `packed` made in a process of the same job."""
    return _Receiver(io.BytesIO(zlib.decompress(data)), program).load()
