"""A flow picture: how many moved from which level to which, on a page and on paper."""

from reports.flow.data import Band, Direction, Flow, Row
from reports.flow.files import as_pdf, as_svg, without_head

__all__ = ["Band", "Direction", "Flow", "Row", "as_pdf", "as_svg", "without_head"]
