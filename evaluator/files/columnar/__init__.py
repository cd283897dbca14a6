"""Files of a round read into columns, a part at a time: Parquet and CSV of any size."""

from evaluator.files.columnar.counting import count_rows
from evaluator.files.columnar.members import Members
from evaluator.files.columnar.round_parts import Findings, Part, RoundParts

__all__ = ["Findings", "Members", "Part", "RoundParts", "count_rows"]
