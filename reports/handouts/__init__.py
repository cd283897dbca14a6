"""Hand-outs of the defence: the timetable of a panel and a day, and a page on each case."""

from reports.handouts.data import CasePage, Handout, TimeRow
from reports.handouts.document import write_handout

__all__ = ["CasePage", "Handout", "TimeRow", "write_handout"]
