"""The first page that anybody sees."""

from __future__ import annotations

from collections.abc import Callable

from looking import look
from playwright.sync_api import Page


def test_start_page_speaks_chinese_and_english(page_of: Callable[..., Page]) -> None:
    page = page_of()
    page.goto("/")
    assert page.get_by_role("heading", level=1).inner_text() == "基层党组织星级评定"
    look(page, "start")
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Star rating of party organisations"
