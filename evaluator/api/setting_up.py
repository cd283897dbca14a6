"""The interface put together: its blueprints, its description by OpenAPI, its page."""

from __future__ import annotations

from flask import Flask
from flask_smorest import Api
from flask_wtf import CSRFProtect

from evaluator.api import organisations, rounds
from evaluator.api.description import EXTENSION
from evaluator.api.description import blueprint as description
from evaluator.api.schemas import Problem
from evaluator.api.tokens import load_token

BLUEPRINTS = (organisations.blueprint, rounds.blueprint)
SETTINGS = {
    "API_TITLE": "Star rating of party organisations",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "API_SPEC_OPTIONS": {
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
        "info": {"description": "The operations of the platform for programs, by token."},
    },
}


class Interface(Api):  # type: ignore[misc] # the package is not typed
    """flask-smorest with our own errors: `application/problem+json`, see `evaluator.web.errors`."""

    ERROR_SCHEMA = Problem

    def _register_error_handlers(self) -> None:
        """Leave errors to the service, which answers pages and programs alike."""


def set_up_api(app: Flask, csrf: CSRFProtect) -> None:
    """Add the interface to an app; tokens take the place of cookies and of their CSRF checks."""
    app.config.from_mapping(SETTINGS)
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # of the default provider
    interface = Interface(app)
    for blueprint in BLUEPRINTS:
        csrf.exempt(blueprint)
        interface.register_blueprint(blueprint)
    app.before_request(load_token)
    app.extensions[EXTENSION] = interface
    app.register_blueprint(description)
