"""Looking at a page as people do: wide and narrow, with pictures on demand, and checked by axe."""

from __future__ import annotations

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
PICTURES = os.environ.get("PICTURES", "")
"""Where to keep pictures of the pages, for people who want to look at them; empty for nowhere."""


def look(page: Page, name: str, *, scripts: bool = True) -> None:
    """Check the page as it stands, wide and narrow: axe finds nothing, nothing hangs over.

    Where a page runs no `scripts` axe cannot run either, and only what hangs over is found. A
    click is over when the next page is on its way, so the page is waited for first.
    """
    page.wait_for_load_state()
    for size, viewport in (("1280", WIDE), ("360", NARROW)):
        page.set_viewport_size(viewport)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{size}.png", full_page=True)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], f"{name} is {width} wide at {size}"
        if scripts:
            found = Axe().run(page)
            assert found.violations_count == 0, f"{name} at {size}: {found.generate_report()}"
    page.set_viewport_size(WIDE)
