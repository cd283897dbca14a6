"""A batch as single files with the district's digital signature."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from certified import Certified
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from district import make_account
from flask import Flask
from flask.testing import FlaskClient
from signing_authority import DAY, DISTRICT, PASSWORD, Authority, made
from sqlalchemy import select

from evaluator.access import Role
from evaluator.accounts.models import Account
from evaluator.certificates.models import Batch
from evaluator.certificates.signed.files import SIGNING
from evaluator.certificates.signed.models import SignedFile, SigningRun
from evaluator.certificates.signed.signatory import signatory_now
from evaluator.jobs.models import Job, JobState
from evaluator.jobs.plans import plan_of
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from reports.certificate.signing_check import Trust, read_roots, signatures_in

Browse = Callable[[Account], FlaskClient]
KEY = rsa.generate_private_key(65537, 2048)
NOW = datetime.datetime.now(datetime.UTC)


@pytest.fixture
def batch(certified: Certified) -> Batch:
    return certified.issue()


@pytest.fixture
def district(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Authority]:
    """Return a function that sets a certificate of the district, good for some days."""

    def settle(begins: int = -1, ends: int = 365) -> Authority:
        authority = made(KEY, NOW + begins * DAY, NOW + ends * DAY)
        secret = tmp_path / "passphrase"
        secret.write_bytes(PASSWORD + b"\n")
        file = authority.bundle(tmp_path / f"{begins}-{ends}.p12")
        monkeypatch.setitem(app.config, "SIGNING_FILE", str(file))
        monkeypatch.setitem(app.config, "SIGNING_PASSPHRASE_FILE", str(secret))
        return authority

    return settle


def address(batch: Batch) -> str:
    return f"/certificates/batches/{batch.id}"


def ask(batch: Batch, organiser: FlaskClient) -> int:
    found = re.search(
        r'name="sign-fingerprint"[^>]*value="(\w*)"', organiser.get(address(batch)).text
    )
    sent = {"sign-fingerprint": found[1] if found else ""}
    return organiser.post(f"{address(batch)}/signed", data=sent).status_code


def work_off(certified: Certified) -> SigningRun:
    """Sign here, step by step as the job does."""
    session = certified.session
    run = session.scalars(select(SigningRun)).one()
    plan, arguments = plan_of(SIGNING), {"run": run.id}
    for step in plan.steps(arguments):
        plan.do(arguments, step)
    session.get_one(Job, run.job_id).state = JobState.DONE
    session.commit()
    return run


def test_nothing_is_offered_where_no_certificate_is_set(
    batch: Batch, organiser: FlaskClient
) -> None:
    assert "单份电子签名文件" not in organiser.get(address(batch)).text
    assert ask(batch, organiser) == 409


def test_batch_is_signed_once_and_handed_out_by_committee(
    certified: Certified, batch: Batch, organiser: FlaskClient, district, tmp_path: Path
) -> None:
    authority = district()
    page = organiser.get(address(batch)).text
    for words in ("单份电子签名文件", DISTRICT, "示例测试根", "为3份证书逐份生成"):
        assert words in page
    assert ask(batch, organiser) == 302
    assert "已签名0份，共3份" in organiser.get(address(batch)).text
    run = work_off(certified)
    assert ask(batch, organiser) == 409
    page = organiser.get(address(batch)).text
    assert ("全部签名文件" in page, "3 PDF" in page, "<progress id=\"bar-signed\"" in page) == (
        True, True, False,
    )  # fmt: skip
    root = tmp_path / "root.pem"
    root.write_bytes(authority.root.public_bytes(serialization.Encoding.PEM))
    east = certified.ended.district.east.id
    sizes = {}
    for name in ("all", str(east)):
        data = organiser.get(f"{address(batch)}/signed/{name}.zip").data
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            assert parcel.testzip() is None
            sizes[name] = len(parcel.namelist())
            for each in parcel.namelist():
                (found,) = signatures_in(parcel.read(each), read_roots(root))
                assert (found.is_unaltered, found.name, found.trust) == (
                    True, DISTRICT, Trust.VOUCHED,
                )  # fmt: skip
                assert found.moment == run.moment
    assert sizes == {"all": 3, str(east): 2}
    for name in ("999999", "x", "²"):
        assert organiser.get(f"{address(batch)}/signed/{name}.zip").status_code == 404


def test_branch_opens_the_signed_document_of_its_own_alone(
    certified: Certified, batch: Batch, organiser: FlaskClient, district, browser_of: Browse
) -> None:
    place = certified.ended.district.east_one
    officer = browser_of(make_account(certified.session, Role.BRANCH_OFFICER, place))
    own, other = (certified.certificate(code) for code in ("E1", "W1"))
    assert officer.get(f"/certificates/{own.id}/signed").status_code == 404
    district()
    ask(batch, organiser)
    work_off(certified)
    assert "打开电子签名证书" in officer.get(f"/certificates/{own.id}").text
    signed = officer.get(f"/certificates/{own.id}/signed").data
    assert signatures_in(signed)[0].is_unaltered
    assert officer.get(f"/certificates/{other.id}/signed").status_code == 404


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(-40, -1, "已过期"), (1, 40, "尚未生效")],
)
def test_certificate_that_is_not_good_now_signs_nothing(
    batch: Batch, organiser: FlaskClient, district, begins: int, ends: int, words: str
) -> None:
    district(begins, ends)
    page = organiser.get(address(batch)).text
    assert (words in page, "开始签名" in page) == (True, False)
    sent = {"sign-fingerprint": signatory_now().signatory.fingerprint}  # type: ignore[union-attr]
    assert organiser.post(f"{address(batch)}/signed", data=sent).status_code == 409


def test_certificate_that_ends_soon_is_warned_of_and_signs(
    batch: Batch, organiser: FlaskClient, district
) -> None:
    district(ends=29)
    assert "即将过期" in organiser.get(address(batch)).text
    assert ask(batch, organiser) == 302


def test_unreadable_file_is_told_without_its_place(
    app: Flask, batch: Batch, organiser: FlaskClient, district, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    district()
    wrong = tmp_path / "wrong"
    wrong.write_bytes(b"wrong")
    for setting, value in (("SIGNING_PASSPHRASE_FILE", wrong), ("SIGNING_FILE", tmp_path / "no")):
        monkeypatch.setitem(app.config, setting, str(value))
        page = organiser.get(address(batch)).text
        assert ("无法读取" in page, str(tmp_path) in page) == (True, False)
        assert ask(batch, organiser) == 409


def test_exchanged_certificate_does_not_go_on_with_what_another_began(
    app: Flask, certified: Certified, batch: Batch, organiser: FlaskClient, district
) -> None:
    district()
    former = app.config["SIGNING_FILE"]
    ask(batch, organiser)
    run = certified.session.scalars(select(SigningRun)).one()
    district(ends=300)
    with pytest.raises(Refusal):
        plan_of(SIGNING).do({"run": run.id}, "0-3")
    assert organiser.post(f"{address(batch)}/signed/stop").status_code == 302
    assert organiser.post(f"{address(batch)}/signed/resume").status_code == 409
    app.config["SIGNING_FILE"] = former
    assert organiser.post(f"{address(batch)}/signed/resume").status_code == 302


def test_files_made_again_are_the_same_to_the_byte(
    certified: Certified, batch: Batch, organiser: FlaskClient, district
) -> None:
    district()
    ask(batch, organiser)
    session, run = certified.session, work_off(certified)
    first = {each.certificate_id: each.digest for each in session.scalars(select(SignedFile))}
    for each in session.scalars(select(SignedFile)).all():
        storage().delete(each.storage_key)
        session.delete(each)
    session.commit()
    work_off(certified)
    again = {each.certificate_id: each.digest for each in session.scalars(select(SignedFile))}
    assert (again, len(again)) == (first, run.batch.count)
