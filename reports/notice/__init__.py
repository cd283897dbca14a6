"""A public notice on paper, to be hung out and kept in the file."""

from reports.notice.data import Group, NoticePaper
from reports.notice.document import notice_pdf

__all__ = ["Group", "NoticePaper", "notice_pdf"]
