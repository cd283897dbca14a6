from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from signed_award import ISSUER, award

from evaluator.cli import main
from evaluator.credentials.key_folder import key_in_use, read_keys
from evaluator.credentials.tokens import sign, verify

TODAY = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVALUATOR_DATA_FOLDER", str(tmp_path))
    return tmp_path / "certificate-keys"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["certificate-keys", *arguments])


def test_a_new_key_begins_tomorrow(folder: Path) -> None:
    first = key_in_use(folder, TODAY - DAY, ISSUER)
    token = sign(award(awarded_on=TODAY), first)
    done = run("rotate")
    ring = read_keys(folder)
    assert (done.exit_code, [key.issuer for key in ring.public]) == (0, [ISSUER, ISSUER])
    assert ring.on(TODAY).id == first.id
    assert ring.on(TODAY + DAY).id.hex() in done.output
    assert verify(token, ring.public).is_genuine


def test_a_key_may_begin_later_and_for_another_issuer(folder: Path) -> None:
    key_in_use(folder, TODAY, ISSUER)
    later = TODAY + 30 * DAY
    assert run("rotate", "--from", later.isoformat(), "--issuer", "中共另一区委").exit_code == 0
    assert [key.from_day for key in read_keys(folder).public] == [TODAY, later]
    assert run("list").output.splitlines()[1].endswith(f"{later} –   中共另一区委")


@pytest.mark.parametrize("days", [0, -1])
def test_a_key_does_not_begin_today_or_earlier(folder: Path, days: int) -> None:
    key_in_use(folder, TODAY - 9 * DAY, ISSUER)
    done = run("rotate", "--from", (TODAY + days * DAY).isoformat())
    assert (done.exit_code, "最早从明天起启用" in done.output) == (2, True)
    assert len(read_keys(folder).public) == 1


def test_two_keys_do_not_begin_on_one_day(folder: Path) -> None:
    assert run("rotate").exit_code == 0
    done = run("rotate")
    assert (done.exit_code, "there already" in done.output) == (1, True)


def test_no_keys_are_no_lines(folder: Path) -> None:
    assert (run("list").exit_code, run("list").output) == (0, "")
