"""What all tests share: one hypothesis profile, and one browser with the same settings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "stable",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
settings.load_profile("stable")

pytest_plugins = ["service"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the Chromium of the system with a camera of its own, without its talk to the network."""
    arguments = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
        "--disable-background-networking --disable-component-update "
        "--use-fake-device-for-media-stream --use-fake-ui-for-media-stream"
    )
    return {"executable_path": "/usr/bin/chromium", "args": arguments.split()}


@pytest.fixture(scope="session")
def base_url() -> str:
    """Return no address: each test that needs a server starts its own."""
    return ""
