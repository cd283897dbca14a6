"""A file for each certificate."""

from __future__ import annotations

import io
import shutil

import pypdf
import pytest
from certificate_printing import (
    LONGEST,
    certificate,
    extracted,
    lines_of,
    numbered,
    picture,
    printed,
)

from reports.certificate import write_each


def test_files_are_named_by_serial_and_nothing_else_is_left(tmp_path):
    paths = write_each(numbered(3), tmp_path)
    assert [path.name for path in paths] == [f"SX-2026-SQ-{n:06d}.pdf" for n in range(3)]
    assert sorted(tmp_path.iterdir()) == paths


def test_writing_again_gives_the_same_bytes(tmp_path):
    first = [path.read_bytes() for path in write_each(numbered(3), tmp_path)]
    assert [path.read_bytes() for path in write_each(numbered(3), tmp_path)] == first


def test_bytes_do_not_depend_on_the_rest_of_the_batch(tmp_path):
    together = write_each(numbered(3), tmp_path)[2].read_bytes()
    assert write_each(numbered(3)[2:], tmp_path)[0].read_bytes() == together


@pytest.mark.parametrize("changes", [{}, {"model": True}, {"organisation": LONGEST}])
def test_file_looks_and_reads_like_the_page_of_a_document(tmp_path, changes):
    wanted = certificate(**changes)
    (path,) = write_each([wanted], tmp_path)
    alone, together = path.read_bytes(), printed(wanted)
    assert picture(alone, 60).tobytes() == picture(together, 60).tobytes()
    assert extracted(alone) == extracted(together)


def test_files_of_different_awards_carry_their_own_words(tmp_path):
    batch = [
        certificate(serial="A-1", level_zh="五星级党组织", verify_base="https://one.example/"),
        certificate(serial="A-2", level_zh="三星级党组织", stars=3),
    ]
    texts = ["".join(extracted(path.read_bytes()).split()) for path in write_each(batch, tmp_path)]
    assert ["五星级" in text for text in texts] == [True, False]
    assert ["三星级" in text for text in texts] == [False, True]
    assert "https://one.example/9F3K2M7QXA" in texts[0]


def test_file_is_well_formed(tmp_path):
    (path,) = write_each([certificate()], tmp_path)
    reader = pypdf.PdfReader(io.BytesIO(path.read_bytes()), strict=True)
    assert len(reader.pages) == 1
    assert lines_of(path.read_bytes())[0] == certificate().organisation


@pytest.mark.parametrize(
    ("serial", "name"),
    [
        ("../../etc/passwd", "_etc_passwd.pdf"),
        ("a/b\\c:d", "a_b_c_d.pdf"),
        ("SX·2026 第1号", "SX_2026_第1号.pdf"),
        (".hidden", "_hidden.pdf"),
    ],
)
def test_unsafe_serials_stay_in_the_directory(tmp_path, serial, name):
    (path,) = write_each([certificate(serial=serial)], tmp_path)
    assert path == tmp_path / name
    assert path.exists()


def test_serials_that_would_overwrite_each_other_are_refused(tmp_path):
    batch = [certificate(serial="A/1"), certificate(serial="a:1")]
    with pytest.raises(ValueError, match=r"'A/1' and 'a:1' would both be written to a_1\.pdf"):
        write_each(batch, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_serial_twice_is_refused(tmp_path):
    with pytest.raises(ValueError, match="would both be written"):
        write_each([certificate(), certificate()], tmp_path)


def test_missing_directory_is_an_error(tmp_path):
    shutil.rmtree(tmp_path)
    with pytest.raises(FileNotFoundError):
        write_each([certificate()], tmp_path)
