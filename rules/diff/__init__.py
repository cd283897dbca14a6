"""What changed in meaning between two rule sets, said in words."""

from __future__ import annotations

from rules.diff.changes import Change
from rules.diff.compare import compare

__all__ = ["Change", "compare"]
