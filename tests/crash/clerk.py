"""A person of a branch at work until the line is cut, and what the service acknowledged to them.

Only what was answered completely is acknowledged. A request without its answer may or may not have
happened; a clerk has one request under way at a time, so that there is at most one such.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException

from benchmarks.platform.branch import Branch, Unexpected
from benchmarks.platform.evening import INDICATOR, picture
from benchmarks.platform.town import Desk

WAIT = 60.0
SIDES = (300, 1_400)
"""Pictures of so many pixels a side have 100 KB to 2 MB."""
ACTS = ("save", "upload", "submit")
WEIGHTS = (12, 5, 1)


@dataclass
class Sending:
    """A file on its way: how much of it the service said it has."""

    content: bytes
    received: int = 0

    @property
    def digest(self) -> str:
        """Return the digest of what is sent."""
        return sha256(self.content).hexdigest()


@dataclass
class Ledger:
    """What a branch was told is kept, and what it had asked for when the line was cut."""

    answers: dict[str, str] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    sending: dict[str, Sending] = field(default_factory=dict)
    submitted: bool = False
    saving: tuple[str, str] | None = None
    stale: str = ""
    """The field whose mark is unknown, as its save was cut off."""
    finishing: str | None = None
    submitting: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    failures: list[str] = field(default_factory=list)


class Clerk:
    """A branch that saves, uploads and at last submits."""

    def __init__(self, desk: Desk, words: Mapping[str, Sequence[str]], seed: int):
        self.desk = desk
        self.words = words
        self.choose = random.Random(seed)  # noqa: S311 - which act comes next is no secret
        self.branch = Branch(0, desk)
        self.ledger = Ledger()
        self.tolerant = False

    def work(self, port: int, ready: threading.Barrier, over: threading.Event) -> None:
        """Open the pages, then work until all is submitted, the time is over or the line is cut."""
        try:
            self._open(port)
            ready.wait(WAIT)
            for token in list(self.ledger.sending):
                self._ask(token)
                self._send(token)
            while not (self.ledger.submitted or over.is_set()):
                act = self.choose.choices(ACTS, WEIGHTS)[0]
                getattr(self, f"_{act}")()
        except (OSError, HTTPException):
            return
        except Unexpected as error:
            # Where the database alone is killed, the service lives on and says that it cannot.
            if not (self.tolerant and error.status >= 500):
                self.ledger.failures.append(f"{self.desk.participant_id}: {error}")
        finally:
            self.branch.close()

    def _open(self, port: int) -> None:
        self.branch.move(port)
        if self.ledger.stale:
            self.branch.open_part(self.branch.part_of[self.ledger.stale])
            self.ledger.stale = ""
        else:
            self.branch.open()

    def _ask(self, token: str) -> None:
        """Ask how much of an upload is there: never less than was acknowledged."""
        sending, received = self.ledger.sending[token], self.branch.received(token)
        self.ledger.resumed += 1
        if not sending.received <= received <= len(sending.content):
            words = f"of upload {token} {received} bytes are there, {sending.received} were told"
            self.ledger.failures.append(words)
        sending.received = received

    def _save(self) -> None:
        fact = self.choose.choice(sorted(self.words))
        kept = self.ledger.answers.get(fact)
        self._say(fact, self.choose.choice([each for each in self.words[fact] if each != kept]))

    def _say(self, fact: str, value: str) -> None:
        self.branch.find(fact)
        self.ledger.saving = (fact, value)
        self.branch.save(fact, value)
        self.ledger.answers[fact] = value
        self.ledger.saving = None
        self.ledger.counts["save"] += 1

    def _upload(self) -> None:
        number, side = self.choose.getrandbits(60), self.choose.randint(*SIDES)
        content = picture(number, side)
        token = self.branch.begin_upload(f"{number}.jpg", len(content), INDICATOR)
        self.ledger.sending[token] = Sending(content)
        self._send(token)

    def _send(self, token: str) -> None:
        sending = self.ledger.sending[token]
        while sending.received < len(sending.content):
            sending.received = self.branch.send_piece(token, sending.received, sending.content)
        self.ledger.finishing = token
        self.note_file(token, self.branch.finish_upload(token))
        self.ledger.counts["upload"] += 1

    def note_file(self, token: str, number: int) -> None:
        """Note that an upload became a file."""
        self.ledger.files[number] = self.ledger.sending.pop(token).digest
        self.ledger.finishing = None

    def settle(self, saved: bool, file: int | None, submitted: bool) -> None:
        """Take what happened without an answer as told."""
        ledger = self.ledger
        for act, cut, kept in (
            ("save", ledger.saving is not None, saved),
            ("upload", ledger.finishing is not None, file is not None),
            ("submit", ledger.submitting, submitted),
        ):
            ledger.cut[act] += cut
            ledger.kept[act] += cut and kept
        if ledger.saving:
            ledger.stale = ledger.saving[0]
            if saved:
                ledger.answers[ledger.stale] = ledger.saving[1]
        if ledger.finishing and file is not None:
            self.note_file(ledger.finishing, file)
        ledger.submitted = ledger.submitted or (ledger.submitting and submitted)
        ledger.saving, ledger.finishing, ledger.submitting = None, None, False

    def _submit(self) -> None:
        for fact, value in self.desk.answers.items():
            if self.ledger.answers.get(fact) != value:
                self._say(fact, value)
        self.ledger.submitting = True
        self.branch.submit()
        self.ledger.submitted, self.ledger.submitting = True, False
        self.ledger.counts["submit"] += 1
