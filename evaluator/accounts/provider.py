"""The district's identity provider: OpenID Connect by the code flow with PKCE, when configured.

`OIDC_ISSUER`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` turn it on. `OIDC_LOGIN_NAME_CLAIM` names
the claim that holds the log-in name, such as `preferred_username`: at the first log-in an account
of that name is then linked; without it administrators' accounts cannot be taken over by a claim.
"""

from __future__ import annotations

from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import (  # type: ignore[import-untyped]
    FlaskOAuth2App,
    OAuth,
)
from flask import current_app
from flask import session as browser_session
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

log = structlog.get_logger()
_EXTENSION = "evaluator provider"
_NAME = "provider"
_TIMEOUT = 10
_FAILURES = (AuthlibBaseError, JoseError, requests.RequestException)


class ProviderFailed(Exception):
    """The provider did not answer, refused, or said something that does not hold."""


def is_configured() -> bool:
    """Return whether people may sign in through a provider."""
    return bool(current_app.config.get("OIDC_ISSUER"))


def issuer() -> str:
    """Return the address by which the provider is known."""
    return str(current_app.config["OIDC_ISSUER"])


def lead_there(callback: str, *, anew: bool) -> ResponseReturnValue:
    """Return the way to the provider; `anew` asks it to prove the person once more."""
    prompt = {"prompt": "login"} if anew else {}
    _forget_earlier_tries()
    try:
        answer: ResponseReturnValue = _client().authorize_redirect(callback, **prompt)
    except _FAILURES as error:
        raise _failed(error) from error
    return answer


def claims_of_answer() -> dict[str, Any]:
    """Return what the provider says of the person; state, nonce, signature and issuer are right."""
    wanted = {"iss": {"essential": True, "values": [issuer()]}, "sub": {"essential": True}}
    try:
        token = _client().authorize_access_token(claims_options=wanted)
    except _FAILURES as error:
        raise _failed(error) from error
    claims = token.get("userinfo")
    if not claims:
        raise ProviderFailed("the answer holds no ID token")
    return dict(claims)


def _forget_earlier_tries() -> None:
    """Drop what was noted for tries that did not come back: a cookie holds few of them."""
    for key in [each for each in browser_session if each.startswith(f"_state_{_NAME}_")]:
        browser_session.pop(key)


def _failed(error: Exception) -> ProviderFailed:
    log.warning("the identity provider failed", kind=type(error).__name__)
    return ProviderFailed(type(error).__name__)


def _client() -> FlaskOAuth2App:
    """Return the client of the running app; its keys are read once and again when they change."""
    kept = current_app.extensions.get(_EXTENSION)
    if kept is None:
        kept = current_app.extensions[_EXTENSION] = _register()
    return kept


def _register() -> FlaskOAuth2App:
    config = current_app.config
    return OAuth(current_app).register(
        _NAME,
        client_id=str(config["OIDC_CLIENT_ID"]),
        client_secret=str(config["OIDC_CLIENT_SECRET"]),
        server_metadata_url=f"{issuer().rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": str(config.get("OIDC_SCOPE", "openid profile email")),
            "code_challenge_method": "S256",
            "default_timeout": _TIMEOUT,
        },
    )
