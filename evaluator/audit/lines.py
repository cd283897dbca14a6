"""Lines about the rows of one kind, so that a subject says once what they are called and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from evaluator.audit.operations import Values, write_line

if TYPE_CHECKING:
    from evaluator.access.actor import Actor


class Numbered(Protocol):
    """A row that is known by its number."""

    @property
    def id(self) -> int:
        """Return the number."""


Row = TypeVar("Row", bound=Numbered)


@dataclass(frozen=True)
class LinesAbout(Generic[Row]):
    """Writes lines about the rows of a kind; `place` gives the path whose supervisors read them.

    Rows without a place are read by those alone who may read the whole log.
    """

    subject: str
    place: Callable[[Row], str] = lambda _row: ""

    def __call__(
        self,
        session: Session,
        actor: Actor,
        row: Row,
        verb: str,
        before: Values | None = None,
        after: Values | None = None,
        reason: str = "",
    ) -> None:
        """Add the line `subject.verb` about a row to the log of this unit of work."""
        write_line(
            session,
            actor,
            action=f"{self.subject}.{verb}",
            subject=self.subject,
            subject_id=row.id,
            organisation_path=self.place(row),
            before=before,
            after=after,
            reason=reason,
        )
