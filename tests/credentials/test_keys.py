from __future__ import annotations

import datetime
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey
from signed_award import ISSUER, KEY, OTHER_KEY, award

from evaluator.credentials.key_folder import key_in_use, read_keys, registry_secret, rotate
from evaluator.credentials.keys import new_key, published, read_published
from evaluator.credentials.tokens import State, sign, verify

DAY = datetime.date


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


def test_an_empty_folder_is_given_a_key_that_stays(tmp_path: Path) -> None:
    folder = tmp_path / "certificate-keys"
    first = key_in_use(folder, DAY(2026, 1, 5), ISSUER)
    again = key_in_use(folder, DAY(2027, 1, 5))
    assert again.known == first.known
    assert first.known.from_day == DAY(2026, 1, 5)
    assert read_keys(folder).public == (first.known,)


def test_nobody_else_can_read_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "certificate-keys"
    registry_secret(folder)
    rotate(folder, DAY(2026, 1, 1))
    rotate(folder, DAY(2027, 1, 1))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert modes(folder) == {0o600}


def test_rotation_ends_the_former_key_the_day_before(tmp_path: Path) -> None:
    first = rotate(tmp_path, DAY(2026, 1, 1), ISSUER)
    second = rotate(tmp_path, DAY(2027, 1, 1), ISSUER)
    ring = read_keys(tmp_path)
    assert [each.until_day for each in ring.public] == [DAY(2026, 12, 31), None]
    assert ring.on(DAY(2026, 12, 31)).id == first.id
    assert ring.on(DAY(2027, 1, 1)).id == second.id


def test_tokens_of_a_former_key_still_verify(tmp_path: Path) -> None:
    first = rotate(tmp_path, DAY(2026, 1, 1), ISSUER)
    token = sign(award(), first)
    rotate(tmp_path, DAY(2027, 1, 1), ISSUER)
    assert verify(token, read_keys(tmp_path).public).state is State.VALID


def test_a_former_key_that_goes_on_signing_is_found_out(tmp_path: Path) -> None:
    first = rotate(tmp_path, DAY(2026, 1, 1), ISSUER)
    rotate(tmp_path, DAY(2027, 1, 1), ISSUER)
    late = sign(award(awarded_on=DAY(2027, 5, 1)), first)
    assert verify(late, read_keys(tmp_path).public).state is State.KEY_NOT_IN_USE


def test_a_former_key_verifies_when_its_private_half_is_gone(tmp_path: Path) -> None:
    first = rotate(tmp_path, DAY(2026, 1, 1), ISSUER)
    rotate(tmp_path, DAY(2027, 1, 1), ISSUER)
    (tmp_path / f"{first.id.hex()}.pem").unlink()
    ring = read_keys(tmp_path)
    assert verify(sign(award(), first), ring.public).is_genuine
    with pytest.raises(LookupError, match="no key for certificates is in use on 2026-06-01"):
        ring.on(DAY(2026, 6, 1))


def test_rotation_does_not_go_back(tmp_path: Path) -> None:
    rotate(tmp_path, DAY(2026, 6, 1))
    with pytest.raises(ValueError, match="there already"):
        rotate(tmp_path, DAY(2026, 6, 1))


def test_a_day_without_key_is_told(tmp_path: Path) -> None:
    rotate(tmp_path, DAY(2026, 6, 1))
    with pytest.raises(LookupError, match="make one by rotation"):
        key_in_use(tmp_path, DAY(2026, 5, 31))


def test_all_who_come_at_once_are_given_one_key_and_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: key_in_use(tmp_path, DAY(2026, 1, 1)).id, range(16)))
        secrets = list(pool.map(lambda _: registry_secret(tmp_path), range(16)))
    assert (len(set(keys)), len(set(secrets)), len(secrets[0])) == (1, 1, 32)


def test_published_keys_are_web_keys_without_their_private_half(tmp_path: Path) -> None:
    ended = new_key(DAY(2025, 1, 1), DAY(2025, 12, 31))
    document = json.loads(json.dumps(published([ended.known, KEY.known])))
    assert read_published(document) == (ended.known, KEY.known)
    assert "d" not in document["keys"][1]
    assert {name: document["keys"][1][name] for name in ("kty", "crv", "alg", "kid")} == {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "kid": KEY.id.hex(),
    }
    web_key = OKPKey.import_key(document["keys"][1])
    assert web_key.as_pem(private=False) == OKPKey.import_key(KEY.private.public_key()).as_pem(
        private=False
    )


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": [{"kty": "OKP"}]},
        {"keys": [{"kty": "OKP", "x": "AAAA", "from_day": "2026-01-01"}]},
        {"keys": [{"kty": "OKP", "x": "A" * 43, "from_day": "today"}]},
        {"keys": 3},
    ],
)
def test_what_is_no_set_of_keys_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no set of published keys"):
        read_published(document)


def test_keys_of_other_kinds_are_passed_over() -> None:
    document = published([KEY.known])
    document["keys"].append({"kty": "RSA", "n": "1", "e": "AQAB"})
    assert read_published(document) == (KEY.known,)


def test_ids_tell_keys_apart() -> None:
    assert KEY.id != OTHER_KEY.id
    assert len(KEY.id) == 4
