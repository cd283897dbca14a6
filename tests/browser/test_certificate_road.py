"""From awards to a printed batch, a certificate verified on a phone, then replaced and revoked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from awarded import Ended, make_ended
from cryptography.hazmat.primitives.asymmetric import rsa
from district import make_account
from flask import Flask
from looking import look
from playwright.sync_api import Page, expect
from signing_authority import DAY, PASSWORD, made
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.accounts.models import Account, SignIn
from evaluator.accounts.passwords import hash_password
from evaluator.accounts.sessions import CONFIRMED_FOR
from evaluator.awards.models import Award
from evaluator.certificates.models import Batch, Certificate
from evaluator.certificates.printing import PRINTING
from evaluator.certificates.signed.files import SIGNING
from evaluator.certificates.signed.models import SigningRun
from evaluator.database import db
from evaluator.jobs.models import Job, JobState
from evaluator.jobs.plans import plan_of

Open = Callable[..., Page]


@pytest.fixture
def ended(rows: Session) -> Ended:
    made = make_ended(rows)
    made.award_all()
    return made


def test_from_awards_to_certificates_that_anybody_verifies(
    server: Any, rows: Session, ended: Ended, page_of: Open, tmp_path: Path
) -> None:
    set_signatory(server.app, tmp_path)
    organiser = page_of(ended.organiser)
    issue(organiser)
    drawn(rows, organiser)
    signed(server.app, organiser)
    publish(organiser)
    one = certificate_of(rows, "东一社区党支部")
    scanned(page_of(), one)
    typed(page_of(), one)
    own(page_of(make_account(rows, Role.BRANCH_OFFICER, ended.district.east_one)))
    second = page_of(ended.second)
    replace(organiser, second, page_of(), one)
    let_confirmation_pass(rows, ended.organiser)
    revoke(organiser, second, page_of(), certificate_of(rows, "西一社区党支部"))


def let_confirmation_pass(rows: Session, account: Account) -> None:
    """Let an account prove anew who it is, by a password that it gets for this."""
    account.password_hash = hash_password(PASSWORD.decode())
    sign_in = rows.scalars(select(SignIn).where(SignIn.account_id == account.id)).one()
    sign_in.confirmed_at = sign_in.started_at - CONFIRMED_FOR
    rows.commit()


def certificate_of(rows: Session, name: str) -> Certificate:
    query = select(Certificate).join(Award).where(Certificate.name == name)
    found = rows.scalars(query).one()
    rows.commit()
    return found


def issue(page: Page) -> None:
    page.goto("/")
    page.get_by_text("命名待颁发证书").wait_for()
    page.get_by_role("link", name="准备证书批次").click()
    expect(page.get_by_role("heading", name="待颁发证书：3份")).to_be_visible()
    picture = page.get_by_role("img", name="东一社区党支部的证书样张")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") > 500
    look(page, "certificate-preview")
    page.get_by_role("button", name="确认颁发").click()
    expect(page.get_by_text("已颁发3份证书")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    look(page, "certificate-batch-drawing")


def drawn(rows: Session, page: Page) -> None:
    """Draw the files as the job would; the page shows them by itself."""
    run = rows.scalars(select(Batch)).one().prints[0]
    plan = plan_of(PRINTING)
    for step in plan.steps({"run": run.id}):
        plan.do({"run": run.id}, step)
    assert run.job_id is not None
    rows.get_one(Job, run.job_id).state = JobState.DONE
    rows.commit()
    expect(page.get_by_role("link", name="全批次合订本")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("link", name="东片党工委").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def set_signatory(app: Flask, folder: Path) -> None:
    """Give the service a certificate of the district that ends soon."""
    ends = datetime.now(UTC) + 20 * DAY
    authority = made(rsa.generate_private_key(65537, 2048), ends=ends)
    app.config["SIGNING_FILE"] = str(authority.bundle(folder / "district.p12"))
    app.config["SIGNING_PASSPHRASE_FILE"] = str(folder / "passphrase")
    (folder / "passphrase").write_bytes(PASSWORD)


def signed(app: Flask, page: Page) -> None:
    """Let the files be signed; the page shows them by itself."""
    expect(page.get_by_text("该签名证书即将过期")).to_be_visible()
    look(page, "certificate-batch-to-sign")
    page.get_by_role("button", name="开始签名").click()
    expect(page.get_by_text("已签名0份，共3份")).to_be_visible()
    # What signs has an event loop of its own, and so has the browser in this thread.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(sign_all, app).result()
    with page.expect_download() as download:
        page.get_by_role("link", name="全部签名文件").click()
    with ZipFile(download.value.path()) as parcel:
        assert len(parcel.namelist()) == 3
    look(page, "certificate-batch-signed")


def sign_all(app: Flask) -> None:
    """Sign as the job would."""
    with app.app_context():
        run = db.session.scalars(select(SigningRun)).one()
        plan = plan_of(SIGNING)
        for step in plan.steps({"run": run.id}):
            plan.do({"run": run.id}, step)
        db.session.get_one(Job, run.job_id).state = JobState.DONE
        db.session.commit()


def publish(page: Page) -> None:
    page.get_by_role("button", name="公布根值").click()
    expect(
        page.get_by_text("批次的根值已公布").or_(page.get_by_text("批次根值已公布"))
    ).to_be_visible()
    look(page, "certificate-batch")
    page.goto("/certificates")
    look(page, "certificate-listing")


def scanned(page: Page, one: Certificate) -> None:
    page.goto(f"/V/{one.token}")
    expect(page.get_by_role("heading", name="证书：有效")).to_be_visible()
    page.get_by_text("属于该批次的证明").click()
    look(page, "certificate-verified")
    page.get_by_role("link", name="列于已公布批次").click()
    look(page, "certificate-public-batch")


def typed(page: Page, one: Certificate) -> None:
    page.goto("/")
    page.get_by_role("link", name="证书核验").click()
    look(page, "certificate-verify")
    page.get_by_label("证书上的编号").fill("2026-C5-00009-AAAAA")
    page.keyboard.press("Enter")
    expect(page.get_by_text("没有此编号的证书")).to_be_visible()
    look(page, "certificate-unknown")
    page.get_by_label("证书上的编号").fill(one.serial.lower())
    page.get_by_role("main").get_by_role("button", name="核验").click()
    expect(page.get_by_role("heading", name="证书：有效")).to_be_visible()
    page.goto(f"/v/{one.token[:-10]}AAAAAAAAAA")
    expect(page.get_by_text("此核验码并非由本平台签发")).to_be_visible()


def own(page: Page) -> None:
    page.goto("/certificates")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name="东一社区党支部").click()
    expect(page.get_by_role("img", name="证书图样")).to_be_visible()
    look(page, "certificate-own")


def replace(page: Page, second: Page, public: Page, one: Certificate) -> None:
    page.goto(f"/certificates/{one.id}")
    page.locator("summary", has_text="提议换发").click()
    page.locator("#replace-reason").fill("名称印制有误")
    page.get_by_role("button", name="提议", exact=True).click()
    expect(page.get_by_text("须由另一名组织部管理员确认")).to_be_visible()
    expect(page.get_by_role("button", name="作为第二人确认")).to_have_count(0)
    look(page, "certificate-proposed")
    public.goto(f"/verify/{one.serial}")
    expect(public.get_by_role("heading", name="证书：有效")).to_be_visible()
    confirm(second, "东一社区党支部")
    expect(second.get_by_text("已换发新证书")).to_be_visible()
    public.goto(f"/verify/{one.serial}")
    expect(public.get_by_role("heading", name="证书：已换发")).to_be_visible()
    look(public, "certificate-replaced")


def confirm(second: Page, name: str) -> None:
    """Find a proposal by the start page, and confirm it."""
    second.goto("/")
    second.get_by_text("证书变更待第二人确认").wait_for()
    second.locator('a[href*="proposed=1"]').click()
    second.get_by_role("link", name=name).click()
    look(second, "certificate-confirming")
    second.get_by_role("button", name="作为第二人确认").click()


def revoke(page: Page, second: Page, public: Page, one: Certificate) -> None:
    page.goto(f"/certificates/{one.id}")
    page.locator("summary", has_text="提议撤销").click()
    page.locator("#revoke-reason").fill("弄虚作假")
    page.get_by_role("button", name="提议", exact=True).click()
    prove(page)
    expect(page.get_by_text("请选择一项。")).to_be_visible()
    expect(page.locator("#revoke-reason")).to_have_value("弄虚作假")
    page.get_by_label("命名不变，仅撤销此证书").check()
    look(page, "certificate-revoking")
    page.get_by_role("button", name="提议", exact=True).click()
    expect(page.get_by_text("须由另一名组织部管理员确认")).to_be_visible()
    confirm(second, "西一社区党支部")
    expect(second.get_by_text("已确认，即时生效。")).to_be_visible()
    public.goto(f"/verify/{one.serial}")
    expect(public.get_by_role("heading", name="证书：已撤销")).to_be_visible()
    expect(public.get_by_text("弄虚作假")).to_be_visible()
    look(public, "certificate-revoked")


def prove(page: Page) -> None:
    """Say anew who it is, at the second try; what was sent goes on from there."""
    expect(page.get_by_role("heading", name="确认身份")).to_be_visible()
    for proof in ("wrong", PASSWORD.decode()):
        page.get_by_label("密码或验证码").fill(proof)
        look(page, "certificate-proving")
        page.get_by_role("button", name="确认并执行").click()
