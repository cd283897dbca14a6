from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ec
from signing_authority import DAY, DISTRICT, PASSWORD, made

from evaluator.cli import main

NOW = datetime.datetime.now(datetime.UTC)
Settle = Callable[[int], Path]


@pytest.fixture
def settle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settle:
    """Return a function that sets a certificate which ends in some days."""

    def begin(ends: int) -> Path:
        authority = made(ec.generate_private_key(ec.SECP256R1()), NOW - 9 * DAY, NOW + ends * DAY)
        file, secret = authority.bundle(tmp_path / "district.p12"), tmp_path / "passphrase"
        secret.write_bytes(PASSWORD)
        for each in (file, secret):
            each.chmod(0o600)
        monkeypatch.setenv("EVALUATOR_SIGNING_FILE", str(file))
        monkeypatch.setenv("EVALUATOR_SIGNING_PASSPHRASE_FILE", str(secret))
        return file

    return begin


def run() -> Result:
    return CliRunner().invoke(main, ["certificate-keys", "district"])


@pytest.mark.parametrize(
    ("ends", "code", "words"),
    [(100, 0, "可以签名 good"), (20, 0, "30天内过期"), (-1, 1, "已过期 has ended")],
)
def test_certificate_is_shown_with_what_can_be_done_with_it(
    settle: Settle, ends: int, code: int, words: str
) -> None:
    settle(ends)
    done = run()
    assert (done.exit_code, DISTRICT in done.output, words in done.output) == (code, True, True)
    assert "chmod" not in done.output


def test_file_that_others_can_read_is_named(settle: Settle) -> None:
    file = settle(100)
    file.chmod(0o644)
    assert f"{file}：其他用户可以读取" in run().output


def test_missing_setting_and_wrong_passphrase_are_named(
    settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(100)
    (tmp_path / "passphrase").write_bytes(b"wrong")
    done = run()
    assert (done.exit_code, "district.p12" in done.output) == (1, True)
    monkeypatch.delenv("EVALUATOR_SIGNING_FILE")
    done = run()
    assert (done.exit_code, "EVALUATOR_SIGNING_FILE is not set" in done.output) == (1, True)
