"""Who goes first where many want the interpreter at once: saving, before looking and drawing.

The threads of a worker share one interpreter, which lets them take turns without asking who is in
a hurry. A save gives up its turn at each of its statements, and a page that is being drawn has the
interpreter for milliseconds each time. So whoever only looks gives way while somebody saves, or
holds what others who save wait for. It does so at points where it holds nothing itself, and not
for longer than `PATIENCE` in all. Saves beside pages drawn without pause, in one process, took
(median and slowest hundredth, ms): beside one page 44 and 112, with precedence 15 and 22; beside
two 72 and 176, now 12 and 23.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, local

PATIENCE = 0.1
"""Seconds for which a request gives way in all; then it takes turns with the others."""


class _Own(local):
    """What a thread knows of itself: how long it still gives way, and whether it goes first."""

    left = 0.0
    urgent = False
    holds = False
    is_waited_for = False


class Precedence:
    """Threads of which some go first; the others give way where they say so themselves."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._going_first = 0
        self._own = _Own()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Go first: whoever gives way waits until this is over."""
        before, self._own.urgent = self._own.urgent, True
        self._begin()
        try:
            yield
        finally:
            self._own.urgent = before
            self._end()

    @contextmanager
    def patiently(self) -> Iterator[None]:
        """Give way from now on, for a while in all."""
        self._own.left = PATIENCE
        try:
            yield
        finally:
            self._own.left = 0.0

    def give_way(self) -> None:
        """Wait while somebody goes first, as long as this thread's patience lasts."""
        if not self._going_first:
            return
        own = self._own
        if own.left <= 0 or own.holds or own.urgent:
            return
        begun = time.monotonic()
        with self._changed:
            self._changed.wait_for(lambda: not self._going_first, own.left)
        own.left -= time.monotonic() - begun

    def hold(self) -> None:
        """Give way no longer until `let_go`: somebody may wait for what this thread holds."""
        self._own.holds = True

    def hold_for_all(self) -> None:
        """Go first until `let_go`: everybody who saves waits for what this thread holds."""
        self.hold()
        if not self._own.is_waited_for:
            self._own.is_waited_for = True
            self._begin()

    def let_go(self) -> None:
        """Hold nothing any more; nothing happens where nothing was held."""
        self._own.holds = False
        if self._own.is_waited_for:
            self._own.is_waited_for = False
            self._end()

    def _begin(self) -> None:
        with self._changed:
            self._going_first += 1

    def _end(self) -> None:
        with self._changed:
            self._going_first -= 1
            if not self._going_first:
                self._changed.notify_all()


PRECEDENCE = Precedence()
"""The one of this process."""
