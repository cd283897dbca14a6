"""Claims of docs/security.md that belong to no single subject; and that what it names exists."""

from __future__ import annotations

import re
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from district import make_account, make_district
from factories import ROOT
from flask import Flask, request
from flask.testing import FlaskClient
from service import browser_with, service, token_for
from werkzeug.test import TestResponse

from evaluator.access import Role
from evaluator.database import db
from evaluator.web.headers import HEADERS, POLICY

DOCUMENT = ROOT / "docs" / "security.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
READING = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Flask]:
    """Yield a service with the settings of production: tokens in forms, secure cookies."""
    app = service(tmp_path, WTF_CSRF_ENABLED=True, TESTING=False, PROPAGATE_EXCEPTIONS=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def signed_in(app: Flask) -> FlaskClient:
    """Return a browser in which an administrator of the whole district is signed in."""
    with app.app_context():
        account = make_account(db.session, Role.ADMINISTRATOR, make_district(db.session).root)
        return browser_with(app, token_for(db.session, account))


def test_undeclared_route_answers_nobody(strict: Flask) -> None:
    strict.add_url_rule("/new", view_func=lambda: "secret", endpoint="new")
    answers = [each.get("/new") for each in (strict.test_client(), signed_in(strict))]
    assert [(each.status_code, "secret" in each.text) for each in answers] == [(500, False)] * 2


def test_error_of_ours_tells_nothing_of_its_cause(strict: Flask) -> None:
    def fail() -> str:
        raise RuntimeError("the password of the database")

    strict.view_functions["web.health"] = _declared_as_before(strict, fail)
    answer = strict.test_client().get("/health")
    assert (answer.status_code, "password" in answer.text, "Traceback" in answer.text) == (
        500, False, False,
    )  # fmt: skip


def _declared_as_before(app: Flask, view: object) -> object:
    view.access = app.view_functions["web.health"].access  # type: ignore[attr-defined]
    return view


def forms(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield method and address of everything that a page can send."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            values = dict.fromkeys(rule.arguments, "1")
            for method in (rule.methods or set()) - READING:
                if not rule.endpoint.startswith("api_"):
                    _, address = rule.build(values) or ("", "")
                    yield method, address


def test_every_form_is_refused_without_its_token(strict: Flask) -> None:
    browser, sent = signed_in(strict), sorted(forms(strict))
    answers = {each: browser.open(each[1], method=each[0]).status_code for each in sent}
    assert answers == dict.fromkeys(sent, 400)
    assert len(sent) > 70


def test_page_has_exactly_these_headers(strict: Flask) -> None:
    first, second = (strict.test_client().get("/sign-in") for _ in range(2))
    nonce = _nonce(first)
    found = dict(first.headers.items())
    for name in ("Content-Length", "Vary", "Set-Cookie"):
        found.pop(name, None)
    assert found == {
        **HEADERS,
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": POLICY.format(nonce=nonce),
        "Cache-Control": "no-store",
        "Strict-Transport-Security": "max-age=31536000",
    }
    assert nonce != _nonce(second)


def test_headers_say_what_they_should() -> None:
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    sources = dict(part.strip().split(" ", 1) for part in POLICY.split(";"))
    assert (sources["default-src"], sources["frame-ancestors"], sources["base-uri"]) == (
        "'none'", "'none'", "'none'",
    )  # fmt: skip
    assert [each for each in sources.values() if "unsafe" in each or "*" in each] == []


def _nonce(answer: TestResponse) -> str:
    found = re.search(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    assert found is not None
    return found[1]


def test_cookie_is_secure_and_not_for_scripts(strict: Flask) -> None:
    cookie = strict.test_client().get("/sign-in").headers["Set-Cookie"]
    assert [each for each in ("Secure", "HttpOnly", "SameSite=Lax") if each not in cookie] == []


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.1.1.1")])
def test_address_of_a_proxy_is_believed_only_where_declared(
    tmp_path: Path, proxies: int, seen: str
) -> None:
    app = service(tmp_path, TRUSTED_PROXIES=proxies)
    addresses: list[str | None] = []
    app.before_request(lambda: addresses.append(request.remote_addr))
    app.test_client().get("/health", headers={"X-Forwarded-For": "10.9.9.9, 10.1.1.1"})
    assert addresses == [seen]


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    first, again, other = (service(tmp_path / name).secret_key for name in ("a", "a", "b"))
    assert first == again != other
    assert isinstance(first, str)
    assert len(first) >= 64
    mode = (tmp_path / "a" / "secret-key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_no_data_is_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "data", "*secret-key", "*.db", "*.sqlite"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout == ""


def test_everything_that_is_named_exists() -> None:
    paths = set(re.findall(r"`((?:tests|evaluator)/[\w/]+\.\w+)`", TEXT))
    assert sorted(each for each in paths if not (ROOT / each).is_file()) == []
    sources = "".join(each.read_text("utf-8") for each in (ROOT / "tests").rglob("test_*.py"))
    defined = set(re.findall(r"def (test_\w+)\(", sources))
    assert sorted(set(re.findall(r"`(test_\w+)`", TEXT)) - defined) == []


def test_links_of_the_documents_lead_somewhere() -> None:
    lost = []
    for document in (ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").glob("*.md")):
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"", text):
            name = target[0] or target[1]
            if not (document.parent / name).exists():
                lost.append(f"{document.name}: {name}")
    assert lost == []
