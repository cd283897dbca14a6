"""A town at work whose machine is killed again and again."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.platform.serving import settings
from benchmarks.platform.town import Desk, settle
from evaluator import create_app
from evaluator.commands.stored_files import tidy_up
from evaluator.database import db, unit_of_work
from evaluator.migrations.running import upgrade
from evaluator.storage import STAGING, storage
from tests.crash.clerk import ACTS, Clerk
from tests.crash.differences import differences
from tests.crash.power import WAIT, Database, Service, prepare

SOONEST = 0.2
"""Seconds after which the power fails at the soonest."""
BOTH, SERVICE, DATABASE = "both", "service", "database"
AFTERWARDS = 0.5
"""Seconds in which a service whose database came back has to serve on."""


ROOMY = {"EVALUATOR_EVIDENCE_FILES": "1000", "EVALUATOR_EVIDENCE_TOTAL_MEGABYTES": "5000"}
"""A branch that is cut off hundreds of times uploads more than any other does."""


@dataclass(frozen=True)
class Plan:
    """How often the machine is killed, and how many branches are at work in how many seconds."""

    times: int
    seed: int
    at_once: int
    longest: float

    @property
    def branches(self) -> int:
        """Return how many branches are enough, as those that submitted are done."""
        return self.at_once + 2 * self.times


class Town:
    """Branches at work, the machine that serves them, and what was found wrong so far."""

    def __init__(self, folder: Path, database: Database, plan: Plan):
        prepare()
        self.database = database
        self.plan = plan
        self.random = random.Random(plan.seed)  # noqa: S311 - when the power fails is no secret
        self.app = create_app({"DATA_FOLDER": str(folder), "DATABASE_URL": database.url})
        desks = self._settle()
        words = {
            fact: sorted({each.answers[fact] for each in desks if fact in each.answers})
            for fact in desks[0].answers
        }
        self.clerks = {
            each.participant_id: Clerk(each, words, self.random.getrandbits(60)) for each in desks
        }
        self.found: list[str] = []
        self.kills: Counter[str] = Counter()
        self.staged = 0
        self.service = Service({**settings(folder, database.url), **ROOMY})
        self.starts = [self.service.start()]

    def _settle(self) -> list[Desk]:
        with self.app.app_context(), self.app.test_request_context():
            upgrade(db.engine)
            desks = settle(self.app, db.session, self.plan.branches)
            db.session.close()
            db.engine.dispose()
        return desks

    def strike(self) -> str:
        """Let branches work, kill at a random moment, start again, and look; tell what happened."""
        kind = self.random.choice((BOTH, SERVICE, DATABASE)) if self.database.runs else SERVICE
        moment = self.random.uniform(SOONEST, self.plan.longest)
        done = self._work(kind, moment)
        found = self._look(restarted=kind != DATABASE)
        self.kills[kind] += 1
        self.found += found
        acts = ", ".join(f"{done[act]} {act}s" for act in ACTS)
        return f"{kind} killed after {moment:.2f} s: {acts}; {len(found)} wrong"

    def _work(self, kind: str, moment: float) -> Counter[str]:
        """Let branches work until the machine is killed; return what was acknowledged."""
        at_work = [each for each in self.clerks.values() if not each.ledger.submitted]
        at_work = at_work[: self.plan.at_once]
        before = self._counts()
        over, ready = threading.Event(), threading.Barrier(len(at_work) + 1)
        threads = []
        for clerk in at_work:
            clerk.tolerant = kind != SERVICE
            given = self.service.port, ready, over
            threads.append(threading.Thread(target=clerk.work, args=given))
            threads[-1].start()
        ready.wait(WAIT)
        time.sleep(moment)
        self._kill(kind)
        if kind == DATABASE:
            time.sleep(AFTERWARDS)
        over.set()
        for each in threads:
            each.join()
        if kind != DATABASE:
            self.starts.append(self.service.start())
        return self._counts() - before

    def _kill(self, kind: str) -> None:
        if kind != SERVICE:
            self.database.kill()
        if kind != DATABASE:
            self.service.kill()
        if kind != SERVICE:
            self.database.start()
        if kind == DATABASE:
            self.service.await_answer()

    def _look(self, restarted: bool) -> list[str]:
        """Return everything that is not as it was acknowledged."""
        with self.app.app_context():
            if not restarted:
                # As `evaluator evidence tidy` does every day; a start does it by itself.
                with unit_of_work(db.session):
                    tidy_up(db.session, storage())
            found = list(differences(db.session, storage(), self.clerks))
            self.staged = len(list(storage().keys(STAGING)))
            db.session.close()
            db.engine.dispose()
        for clerk in self.clerks.values():
            found += clerk.ledger.failures
            clerk.ledger.failures.clear()
        return found

    def _counts(self) -> Counter[str]:
        return sum((each.ledger.counts for each in self.clerks.values()), Counter[str]())

    def summary(self) -> str:
        """Tell how much was done and how often it was cut off."""
        done = self._counts()
        ledgers = [each.ledger for each in self.clerks.values()]
        cut = sum((each.cut for each in ledgers), Counter[str]())
        kept = sum((each.kept for each in ledgers), Counter[str]())
        lines = [f"{kind} killed: {count} times" for kind, count in self.kills.items()]
        lines += [
            f"{act}: {done[act]} acknowledged, {cut[act]} cut off, {kept[act]} of which happened"
            for act in ACTS
        ]
        lines.append(f"uploads continued: {sum(each.resumed for each in ledgers)}")
        lines.append(f"files that were never stored, left in {STAGING}: {self.staged}")
        lines.append(f"median start: {statistics.median(self.starts):.1f} s")
        lines.append(f"wrong: {len(self.found)}")
        return "\n".join(lines)
