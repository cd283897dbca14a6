"""The tests of files draw facts as the tests of scoring do."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "scoring"))
