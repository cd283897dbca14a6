"""Work that runs an event loop of its own, as pyHanko's signing and checking do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def with_own_loop(work: Callable[[], Result]) -> Result:
    """Return what the work gives; in a thread of its own where a loop runs in this one already.

    A loop cannot run inside another: without this, nobody could sign or check a document from
    a program that uses asyncio itself.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(work).result()
