"""The service as a browser meets it, with its tokens against forgery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from service import service

from evaluator.database import db


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Flask]:
    """Yield a service that wants its token in every form."""
    app = service(tmp_path, WTF_CSRF_ENABLED=True, SESSION_COOKIE_SECURE=False)
    yield app
    with app.app_context():
        db.engine.dispose()
