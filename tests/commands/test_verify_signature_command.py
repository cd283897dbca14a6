"""`evaluator verify` on documents with a digital signature."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from signed_award import DAY, KEY, award, paper
from signing_authority import DISTRICT, PASSWORD, Authority, made

from evaluator.cli import main
from evaluator.credentials.keys import published
from evaluator.credentials.tokens import sign as sign_token
from reports.certificate.signing import Signatory, sign

Verify = Callable[..., Result]
FACTS = award(valid_until=DAY(2028, 12, 31))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return made(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def signed(authority: Authority, tmp_path: Path) -> bytes:
    signatory = Signatory.from_file(authority.bundle(tmp_path / "d.p12"), PASSWORD, "")
    return sign(paper(FACTS, sign_token(FACTS, KEY)), signatory)


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps(published([KEY.known])), "utf-8")

    def run(content: bytes, *more: str) -> Result:
        file = tmp_path / "a.pdf"
        file.write_bytes(content)
        return CliRunner().invoke(main, ["verify", str(file), "--keys", str(keys), *more])

    return run


def roots(authority: Authority, tmp_path: Path) -> tuple[str, str]:
    file = tmp_path / "roots.pem"
    file.write_bytes(authority.root.public_bytes(serialization.Encoding.PEM))
    return "--roots", str(file)


def test_signature_is_said_with_who_vouches(
    verify: Verify, authority: Authority, signed: bytes, tmp_path: Path
) -> None:
    done = verify(signed, *roots(authority, tmp_path))
    holds, vouched = done.output.splitlines()[-2:]
    assert done.exit_code == 0
    assert holds.startswith(f"✓ 电子签名有效，签名后文件未改动。签名人：{DISTRICT}；签名时间：20")
    assert vouched == "  签名证书由受信任的机构签发：示例测试根。"


def test_without_roots_it_is_said_that_nobody_was_asked(verify: Verify, signed: bytes) -> None:
    done = verify(signed, "--lang", "en")
    assert done.exit_code == 0
    assert "No trusted roots are given" in done.output.splitlines()[-1]


def test_stranger_is_not_genuine(verify: Verify, signed: bytes, tmp_path: Path) -> None:
    other = made(ec.generate_private_key(ec.SECP256R1()))
    done = verify(signed, *roots(other, tmp_path))
    assert (done.exit_code, "✗ 签名人身份不可信" in done.output) == (1, True)


def test_alteration_after_the_signature_is_not_genuine(verify: Verify, signed: bytes) -> None:
    altered = bytearray(signed)
    altered[signed.index(b"<dc:creator>") + 30] ^= 1
    done = verify(bytes(altered))
    assert done.exit_code == 1
    assert done.output.splitlines()[-1] == "✗ 电子签名无效：签名之后文件被改动过。"


def test_document_without_a_signature_says_so_and_stays_genuine(verify: Verify) -> None:
    done = verify(paper(FACTS, sign_token(FACTS, KEY)))
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "文件没有电子签名。")


def test_file_of_roots_that_holds_none_is_named(
    verify: Verify, signed: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "empty.pem"
    file.touch()
    done = verify(signed, "--roots", str(file))
    assert (done.exit_code, "empty.pem" in done.output) == (2, True)
