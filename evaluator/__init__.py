"""Rating of grassroots party organisations: the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the web application; so far it answers `/health` alone, for whoever runs it."""
    from flask import Flask

    app = Flask(__name__)
    app.config.from_mapping(config or {})

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"status": "ok"}

    return app
