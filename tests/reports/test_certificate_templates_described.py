"""The document on templates names all that a template may say, and its example is one."""

from __future__ import annotations

import re

import pytest
from factories import ROOT

from reports.certificate.checking import check_template
from reports.certificate.templates.facts import NAMES
from reports.certificate.templates.kinds import KINDS
from reports.certificate.templates.lettering import LETTERING_KEYS
from reports.certificate.templates.reading import PAGE, SHOWS, TOP

DESCRIBED = (ROOT / "docs" / "certificate-templates.md").read_text("utf-8")


def test_example_is_a_template():
    (example,) = re.findall(r"```yaml\n(.*?)```", DESCRIBED, re.DOTALL)
    assert check_template(example).name == "small-certificate"


@pytest.mark.parametrize("name", [*NAMES, *LETTERING_KEYS, *SHOWS])
def test_fact_or_key_is_described(name):
    assert f"`{name}`" in DESCRIBED


@pytest.mark.parametrize("name", [*TOP, *PAGE])
def test_key_of_the_page_is_shown(name):
    assert f"{name}:" in DESCRIBED


@pytest.mark.parametrize("name", KINDS)
def test_ornament_is_described_with_its_keys(name):
    (row,) = [line for line in DESCRIBED.splitlines() if line.startswith(f"| `{name}` |")]
    kind = KINDS[name]
    keys = set(re.findall(r"`(\w+)`", row.rpartition("| ")[2] + row.split("|")[3]))
    assert keys == {*kind.names, *kind.colours, *kind.numbers}
