"""The last evening: many branches at once save, upload and submit; then everything is counted."""

from __future__ import annotations

import io
import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.platform.branch import Branch
from benchmarks.platform.line import Line
from benchmarks.platform.town import Desk
from evaluator.applications.models import Answer, Application, Submission
from evaluator.evidence.models import EvidenceFile

AT_ONCE = 200
DISTRICT = 1_730
"""Branches that apply in the last evening; it takes half an hour on each database."""
THINKING = (8.0, 16.0)
"""Seconds between two saves of a branch: nobody types faster, few slower."""
LOOKING = (1.0, 3.0)
"""Seconds for which a page is looked at before the next one is turned to."""
INDICATOR = "study"
SIDE = 1_400


@dataclass
class Evening:
    """What was acknowledged, and how long each kind of request took, in seconds.

    `saves` ended when the server said that a value is saved, `points` when the points so far and
    what else that changed on the page had come.
    """

    pictures: Path
    saves: list[float] = field(default_factory=list)
    points: list[float] = field(default_factory=list)
    uploads: list[float] = field(default_factory=list)
    submissions: list[float] = field(default_factory=list)
    answers: dict[int, dict[str, str]] = field(default_factory=dict)
    files: dict[int, int] = field(default_factory=dict)
    submitted: set[int] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: list[float], act: Callable[[], Any]) -> Any:
        """Do something and note how long it took."""
        begun = time.perf_counter()
        result = act()
        self.note(kind, begun)
        return result

    def note(self, kind: list[float], begun: float) -> None:
        """Note how long something has taken by now."""
        with self.lock:
            kind.append(time.perf_counter() - begun)


def picture(number: int, side: int = SIDE) -> bytes:
    """Return a JPEG of about 2 MB, or of another side, that no other number gives."""
    noise = random.Random(number).randbytes(side * side * 3)  # noqa: S311 - a picture, no secret
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), noise).save(written, "JPEG", quality=93)
    return written.getvalue()


def draw_pictures(desks: Sequence[Desk], folder: Path) -> None:
    """Draw what the branches will upload beforehand: drawing would take the server's time."""
    for desk in desks:
        (folder / f"{desk.participant_id}.jpg").write_bytes(picture(desk.participant_id))


def spend(
    port: int, desks: Sequence[Desk], pictures: Path, thinking: tuple[float, float] = THINKING
) -> Evening:
    """Let branches work, so many at once; return what was acknowledged."""
    evening = Evening(pictures)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(_work, port, desk, evening, thinking) for desk in desks]:
            done.result()
    return evening


def _work(port: int, desk: Desk, evening: Evening, thinking: tuple[float, float]) -> None:
    pause = random.Random(desk.participant_id).uniform  # noqa: S311 - a pause, no secret
    time.sleep(pause(0, 2 * thinking[1]))
    branch = Branch(port, desk)
    try:
        branch.open()
        for fact, value in desk.answers.items():
            branch.find(fact, lambda: time.sleep(pause(*LOOKING)))
            time.sleep(pause(*thinking))
            begun = time.perf_counter()
            branch.save(fact, value, lambda begun=begun: evening.note(evening.saves, begun))
            evening.note(evening.points, begun)
            evening.answers.setdefault(desk.participant_id, {})[fact] = value
        name = f"{desk.participant_id}.jpg"
        content = (evening.pictures / name).read_bytes()
        number = evening.took(evening.uploads, lambda: branch.upload(name, content, INDICATOR))
        evening.files[desk.participant_id] = number
        time.sleep(pause(*thinking))
        evening.took(evening.submissions, branch.submit)
        evening.submitted.add(desk.participant_id)
    except Exception as error:
        evening.failures.append(f"{desk.participant_id}: {error!r}")
    finally:
        branch.close()


def insert_rows(
    port: int, desks: Sequence[Desk], thinking: tuple[float, float] = THINKING
) -> list[float]:
    """Let as many clients insert as many rows into the bare application; return the seconds."""
    evening = Evening(Path())

    def work(desk: Desk) -> None:
        pause = random.Random(desk.participant_id).uniform  # noqa: S311
        time.sleep(pause(0, 2 * thinking[1]))
        line = Line(port)
        for fact, value in desk.answers.items():
            time.sleep(pause(*thinking))
            body = json.dumps({"participant_id": desk.participant_id, "fact": fact, "value": value})
            evening.took(evening.saves, lambda body=body: _insert(line, body))
        line.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work, desks))
    return evening.saves


def _insert(line: Line, body: str) -> None:
    status, _, _ = line.ask("POST", "/insert", body.encode(), {"Content-Type": "application/json"})
    if status != 200:
        raise ConnectionError(f"the bare application answered {status}")


def differences(session: Session, evening: Evening) -> list[str]:
    """Return what was acknowledged and is not there, and what is there twice."""
    found = list(evening.failures)
    query = select(Application.participant_id, Answer.fact, Answer.value).join(
        Answer, Answer.application_id == Application.id
    )
    kept: dict[int, dict[str, str]] = {}
    for participant_id, fact, value in session.execute(query):
        kept.setdefault(participant_id, {})[fact] = value
    for participant_id, answers in evening.answers.items():
        if kept.get(participant_id) != answers:
            found.append(f"{participant_id}: {kept.get(participant_id)} instead of {answers}")
    rows = set(session.scalars(select(EvidenceFile.id)))
    if rows != set(evening.files.values()):
        found.append(f"files {len(rows)} instead of {len(evening.files)}")
    count = session.execute(
        select(Application.participant_id, func.count(Submission.id))
        .join(Submission, Submission.application_id == Application.id)
        .group_by(Application.participant_id)
    )
    submissions = {row[0]: row[1] for row in count}
    if submissions != dict.fromkeys(evening.submitted, 1):
        found.append(f"submissions {len(submissions)} instead of {len(evening.submitted)}")
    return found
