"""The canonical form of a rule set: its identity, and its way back to YAML."""

from __future__ import annotations

import hashlib
import json

import yaml

from rules.schema import plain
from rules.syntax import RuleSet


def digest(rule_set: RuleSet) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal: the identity of a rule set."""
    text = json.dumps(plain(rule_set), ensure_ascii=False, sort_keys=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def write_yaml(rule_set: RuleSet) -> str:
    """Return a rule set as YAML that loads to the same digest, with nothing left to `extends`."""
    return str(
        yaml.dump(
            plain(rule_set), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100
        )
    )
