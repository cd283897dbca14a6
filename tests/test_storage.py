"""Stored files: whole or not there, never overwritten, and the same in a folder and elsewhere."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from evaluator.storage import STAGING, FolderStorage, ObjectStorage, Storage, storage_at

KEY = "evidence/ab/abcd"


@pytest.fixture(params=["folder", "memory"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """Yield an empty storage of each kind."""
    if request.param == "memory":
        yield ObjectStorage(MemoryStore())
    else:
        yield storage_at((tmp_path / "给 files").as_uri())


def test_put_file_is_got_back(kept: Storage) -> None:
    kept.put(KEY, b"content")
    assert (kept.get(KEY), kept.exists(KEY)) == (b"content", True)


def test_put_under_a_taken_key_leaves_the_first_file(kept: Storage) -> None:
    kept.put(KEY, b"first")
    kept.put(KEY, b"second")
    assert kept.get(KEY) == b"first"


def test_get_missing_file_is_told(kept: Storage) -> None:
    assert kept.exists(KEY) is False
    with pytest.raises(FileNotFoundError):
        kept.get(KEY)


def test_delete_removes_one_file_and_a_second_time_nothing(kept: Storage) -> None:
    kept.put(KEY, b"content")
    kept.put("evidence/ab/other", b"other")
    kept.delete(KEY)
    kept.delete(KEY)
    assert list(kept.keys("evidence")) == ["evidence/ab/other"]


def test_keys_before_are_those_that_were_stored_before_a_moment(kept: Storage) -> None:
    kept.put(KEY, b"")
    soon = datetime.now(UTC) + timedelta(seconds=5)
    assert list(kept.keys_before("evidence", soon)) == [KEY]
    assert list(kept.keys_before("evidence", soon - timedelta(minutes=1))) == []


def test_keys_are_those_below_the_prefix(kept: Storage) -> None:
    for key in ("evidence/ab/1", "evidence/cd/2", "uploads/x/3"):
        kept.put(key, b"")
    assert sorted(kept.keys("evidence")) == ["evidence/ab/1", "evidence/cd/2"]
    assert list(kept.keys("nothing")) == []


def test_empty_file_is_a_file(kept: Storage) -> None:
    kept.put(KEY, b"")
    assert kept.get(KEY) == b""


@pytest.mark.parametrize("key", ["../outside", "evidence/../../outside", "a//b"])
def test_key_that_leads_elsewhere_is_refused_or_stays_inside(tmp_path: Path, key: str) -> None:
    kept = FolderStorage(tmp_path / "files")
    with pytest.raises(Exception, match=r"(?i)path|segment|key"):
        kept.put(key, b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["files"]


def test_put_by_many_at_once_stores_one_whole_file(tmp_path: Path) -> None:
    kept = FolderStorage(tmp_path)
    contents = [bytes([number]) * 300_000 for number in range(16)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda content: kept.put(KEY, content), contents))
    assert kept.get(KEY) in contents
    assert list(kept.keys(STAGING)) == []


WRITER = """
import hashlib, sys
from pathlib import Path
from evaluator.storage import FolderStorage
kept = FolderStorage(Path(sys.argv[1]))
for number in range(10_000):
    content = number.to_bytes(4, "big") * 100_000
    key = f"evidence/{hashlib.sha256(content).hexdigest()}"
    kept.put(key, content)
    print(key, flush=True)
"""


def test_put_killed_at_any_moment_leaves_whole_files_alone(tmp_path: Path) -> None:
    told: list[str] = []
    for after in (1, 3, 6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            told += [writer.stdout.readline().strip() for _ in range(after)]
            os.kill(writer.pid, signal.SIGKILL)
    kept = FolderStorage(tmp_path)
    there = list(kept.keys("evidence"))
    assert set(told) <= set(there)
    assert [len(kept.get(key)) for key in there] == [400_000] * len(there)
