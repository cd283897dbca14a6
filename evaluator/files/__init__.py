"""Files of a round: workbooks, CSV and Parquet in and out, and the folder of rule sets."""

from evaluator.files.flat_writers import write_csv, write_parquet
from evaluator.files.list_workbook import list_workbook
from evaluator.files.round_files import read_round
from evaluator.files.rule_folder import load_folder
from evaluator.files.safe_cells import safe_cell
from evaluator.files.submissions import Submission, TableErrors, TableProblem
from evaluator.files.workbook import write_workbook

__all__ = [
    "Submission",
    "TableErrors",
    "TableProblem",
    "list_workbook",
    "load_folder",
    "read_round",
    "safe_cell",
    "write_csv",
    "write_parquet",
    "write_workbook",
]
