"""The report of a committee: small dataclasses in, a finished PDF out."""

from reports.committee_report.data import CommitteePaper
from reports.committee_report.document import write_committee_report
from reports.sheets.narrative import Chapter, Entry, Texts

__all__ = ["Chapter", "CommitteePaper", "Entry", "Texts", "write_committee_report"]
