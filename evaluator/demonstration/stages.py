"""Where each application of the demonstration stands: something in every state, everywhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from evaluator.demonstration.calendar import Step
from evaluator.files import Submission

OWN = "LJ-SQ-015"
"""The branch of the demonstration's officer: at three stars, and the next one is within reach."""


class Stage(StrEnum):
    """How far an application is brought."""

    NOT_BEGUN = "N"
    DRAFT = "D"
    SUBMITTED = "S"
    RETURNED = "T"
    REVIEWED = "R"


_OF_COMMITTEES = ("RSSSNSTSNDSRN", "RSSRNSSNTDSNS")
"""Of the branches of each committee in their order; one kind of committee follows on the other."""
_OF_OWN_COMMITTEE = "RSSRSDTSN"


@dataclass(frozen=True)
class Planned:
    """An organisation of the workbook, and how far its application is brought."""

    submission: Submission
    stage: Stage
    of_own_committee: bool

    @property
    def code(self) -> str:
        """Return the code of the organisation."""
        return self.submission.organisation.id


_LEFT = frozenset({Stage.NOT_BEGUN, Stage.DRAFT})


def planned(submissions: Sequence[Submission], step: Step) -> list[Planned]:
    """Return how far each application is brought; some of every committee are submitted.

    When the review is over everything that was begun is reviewed, that of the own branch too.
    """
    found = list(_planned(submissions))
    return found if step is Step.REVIEW else [_reviewed(each) for each in found]


def _reviewed(each: Planned) -> Planned:
    """Return an application as it stands once the review is over; some never came."""
    stage = each.stage if each.stage in _LEFT and each.code != OWN else Stage.REVIEWED
    return replace(each, stage=stage)


def _planned(submissions: Sequence[Submission]) -> Iterator[Planned]:
    by_committee: dict[str, list[Submission]] = defaultdict(list)
    for each in submissions:
        by_committee[each.organisation.committee].append(each)
    for number, members in enumerate(by_committee.values()):
        own = any(each.organisation.id == OWN for each in members)
        pattern = _OF_OWN_COMMITTEE if own else _OF_COMMITTEES[number % len(_OF_COMMITTEES)]
        for place, each in enumerate(members):
            stage = Stage(pattern[place % len(pattern)])
            # The workbook knows nothing but the records of whoever did not apply.
            yield Planned(each, stage if each.organisation.applied else Stage.NOT_BEGUN, own)
