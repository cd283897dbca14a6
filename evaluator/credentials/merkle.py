"""The Merkle tree of a batch (RFC 6962): one published root vouches for every certificate in it.

Leaves and nodes are hashed with different first bytes, so that no node passes for a leaf.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the hash of the whole tree."""
    return _root([leaf_hash(each) for each in leaves])


def proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from a leaf to the root, from the bottom up."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"the tree has {len(leaves)} leaves, none is number {index}")
    return tuple(_path([leaf_hash(each) for each in leaves], index))


def holds(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a leaf stands at its place in the tree of this size and root."""
    if not 0 <= index < size:
        return False
    node, last = index, size - 1
    reached = leaf_hash(leaf)
    for step in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            reached = _node(step, reached)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            reached = _node(reached, step)
        node, last = node >> 1, last >> 1
    return last == 0 and reached == root


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    """Return the largest power of two that is smaller than a size of at least two."""
    return 1 << (size - 1).bit_length() - 1


def _root(hashes: Sequence[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    at = _split(len(hashes))
    return _node(_root(hashes[:at]), _root(hashes[at:]))


def _path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    if len(hashes) == 1:
        return []
    at = _split(len(hashes))
    if index < at:
        return [*_path(hashes[:at], index), _root(hashes[at:])]
    return [*_path(hashes[at:], index - at), _root(hashes[:at])]
