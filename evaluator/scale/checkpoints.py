"""The work folder of a round: each scored part on disk, so that an interrupted round goes on.

What is kept belongs to one file, one set of rules and one version of the program; a folder of
anything else is emptied. Nothing in it can be run when it is read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pyarrow as pa
from pyarrow import feather

from evaluator.results.whole_file import whole_file
from evaluator.scale.decided_file import load_decided, save_decided
from evaluator.scale.result_tables import Identity
from evaluator.scoring.columnar.outcome import Decided
from evaluator.scoring.round import Category

_MANIFEST = "round.json"
_DAMAGED = (OSError, EOFError, ValueError, KeyError, BadZipFile)


class Checkpoints:
    """Keeps what the parts of a round came to."""

    def __init__(self, folder: Path, identity: str):
        self.folder = folder
        if _identity_in(folder) != identity:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            with whole_file(folder / _MANIFEST) as partial:
                partial.write_text(json.dumps({"round": identity}), encoding="utf-8")

    def remove(self) -> None:
        """Remove the folder: the results are written."""
        shutil.rmtree(self.folder)

    def has(self, number: int) -> bool:
        """Return whether a part was scored, and can be read: power may fail while it is written."""
        try:
            for category in self.found(number)["categories"]:
                self.decided(number, category)
                self.identity(number, category)
        except _DAMAGED:
            return False
        return True

    def save(
        self, number: int, members: Mapping[str, tuple[Identity, Decided]], **found: Any
    ) -> None:
        """Keep a part; it counts as scored once all of it is on disk. `found` are arrays."""
        for category, (identity, decided) in members.items():
            save_decided(decided, self._file(number, category, "npz"))
            with whole_file(self._file(number, category, "arrow")) as partial:
                feather.write_feather(_table(identity), partial, compression="lz4")
        with whole_file(self._done(number)) as partial, partial.open("wb") as file:
            np.savez(file, allow_pickle=False, categories=np.array(list(members), str), **found)

    def found(self, number: int) -> dict[str, Any]:
        """Return the arrays that were kept beside a part, and its categories."""
        with self._done(number).open("rb") as file, np.load(file, allow_pickle=False) as found:
            return {name: found[name] for name in found.files}

    def decided(self, number: int, category: str, points: bool = True) -> Decided:
        """Return what the organisations of a part came to, with points only if asked for."""
        return load_decided(self._file(number, category, "npz"), points)

    def identity(self, number: int, category: str) -> Identity:
        """Return who they are."""
        table = feather.read_table(self._file(number, category, "arrow"))
        columns = {name: table[name].combine_chunks() for name in table.column_names}
        return Identity(
            columns["row"].to_numpy(),
            columns["id"],
            columns["name"],
            columns["committee"],
            columns["previous"].to_numpy(),
        )

    def _done(self, number: int) -> Path:
        return self.folder / f"part-{number:06d}.npz"

    def _file(self, number: int, category: str, kind: str) -> Path:
        return self.folder / f"part-{number:06d}.{category}.{kind}"


def _table(identity: Identity) -> pa.Table:
    return pa.table(
        {
            "row": identity.rows,
            "id": identity.ids,
            "name": identity.names,
            "committee": identity.committees,
            "previous": identity.previous,
        }
    )


def _identity_in(folder: Path) -> str:
    try:
        found: str = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["round"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return found


def identity_of(path: Path, categories: Mapping[str, Category], *settings: Sequence[str]) -> str:
    """Return what a round is known by: its file, its rules, the program and the settings."""
    status = path.stat()
    digests = [each.scorer.program.digest for each in categories.values()]
    parts = [str(path.resolve()), status.st_size, status.st_mtime_ns, *digests, *settings]
    text = json.dumps([version("evaluator"), *parts])
    return hashlib.sha256(text.encode()).hexdigest()
