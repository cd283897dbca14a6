"""Stored files: a folder by default, an object store by its address; never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from flask import Flask, current_app
from obstore.store import LocalStore, ObjectStore, from_url

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

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix, for checks that no file lacks its row."""


class ObjectStorage:
    """Files in a folder or in an object store."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        if parts.scheme == "file":
            folder = Path(url2pathname(parts.path))
            self.store: ObjectStore = LocalStore(folder, mkdir=True)
        else:
            self.store = from_url(url)

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
        if self.exists(key):
            obstore.delete(self.store, key)

    def keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix."""
        for batch in obstore.list(self.store, prefix):
            yield from (str(each["path"]) for each in batch)


def set_up_storage(app: Flask) -> None:
    """Give an app its storage, at `STORAGE_URL`."""
    app.extensions[_EXTENSION] = ObjectStorage(app.config["STORAGE_URL"])


def storage() -> Storage:
    """Return the storage of the running app."""
    kept: Storage = current_app.extensions[_EXTENSION]
    return kept
