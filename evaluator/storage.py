"""Stored files: a folder by default, an object store by its address; never overwritten.

A file is there complete or not at all, whatever kills the process or the machine: in a folder it
is written under another name, brought to the disk, and only then linked to its own name.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from flask import Flask, current_app
from obstore.store import LocalStore, ObjectStore, from_url

LOST = "lost"
"""Where files lie that no row names; a person decides what becomes of them."""
STAGING = "staging"
"""Where files of a folder are while they are written; what is left there was never stored."""
_EXTENSION = "evaluator storage"


@runtime_checkable
class Storage(Protocol):
    """Where files are kept by key, such as `evidence/ab/abcd…`."""

    def put(self, key: str, content: bytes) -> None:
        """Store a file; one that is there under the same key is left as it is."""

    def get(self, key: str) -> bytes:
        """Return a file; raises FileNotFoundError."""

    def exists(self, key: str) -> bool:
        """Return whether a file is there."""

    def delete(self, key: str) -> None:
        """Remove a file, if it is there."""

    def set_aside(self, key: str) -> None:
        """Take a file out of use without losing it: its key then begins with `lost/`."""

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, for checks that no file lacks its row."""

    def keys_before(self, prefix: str, moment: datetime) -> Iterator[str]:
        """Yield the keys below a prefix that were stored before a moment."""


class ObjectStorage:
    """Files in an object store, which keeps each whole file or none of it."""

    def __init__(self, store: ObjectStore):
        self.store = store

    def put(self, key: str, content: bytes) -> None:
        """Store a file; one that is there under the same key is left as it is."""
        try:
            obstore.put(self.store, key, content, mode="create")
        except obstore.exceptions.AlreadyExistsError:
            return

    def get(self, key: str) -> bytes:
        """Return a file; raises FileNotFoundError."""
        return obstore.get(self.store, key).bytes().to_bytes()

    def exists(self, key: str) -> bool:
        """Return whether a file is there."""
        try:
            obstore.head(self.store, key)
        except FileNotFoundError:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove a file, if it is there."""
        try:
            obstore.delete(self.store, key)
        except FileNotFoundError:
            return

    def set_aside(self, key: str) -> None:
        """Take a file out of use without losing it: its key then begins with `lost/`."""
        obstore.rename(self.store, key, f"{LOST}/{key}")

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix."""
        for batch in obstore.list(self.store, prefix):
            yield from (str(each["path"]) for each in batch)

    def keys_before(self, prefix: str, moment: datetime) -> Iterator[str]:
        """Yield the keys below a prefix that were stored before a moment."""
        for batch in obstore.list(self.store, prefix):
            yield from (str(each["path"]) for each in batch if each["last_modified"] < moment)


class FolderStorage(ObjectStorage):
    """Files in a folder; what is stored survives a loss of power too.

    The library links a finished file to its name but does not bring it to the disk first, so that
    after a loss of power a name could stand for half a file. Here it is staged beforehand.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        super().__init__(LocalStore(folder, mkdir=True))

    def put(self, key: str, content: bytes) -> None:
        """Store a file; one that is there under the same key is left as it is."""
        if self.exists(key):
            return
        staged = f"{STAGING}/{secrets.token_hex(16)}"
        obstore.put(self.store, staged, content, mode="create")
        _to_disk(self.folder / staged)
        try:
            obstore.rename(self.store, staged, key, overwrite=False)
        except obstore.exceptions.AlreadyExistsError:
            obstore.delete(self.store, staged)
        for folder in (self.folder / key).relative_to(self.folder).parents:
            _to_disk(self.folder / folder)


def storage_at(url: str) -> Storage:
    """Return the storage at an address: `file:///…` is a folder, `s3://…` an object store."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FolderStorage(Path(url2pathname(parts.path)))
    return ObjectStorage(from_url(url))


def set_up_storage(app: Flask) -> None:
    """Give an app its storage, at `STORAGE_URL`."""
    app.extensions[_EXTENSION] = storage_at(app.config["STORAGE_URL"])


def storage() -> Storage:
    """Return the storage of the running app."""
    kept: Storage = current_app.extensions[_EXTENSION]
    return kept


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
