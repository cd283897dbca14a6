"""The verifier page in a real browser: from a file, without any network."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect
from signed_award import ADDRESS, DAY, ISSUER, KEY, NAMES, OTHER_KEY, SECRET, award, paper, token
from worn_paper import scan

from evaluator.credentials.facts import lines
from evaluator.credentials.keys import new_key
from evaluator.credentials.offline import offline_page
from evaluator.credentials.serials import make_serial
from evaluator.credentials.tokens import sign, token_bytes
from evaluator.web.headers import POLICY

Open = Callable[..., Page]
AWARDS = [
    award(),
    award(valid_until=DAY(2028, 2, 29), organisation=NAMES[60]),
    award(year=2025, issuer="中共示例市星河区委组织部"),
    award(level="advanced", level_words="先进党组织", category="village", category_words="农村"),
    award(organisation="𠮷野家“示例”（ABC-123）·ぷら～党支部", level="model", level_words="标兵"),
    award(serial=make_serial(SECRET, 2255, "X", "0", 99_999), awarded_on=DAY(2100, 10, 20)),
]


@pytest.fixture
def opened(tmp_path: Path, new_context: Callable[..., BrowserContext]) -> Open:
    """Return a function that opens the page from a file, with no network at all."""

    def open_page(after: str = "", keys: Any = (KEY.known,), **more: Any) -> Page:
        path = tmp_path / "verifier.html"
        path.write_text(offline_page(keys), "utf-8")
        context = new_context(**{"locale": "zh-CN", **more})
        context.set_offline(True)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
        page.on("console", lambda said: pytest.fail(said.text) if said.type == "error" else None)
        page.goto(f"{path.as_uri()}{after}")
        return page

    return open_page


def paste(page: Page, text: str) -> None:
    page.get_by_label("核验码").fill(text)
    page.get_by_role("button", name="核验 Verify").click()


def values(page: Page) -> tuple[str, ...]:
    return tuple(page.locator("#facts dd").all_inner_texts())


def state(page: Page) -> Any:
    return expect(page.locator("#state"))


def test_a_token_in_the_address_is_verified(opened: Open) -> None:
    page = opened(f"#{token()}")
    state(page).to_contain_text("✓ 签名有效")
    assert values(page) == lines(award())
    expect(page.get_by_text("本页需要启用JavaScript")).to_be_hidden()
    expect(page.get_by_text("请逐项对照纸面")).to_be_visible()
    expect(page.get_by_text("以证书登记簿的公开查询为准")).to_be_visible()


def test_what_the_page_shows_is_what_was_signed(opened: Open) -> None:
    page = opened()
    for facts in AWARDS:
        paste(page, ADDRESS + sign(facts, KEY))
        expect(page.locator("#facts")).to_contain_text(facts.organisation)
        assert values(page) == lines(facts)
        state(page).to_contain_text("✓")


def test_every_changed_byte_is_refused(opened: Open) -> None:
    page = opened()
    data = token_bytes(token())
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1
        page.locator("#state").evaluate("state => state.replaceChildren()")
        paste(page, base64.b32encode(bytes(changed)).decode().rstrip("="))
        state(page).to_contain_text("✗")
        assert values(page) == ()


@pytest.mark.parametrize(
    "text", ["", "望江社区", "ABC", token()[:-1], token()[:-1] + "B", token() + "A"]
)
def test_what_is_no_whole_token_is_told(opened: Open, text: str) -> None:
    page = opened()
    paste(page, text)
    state(page).to_contain_text("✗")
    assert values(page) == ()


def test_a_key_that_is_not_published_is_told(opened: Open) -> None:
    page = opened(f"#{token()}", keys=(OTHER_KEY.known,))
    state(page).to_contain_text("✗ 核验码的签名密钥不在已公布的密钥之中")


def test_a_key_that_was_not_in_use_is_told(opened: Open) -> None:
    page = opened(f"#{token()}", keys=(replace(KEY.known, until_day=DAY(2026, 12, 30)),))
    state(page).to_contain_text("✗ 签发日期不在签名密钥的使用期内")
    assert values(page) == ()


def test_another_issuer_of_the_key_is_refused(opened: Open) -> None:
    page = opened(f"#{token()}", keys=(replace(KEY.known, issuer="中共另一区委"),))
    state(page).to_contain_text("✗ 签名不符")


def test_a_validity_that_is_over_is_told(opened: Open) -> None:
    key = new_key(DAY(2020, 1, 1))
    facts = award(awarded_on=DAY(2020, 5, 1), valid_until=DAY(2022, 5, 1))
    page = opened(f"#{sign(facts, key)}", keys=(key.known,))
    expect(page.get_by_text("证书上的有效期已经过了")).to_be_visible()


def test_a_browser_that_cannot_check_signatures_says_so(opened: Open) -> None:
    page = opened()
    page.evaluate("() => { crypto.subtle.importKey = () => Promise.reject(new Error('none')) }")
    paste(page, token())
    state(page).to_contain_text("这个浏览器不支持Ed25519验签")
    assert values(page) == ()


def test_without_script_the_page_says_what_to_do(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    expect(page.get_by_text("本页需要启用JavaScript")).to_be_visible()


def test_a_name_of_a_key_cannot_run(opened: Open) -> None:
    issuer = "</script><script>document.title='run'</script>"
    page = opened(keys=(replace(KEY.known, issuer=issuer),))
    expect(page.locator("#keys")).to_contain_text(issuer)
    expect(page).to_have_title("证书离线核验 · Offline verification of certificates")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_is_for_everybody(opened: Open, width: int) -> None:
    page = opened(f"#{token()}", viewport={"width": width, "height": 800})
    state(page).to_contain_text("✓")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_goes_by_keyboard(opened: Open) -> None:
    page = opened()
    page.keyboard.press("Tab")
    page.keyboard.insert_text(token())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    state(page).to_contain_text("✓ 签名有效")


def test_the_page_obeys_the_policy_of_the_service(
    new_context: Callable[..., BrowserContext],
) -> None:
    page = new_context().new_page()
    page.on("console", lambda said: pytest.fail(said.text) if said.type == "error" else None)

    def answer(route: Route) -> None:
        headers = {"Content-Security-Policy": POLICY.format(nonce="word")}
        body = offline_page([KEY.known], "word")
        route.fulfill(body=body, headers=headers, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(f"http://127.0.0.1:9/v/offline#{token()}")
    state(page).to_contain_text("✓ 签名有效")


def with_detector(opened: Open, finds: str | None, **more: Any) -> Page:
    """Open the page in a browser that has a detector of codes, as those of telephones have.

    Chromium has none on this system: one stands in that looks at the picture and finds `finds`.
    """
    found = "[]" if finds is None else f"[{{ rawValue: '{finds}' }}]"
    page = opened(**more)
    page.add_init_script(
        "window.BarcodeDetector = class { static async getSupportedFormats() "
        "{ return ['qr_code']; } async detect(picture) "
        f"{{ return (picture.videoWidth ?? picture.width) > 0 ? {found} : []; }} }};"
    )
    page.reload()
    return page


def test_a_picture_is_read_where_the_browser_can(opened: Open, tmp_path: Path) -> None:
    scan(paper(award(), token())).save(tmp_path / "scan.png")
    page = with_detector(opened, ADDRESS + token())
    expect(page.locator("#no-pictures")).to_be_hidden()
    page.get_by_label("或者选择证书二维码的照片").set_input_files(tmp_path / "scan.png")
    state(page).to_contain_text("✓ 签名有效")
    assert values(page) == lines(award())
    assert [each["id"] for each in Axe().run(page).response["violations"]] == []


def test_a_picture_without_code_is_told(opened: Open, tmp_path: Path) -> None:
    scan(paper(award(), token())).save(tmp_path / "scan.png")
    page = with_detector(opened, None)
    page.get_by_label("或者选择证书二维码的照片").set_input_files(tmp_path / "scan.png")
    state(page).to_contain_text("✗ 图片里没有读到二维码")


def test_the_camera_is_used_where_there_is_one(opened: Open) -> None:
    page = with_detector(opened, ADDRESS + token(), permissions=["camera"])
    page.get_by_role("button", name="用摄像头扫码").click()
    state(page).to_contain_text("✓ 签名有效")
    expect(page.locator("#video")).to_be_hidden()


def test_facts_are_shown_in_both_languages(opened: Open) -> None:
    page = opened(f"#{token()}")
    expect(page.locator("#facts dt").first).to_have_text("党组织 Organisation")
    expect(page.get_by_text(f"{KEY.id.hex()} {ISSUER}")).to_be_visible()
