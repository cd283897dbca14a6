"""Where a known fact comes from: as it is stored, and in words."""

from __future__ import annotations

from evaluator.files.columns import GROUPS
from rules.syntax import Source

KNOWN = frozenset({"record", "appraisal", "office", "panel", "mutual", "sample", "imported"})
"""Sources whose facts the platform knows. What is asked of a branch or judged by a reviewer is
their word, and attributes of an organisation are kept in the register."""


def source_text(source: Source) -> str:
    """Return a source as it is stored: `record: theme_days`, or `appraisal` alone."""
    return f"{source.kind}: {source.detail}" if source.detail else source.kind


def source_words(stored: str, language: str) -> str:
    """Return a stored source in words: 台账记录; what follows the colon is a name for programs."""
    kind = stored.partition(":")[0].strip()
    words = GROUPS.get(kind)
    return words.say(language) if words else kind
