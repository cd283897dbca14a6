"""Who hands out which certificates: a committee, and what it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.certificate.data import Certificate


@dataclass(frozen=True, slots=True)
class Consignment:
    """The certificates that one committee hands out, in their order."""

    committee: str
    certificates: tuple[Certificate, ...]


def by_committee(sent: Iterable[tuple[str, Certificate]]) -> list[Consignment]:
    """Put certificates together by committee; both stay in the order in which they come."""
    together: dict[str, list[Certificate]] = {}
    for committee, certificate in sent:
        together.setdefault(committee, []).append(certificate)
    return [Consignment(name, tuple(found)) for name, found in together.items()]
