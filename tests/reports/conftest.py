"""What the tests of the paper share."""

from __future__ import annotations

import pytest
from certificate_printing import certificate, printed


@pytest.fixture(scope="session")
def usual() -> bytes:
    """The usual certificate, printed once for many tests."""
    return printed(certificate())
