"""The interface put together: its blueprints, its description by OpenAPI, its page."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_smorest import Api
from flask_wtf import CSRFProtect
from werkzeug.exceptions import MethodNotAllowed

from evaluator.api import (
    applications,
    audit_lines,
    evidence,
    known_facts,
    organisations,
    outcomes,
    recommendations,
    restructuring,
    reviewing,
    rounds,
    rule_sets,
    visits,
)
from evaluator.api.described import describe
from evaluator.api.description import EXTENSION
from evaluator.api.description import blueprint as description
from evaluator.api.schemas.lists import Problem
from evaluator.api.tokens import PREFIX, load_token

MODULES = (restructuring, visits)
"""Operations that register on the blueprint of another module."""
BLUEPRINTS = (
    organisations.blueprint,
    known_facts.blueprint,
    rounds.blueprint,
    applications.blueprint,
    evidence.blueprint,
    reviewing.blueprint,
    recommendations.blueprint,
    outcomes.blueprint,
    rule_sets.blueprint,
    audit_lines.blueprint,
)
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
    DEFAULT_ERROR_RESPONSE_NAME = None

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
    app.after_request(_say_what_is_allowed)
    app.extensions[EXTENSION] = describe(interface.spec.to_dict())
    app.register_blueprint(description)


def _say_what_is_allowed(response: Response) -> Response:
    """Name the methods of an address to a program that came with another one."""
    error = request.routing_exception
    if isinstance(error, MethodNotAllowed) and request.path.startswith(PREFIX):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response
