"""What the service kept, compared with what it acknowledged; half of an act is never right."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluator.applications.content import digest_of
from evaluator.applications.models import Answer, Application, ApplicationState, Submission
from evaluator.audit.models import AuditLine
from evaluator.audit.verifying import verify
from evaluator.commands.stored_files import all_flaws
from evaluator.evidence.models import EvidenceFile, Upload
from evaluator.storage import Storage
from tests.crash.clerk import Clerk

Row = TypeVar("Row")


@dataclass(frozen=True)
class Log:
    """What the audit log tells: each answer's changes, files that were added, submissions."""

    changes: Counter[tuple[int, str]]
    last: Mapping[tuple[int, str], Any]
    files: Counter[int]
    submissions: Counter[tuple[int, str]]

    @classmethod
    def read(cls, session: Session) -> Log:
        """Return what the log tells."""
        log = cls(Counter(), {}, Counter(), Counter())
        query = select(AuditLine.action, AuditLine.subject_id, AuditLine.after)
        for action, number, text in session.execute(query.order_by(AuditLine.number)):
            log.take(action, number, json.loads(text))
        return log

    def take(self, action: str, number: int | None, after: dict[str, Any]) -> None:
        """Take in a line."""
        if number is None:
            return
        if action == "application.save":
            for fact, told in after.items():
                self.changes[number, fact] += 1
                self.last[number, fact] = told["value"] if told else None  # type: ignore[index]
        elif action == "evidence.add":
            self.files[number] += 1
        elif action == "application.submit":
            self.submissions[number, after["digest"]] += 1


@dataclass(frozen=True)
class Kept:
    """The rows of the database, by participant, application and file."""

    applications: Mapping[int, Application]
    answers: Mapping[int, Sequence[Answer]]
    submissions: Mapping[int, Sequence[Submission]]
    files: Mapping[int, Sequence[EvidenceFile]]
    made_of: Mapping[str, int]

    @classmethod
    def read(cls, session: Session) -> Kept:
        """Return what the database keeps."""
        uploads = select(Upload.token, Upload.file_id).where(Upload.file_id.is_not(None))
        return cls(
            {each.participant_id: each for each in session.scalars(select(Application))},
            _grouped(session.scalars(select(Answer)), "application_id"),
            _grouped(session.scalars(select(Submission)), "application_id"),
            _grouped(session.scalars(select(EvidenceFile)), "participant_id"),
            {token: number for token, number in session.execute(uploads) if number is not None},
        )

    def said(self, participant: int) -> dict[str, str]:
        """Return the answers of a participant."""
        application = self.applications.get(participant)
        rows = self.answers.get(application.id, ()) if application else ()
        return {each.fact: each.value for each in rows}

    def is_filed(self, participant: int) -> bool:
        """Return whether the application of a participant lies with the committee."""
        application = self.applications.get(participant)
        return application is not None and application.state == ApplicationState.SUBMITTED


def _grouped(rows: Iterable[Row], name: str) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def differences(session: Session, stored: Storage, clerks: Mapping[int, Clerk]) -> Iterator[str]:
    """Yield whatever was lost, doubled or half done; note what happened without an answer."""
    kept, log = Kept.read(session), Log.read(session)
    for number, clerk in clerks.items():
        _settle(kept, number, clerk)
        yield from (f"participant {number}: {each}" for each in _of_branch(kept, number, clerk))
    yield from _of_log(kept, log)
    yield from _of_papers(kept, stored)
    yield from (f"{each.problem}: {each.key}" for each in all_flaws(session, stored))
    yield from (f"audit line {each.number}: {each.en}" for each in verify(session))


def _settle(kept: Kept, number: int, clerk: Clerk) -> None:
    saving = clerk.ledger.saving
    clerk.settle(
        saved=saving is not None and kept.said(number).get(saving[0]) == saving[1],
        file=kept.made_of.get(clerk.ledger.finishing or ""),
        submitted=kept.is_filed(number),
    )


def _of_branch(kept: Kept, number: int, clerk: Clerk) -> Iterator[str]:
    """Yield what a branch finds changed: answers, files, what it submitted."""
    told, said = clerk.ledger.answers, kept.said(number)
    if said != told:
        yield f"answers {sorted(set(told.items()) ^ set(said.items()))}"
    files = {each.id: each.source_sha256 for each in kept.files.get(number, ())}
    if files != clerk.ledger.files:
        yield f"files {files.keys() ^ clerk.ledger.files.keys()} or their content"
    application = kept.applications.get(number)
    count = len(kept.submissions.get(application.id, ())) if application else 0
    filed = kept.is_filed(number)
    if (filed, count) != (clerk.ledger.submitted, int(clerk.ledger.submitted)):
        yield f"{count} submissions, filed {filed}, acknowledged {clerk.ledger.submitted}"


def _of_log(kept: Kept, log: Log) -> Iterator[str]:
    """Yield each change without its line, and each line without its change."""
    answers = [each for rows in kept.answers.values() for each in rows]
    changes = {(each.application_id, each.fact): each.version for each in answers}
    last = {(each.application_id, each.fact): each.value for each in answers}
    files = [each.id for rows in kept.files.values() for each in rows]
    submissions = [each for rows in kept.submissions.values() for each in rows]
    named = [(each.application_id, each.digest) for each in submissions]
    for words, rows, lines in (
        ("changes of answers", changes, dict(log.changes)),
        ("answers", last, log.last),
        ("files", Counter(files), log.files),
        ("submissions", Counter(named), log.submissions),
    ):
        if rows != lines:
            yield f"{words} and the log: {sorted(set(rows.items()) ^ set(lines.items()))[:5]}"


def _of_papers(kept: Kept, stored: Storage) -> Iterator[str]:
    """Yield what is wrong with the content and the PDF of submissions."""
    for each in (each for rows in kept.submissions.values() for each in rows):
        if digest_of(each.content) != each.digest:
            yield f"submission {each.id}: its digest is not that of its content"
        try:
            paper = stored.get(each.pdf_key)
        except FileNotFoundError:
            continue  # `all_flaws` names it.
        if not (paper.startswith(b"%PDF-") and paper.rstrip().endswith(b"%%EOF")):
            yield f"submission {each.id}: its paper is no whole PDF"
