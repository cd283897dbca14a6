"""A real browser on a real server: pages as people see them, checked for everybody by axe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from looking import WIDE
from playwright.sync_api import BrowserContext, Page, expect
from service import service, token_for
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from evaluator.accounts.models import Account
from evaluator.database import db

PATIENCE = 15_000
"""How many milliseconds a page may take to show what is waited for."""
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Server:
    """A running service and its address."""

    app: Flask
    address: str


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Yield a service with an empty database on a free port, CSRF checks and all."""
    app = service(tmp_path, WTF_CSRF_ENABLED=True, SESSION_COOKIE_SECURE=False, TESTING=False)
    running = make_server("127.0.0.1", 0, _closing(app), threaded=True)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield Server(app, f"http://127.0.0.1:{running.server_port}")
    running.shutdown()
    thread.join()
    running.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def rows(server: Server) -> Iterator[Session]:
    """Yield a session on the database of the server; the server sees what is committed."""
    with server.app.app_context():
        yield db.session


@pytest.fixture
def page_of(
    server: Server, rows: Session, new_context: Callable[..., BrowserContext]
) -> Callable[..., Page]:
    """Return a function from an account to a page of a browser in which it is signed in."""

    def open_page(account: Account | None = None, **more: Any) -> Page:
        here = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": WIDE}
        context = new_context(base_url=server.address, **{**here, **more})
        if account is not None:
            value = _cookie(server.app, rows, account)
            context.add_cookies([{"name": "evaluator", "value": value, "url": server.address}])
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        return page

    return open_page


def _closing(app: Flask) -> Callable[[Any, Any], list[bytes]]:
    """Close each body before it is sent: this server forgets to where a browser has gone away."""

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        body: Any = app(environ, start_response)
        with closing(body):
            return [b"".join(body)]

    return answer


def _cookie(app: Flask, session: Session, account: Account) -> str:
    token = token_for(session, account)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"sign_in": token, "_permanent": True}))
