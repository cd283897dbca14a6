"""Rating of grassroots party organisations: the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the web application; `config` goes before the environment, see `evaluator.config`."""
    from evaluator.application import make_application

    return make_application(config or {})
