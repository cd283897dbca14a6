"""A person at a browser: signs in, looks at pages, fills in their forms and sends them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

import pyotp
from clock import Clock
from flask import Flask
from flask.testing import FlaskClient
from paper_forms import Given, PageForm, forms_of, parsed
from werkzeug.test import TestResponse

PASSWORD = "一盏明灯照亮全村的路"  # noqa: S105 - of people who are made up
MARKS = "//*[contains(@class, 'alert') or contains(@class, 'invalid-feedback')]"


@dataclass
class Page:
    """A page that a person looks at."""

    person: Person
    address: str
    response: TestResponse

    @cached_property
    def document(self) -> Any:
        """Return the page as a tree."""
        return parsed(self.response.text)

    @property
    def said(self) -> str:
        """Return the words of the page, without those of its head and foot."""
        main = self.document.xpath("//main")
        return " ".join((main[0] if main else self.document).text_content().split())

    @property
    def told(self) -> str:
        """Return what the page tells of the last act and of mistakes."""
        found = (" ".join(each.text_content().split()) for each in self.document.xpath(MARKS))
        return " | ".join(found) or self.said[:600]

    def forms(self) -> list[PageForm]:
        """Return all forms of the page."""
        return forms_of(self.document)

    def form(self, ending: str = "", has: str = "", press: str = "") -> PageForm:
        """Return the one form whose address ends so, that has a field, and a button to press."""
        found = [
            each
            for each in self.forms()
            if re.search(ending + "$", urlsplit(each.action or self.address).path)
            and (not has or has in each.names)
            and (not press or press in each.buttons)
        ]
        assert len(found) == 1, (
            f"{len(found)} forms {ending} {has} at {self.address} among "
            f"{[each.action for each in self.forms()]}: {self.told}"
        )
        return found[0]

    def links(self, pattern: str) -> list[str]:
        """Return the addresses of the page's links that look so, each once and in their order."""
        found = self.document.xpath("//a/@href")
        return list(dict.fromkeys(each for each in found if re.search(pattern, each)))

    def send(
        self, ending: str = "", given: Given | None = None, *, press: str = "", has: str = "",
        expect: int = 200,
    ) -> Page:  # fmt: skip
        """Fill in a form of the page and send it; return the page that follows."""
        form = self.form(ending, has, press)
        sent = form.filled(given or {}, press)
        kind = form.element.get("enctype") or "application/x-www-form-urlencoded"
        address = urljoin(self.address, form.action or self.address)
        return self.person.post(address, sent, kind, expect)


@dataclass
class Person:
    """A person with an account, or a passer-by without one."""

    app: Flask
    clock: Clock
    login_name: str = ""
    password: str = ""
    secret: str = ""
    browser: FlaskClient = field(init=False)
    signed_in_at: datetime | None = None

    def __post_init__(self) -> None:
        """Open a browser."""
        self.browser = self.app.test_client()

    def look(self, address: str, expect: int = 200) -> Page:
        """Look at a page."""
        self._sign_in_again()
        return self._page(self.browser.get(address, follow_redirects=True), expect)

    def start(self) -> Page:
        """Look at the start page, to which signing in leads by itself."""
        return self.look("/") if self._is_signed_in() else self._sign_in()

    def post(self, address: str, sent: Any, kind: str, expect: int = 200) -> Page:
        """Send what a form holds."""
        self._sign_in_again()
        response = self.browser.post(
            address, data=sent, content_type=kind, follow_redirects=True,
            headers={"Referer": "http://localhost" + address},
        )  # fmt: skip
        return self._page(response, expect)

    def first_sign_in(self, one_time_password: str) -> Page:
        """Sign in for the first time: choose a password, and set up the second factor if asked."""
        self.signed_in_at = self.clock.moment
        page = self._page(self.browser.get("/sign-in"))
        page = page.send("", {"login_name": self.login_name, "password": one_time_password})
        own = {"old": one_time_password, "new": PASSWORD, "again": PASSWORD}
        page = self.look("/account/password").send("password", own)
        self.password = PASSWORD
        page = self.look("/")
        if "second-factor" in page.address:
            self._set_up_second_factor(page)
        return self.look("/")

    def _set_up_second_factor(self, page: Page) -> None:
        found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.said)
        assert found, page.told
        self.secret = found[0].replace(" ", "")
        page.send("second-factor", {"code": self._code()})

    def _sign_in_again(self) -> None:
        """Sign in anew where the clock was set: a session ends by itself."""
        if self.login_name and not self._is_signed_in():
            self._sign_in()

    def _sign_in(self) -> Page:
        self.signed_in_at = self.clock.moment
        page = self._page(self.browser.get("/sign-in", follow_redirects=True))
        page = page.send("", {"login_name": self.login_name, "password": self.password})
        return page.send("", {"code": self._code()}, has="code") if self.secret else page

    def _is_signed_in(self) -> bool:
        last = self.signed_in_at
        return last is not None and (self.clock.moment - last).total_seconds() < 600

    def _code(self) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.moment)

    def _page(self, response: TestResponse, expect: int = 200) -> Page:
        page = Page(self, response.request.full_path.rstrip("?"), response)
        assert response.status_code == expect, (
            f"{self.login_name} {response.request.method} {page.address}: "
            f"{response.status_code} {page.told if response.mimetype == 'text/html' else ''}"
        )
        return page
