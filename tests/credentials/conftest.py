"""A real browser for the page that works offline."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the Chromium of the system, without its talk to the network."""
    arguments = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update "
        "--use-fake-device-for-media-stream --use-fake-ui-for-media-stream"
    )
    return {"executable_path": "/usr/bin/chromium", "args": arguments.split()}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return no address: there is no server."""
    return ""
