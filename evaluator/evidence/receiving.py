"""Files that come in one form, without a script: each is taken in or refused by itself."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from evaluator.access import Actor
from evaluator.database import unit_of_work
from evaluator.evidence.checks.verdict import Refused
from evaluator.evidence.limits import limits
from evaluator.evidence.models import EvidenceFile
from evaluator.evidence.names import shown_name
from evaluator.evidence.operations import check_size
from evaluator.evidence.storing import store
from evaluator.evidence.uploads import begin_upload
from evaluator.evidence.words import refused_words
from evaluator.rounds.models import Participant
from evaluator.web.errors import Refusal

PREFIX = "files-"


def receive_files(
    session: Session, actor: Actor, participant: Participant, indicator: str
) -> tuple[list[EvidenceFile], list[str]]:
    """Take in every file of this request; return those that are kept, and why others are not."""
    kept, refusals = [], []
    for sent, proved in _sent(indicator):
        try:
            kept.append(_receive(session, actor, participant, sent, proved))
        except Refusal as refusal:
            refusals.append(refusal.words)
        except Refused as refused:
            name = shown_name(sent.filename or "")
            words = refused_words(refused)
            refusals.append(gettext("%(name)s: %(words)s", name=name, words=words))
    return kept, refusals


def _sent(indicator: str) -> Iterator[tuple[FileStorage, str]]:
    """Yield the files of this request, each with what it is to prove.

    A page with many indicators has a field `files-ID` for each of them.
    """
    for field, sent in request.files.items(multi=True):
        if not sent.filename:
            continue
        yield sent, field.removeprefix(PREFIX) if field.startswith(PREFIX) else indicator


def _receive(
    session: Session, actor: Actor, participant: Participant, sent: FileStorage, indicator: str
) -> EvidenceFile:
    name = sent.filename or ""
    content = sent.stream.read(limits().file_bytes + 1)
    check_size(shown_name(name), len(content))
    with unit_of_work(session):
        upload = begin_upload(
            session,
            actor,
            participant=participant,
            name=name,
            size=len(content),
            indicator=indicator,
        )
    return store(session, actor, upload, content)
