"""Where the records of a CSV file begin and end, found without reading what is in them.

Only quotes, commas and ends of lines matter for this, and no character of UTF-8 or GB18030 has
their bytes inside. A block is regular where every quote stands at an edge of its cell or is
doubled; then an end of line with an even number of quotes before it ends a record.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evaluator.files.csv_reader import MOST_IN_CELL, no_encoding, no_text
from evaluator.scoring.columnar.arrays import Array, Bools

_QUOTE, _COMMA, _NEWLINE, _RETURN = (ord(each) for each in '",\n\r')
_MARK = b"\xef\xbb\xbf"
UTF_8, GB18030 = "utf-8", "gb18030"

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Block:
    """Whole records from byte `start` to `end`; `line` is the number of the first line."""

    start: int
    end: int
    line: int
    is_regular: bool
    records: int


@dataclass(frozen=True)
class Lines:
    """Positions in some bytes, all int64: behind each end of line, and behind each record."""

    ends: Array
    records: Array
    is_regular: bool


def blocks_of(path: Path, most: int, window: int = 2**25) -> tuple[str, list[Block]]:
    """Return the encoding of a file and its blocks of at most so many records.

    A mark at the beginning of UTF-8 is in no block. Raises TableErrors for what is no text.
    """
    blocks: list[Block] = []
    is_utf8 = is_gb18030 = True
    with path.open("rb") as file:
        for block, content in _blocks(path, file, most, window):
            if b"\0" in content:
                raise no_text(path)
            if is_utf8 and not _decodes(content, UTF_8):
                is_utf8 = False
                is_gb18030 = all(_decodes(_bytes(file, each), GB18030) for each in blocks)
            if not is_utf8:
                is_gb18030 = is_gb18030 and _decodes(content, GB18030)
            blocks.append(block)
    if is_utf8:
        return UTF_8, blocks
    if not is_gb18030:
        raise no_encoding(path)
    if blocks[0].start:
        # What looked like the mark of UTF-8 is text.
        blocks[0] = replace(blocks[0], start=0, is_regular=False)
    return GB18030, blocks


def lines_of(content: bytes, is_last: bool = True) -> Lines:
    """Find lines and records; bytes behind the last end of line count where the file ends."""
    text = np.frombuffer(content, np.uint8)
    ends = _places(content, _NEWLINE)
    returns = _places(content, _RETURN)
    if len(returns):
        lone = returns[np.append(text[1:], 0)[returns] != _NEWLINE]
        ends = np.sort(np.concatenate([ends, lone])) if len(lone) else ends
    ends = ends + 1
    if is_last and len(text) and (not len(ends) or ends[-1] < len(text)):
        ends = np.append(ends, len(text))
    quotes = _places(content, _QUOTE)
    if not len(quotes):
        return Lines(ends, ends, True)
    records = ends[np.searchsorted(quotes, ends) % 2 == 0]
    last = int(records[-1]) if len(records) else 0
    if is_last and last < len(text):
        return Lines(ends, records, False)
    return Lines(ends, records, _is_regular(text, quotes[: np.searchsorted(quotes, last)]))


def _places(content: bytes, byte: int) -> Array:
    """Return where a byte stands; most files have none of some, which is quickly seen."""
    if byte not in content:
        return np.zeros(0, np.intp)
    return np.flatnonzero(np.frombuffer(content, np.uint8) == byte)


def _is_regular(text: Bytes, quotes: Array) -> bool:
    opening, closing = quotes[::2], quotes[1::2]
    before = text[np.maximum(opening - 1, 0)]
    after = text[np.minimum(closing + 1, len(text) - 1)]
    opens = (opening == 0) | _is_edge(before)
    closes = (closing == len(text) - 1) | _is_edge(after)
    return bool(opens.all() and closes.all())


def _is_edge(byte: Bytes) -> Bools:
    edge: Bools = (byte == _COMMA) | (byte == _QUOTE) | (byte == _NEWLINE) | (byte == _RETURN)
    return edge


def _blocks(path: Path, file: BinaryIO, most: int, window: int) -> Iterator[tuple[Block, bytes]]:
    """Yield blocks with their bytes, from the beginning of the file to its end."""
    start = len(_MARK) if file.read(len(_MARK)) == _MARK else 0
    line, size = 1, window
    while True:
        file.seek(start)
        content = file.read(size)
        if not content:
            return
        is_last = not file.read(1)
        if content.endswith(b"\r") and not is_last:
            size += 1  # its newline may follow
            continue
        found = lines_of(content, is_last)
        if found.is_regular and not len(found.records):
            size *= 2
            continue
        block = (
            _cut(start, line, found, most) if found.is_regular else _slow(path, start, line, most)
        )
        if found.is_regular:
            content = content[: block.end - start]
            line += int(np.searchsorted(found.ends, len(content), "right"))
        else:
            content = _bytes(file, block)
            line += len(lines_of(content).ends)
        yield block, content
        start, size = block.end, window


def _cut(start: int, line: int, found: Lines, most: int) -> Block:
    records = found.records[:most]
    return Block(start, start + int(records[-1]), line, True, len(records))


def _slow(path: Path, start: int, line: int, most: int) -> Block:
    """Find the end of a block by reading its records; to the end of the file where one fails."""
    records, position = 0, start
    csv.field_size_limit(MOST_IN_CELL)

    def lines(text: TextIO) -> Iterator[str]:
        nonlocal position
        for each in text:
            position += len(each)
            yield each

    # Every byte becomes one character, so that characters count bytes.
    with path.open("rb") as file, io.TextIOWrapper(file, "latin-1", newline="") as text:
        file.seek(start)
        try:
            for _ in csv.reader(lines(text), strict=True):
                records += 1
                if records == most:
                    break
        except csv.Error:
            position = path.stat().st_size
    return Block(start, position, line, False, records)


def _bytes(file: BinaryIO, block: Block) -> bytes:
    file.seek(block.start)
    return file.read(block.end - block.start)


def _decodes(content: bytes, encoding: str) -> bool:
    if encoding == UTF_8:
        return _is_utf8(content)
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(content: bytes) -> bool:
    """Return what decoding would, several times as fast: Arrow looks at many bytes at once."""
    buffers = map(pa.py_buffer, (np.array([0, len(content)], np.int64), content))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, *buffers])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
