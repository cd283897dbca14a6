"""The example of docs/agreement.md says what it prints."""

from __future__ import annotations

import doctest

from factories import ROOT


def test_example_of_the_document() -> None:
    done = doctest.testfile(str(ROOT / "docs" / "agreement.md"), module_relative=False)
    assert (done.failed, done.attempted) == (0, 12)
