from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.credentials.merkle import holds, leaf_hash, proof, root

# The leaves and roots with which implementations of Certificate Transparency are tested.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# From the same tests: the way from leaf 6 (index 5) of 8, and of leaf 3 (index 2) of 3.
PATH_OF_6_IN_8 = [
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]
PATH_OF_3_IN_3 = ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]


@pytest.mark.parametrize(("size", "expected"), list(enumerate(ROOTS, 1)))
def test_root_of_the_reference_trees(size: int, expected: str) -> None:
    assert root(LEAVES[:size]).hex() == expected


def test_root_of_no_leaves_is_the_hash_of_nothing() -> None:
    assert root([]) == hashlib.sha256().digest()


def test_paths_of_the_reference_trees() -> None:
    assert [step.hex() for step in proof(LEAVES, 5)] == PATH_OF_6_IN_8
    assert [step.hex() for step in proof(LEAVES[:3], 2)] == PATH_OF_3_IN_3
    assert proof(LEAVES[:1], 0) == ()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70), st.data())
def test_every_leaf_is_proven_and_nothing_else(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, top, size = proof(leaves, index), root(leaves), len(leaves)
    assert holds(leaves[index], index, size, path, top)
    assert not holds(leaves[index] + b"x", index, size, path, top)
    assert not holds(leaves[index], index, size, (*path, b"0" * 32), top)
    assert not holds(leaves[index], index, size, path, leaf_hash(b"another root"))
    if path:
        assert not holds(leaves[index], index, size, path[:-1], top)
    for other in {size, size + 1, -1}:
        assert not holds(leaves[index], other, size, path, top)


def test_a_leaf_is_not_proven_at_the_place_of_another() -> None:
    path, top = proof(LEAVES, 5), root(LEAVES)
    assert [holds(LEAVES[5], at, 8, path, top) for at in range(8)] == [at == 5 for at in range(8)]


def test_a_node_does_not_pass_for_a_leaf() -> None:
    top = root(LEAVES[:2])
    node = leaf_hash(LEAVES[0]) + leaf_hash(LEAVES[1])
    assert not holds(node, 0, 1, (), top)


def test_a_leaf_outside_the_tree_has_no_proof() -> None:
    with pytest.raises(IndexError, match="the tree has 8 leaves"):
        proof(LEAVES, 8)


def test_a_batch_of_thousands_is_proven() -> None:
    leaves = [f"token {n}".encode() for n in range(2400)]
    path = proof(leaves, 2399)
    assert len(path) <= 12
    assert holds(leaves[2399], 2399, 2400, path, root(leaves))
