"""How far a long command has come, a bar for each stage."""

from __future__ import annotations

import sys
from typing import Any

import click

from evaluator.scale.passes import Advance


class StageBars:
    """Shows one bar after another on a terminal, nothing where the output goes into a file."""

    def __init__(self) -> None:
        self.bar: Any = None

    def begin(self, stage: str, rows: int) -> Advance:
        """Begin a stage of at most so many rows; the one before it is done."""
        self.done()
        if not sys.stderr.isatty():
            return lambda steps: None
        self.bar = click.progressbar(length=rows, label=f"{stage:<16}", file=sys.stderr)
        self.bar.render_progress()
        advance: Advance = self.bar.update
        return advance

    def done(self) -> None:
        """Fill the bar: a file may have fewer rows than were announced."""
        if self.bar is not None:
            self.bar.update(self.bar.length - self.bar.pos)
        self.end()

    def end(self) -> None:
        """End the line of the bar, so that what is said next begins a line."""
        if self.bar is not None:
            self.bar.render_finish()
            self.bar = None
