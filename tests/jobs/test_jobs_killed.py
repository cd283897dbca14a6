"""Jobs whose service is killed at random moments: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter

import at_work
import psutil
from flask import Flask
from working import PATIENCE, Start, ask, await_end, await_more, await_progress, kill, look

from evaluator.database import db
from evaluator.jobs.models import JobState
from evaluator.jobs.queries import Progress
from evaluator.storage import Storage, storage

COUNT = 60
KILLS = 3
STEPS = [f"{number:03}" for number in range(COUNT)] + ["all"]


def letters(kept: Storage) -> dict[str, bytes]:
    return {key: kept.get(key) for key in sorted(kept.keys("letters"))}


def undisturbed() -> dict[str, bytes]:
    each = {f"letters/{step}": f"letter {step}\n".encode() * 10 for step in STEPS[:-1]}
    return {**each, "letters/all": b"".join(each.values())}


def test_job_killed_again_and_again_gives_the_same_files_once(jobs: Flask, program: Start) -> None:
    chance = random.Random(1)  # noqa: S311 - when it is killed is no secret
    number = ask(count=COUNT, seconds=0.04)
    reached = [0]
    for _ in range(KILLS):
        process = program()
        await_more(number)
        time.sleep(chance.uniform(0, 0.4))
        kill(process)
        reached.append(look(number).done)
    program()
    found = await_end(number)
    assert reached == sorted(set(reached))
    assert found == Progress(JobState.DONE, COUNT + 1, COUNT + 1)
    assert letters(storage()) == undisturbed()
    assert at_work.effects(db.session) == Counter(STEPS)


def test_job_killed_before_its_first_step_is_done_by_the_next(jobs: Flask, program: Start) -> None:
    number = ask(count=3)
    process = program()
    await_progress(number, lambda found: found.state is JobState.RUNNING)
    kill(process)
    assert look(number).state is JobState.RUNNING
    program()
    assert await_end(number).state is JobState.DONE
    assert at_work.effects(db.session) == Counter(["000", "001", "002", "all"])


def test_engine_that_is_killed_alone_is_replaced(jobs: Flask, program: Start) -> None:
    number = ask(count=COUNT, seconds=0.04)
    service = psutil.Process(program().pid)
    await_progress(number, lambda found: found.done > 5)
    (engine,) = service.children()
    engine.kill()
    found = await_end(number)
    assert found == Progress(JobState.DONE, COUNT + 1, COUNT + 1)
    assert at_work.effects(db.session) == Counter(STEPS)


def test_nothing_goes_on_where_the_service_alone_is_killed(jobs: Flask, program: Start) -> None:
    number = ask(count=COUNT, seconds=0.3)
    process = program()
    await_progress(number, lambda found: found.done > 1)
    begun = psutil.Process(process.pid).children(recursive=True)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
    _gone, alive = psutil.wait_procs(begun, timeout=PATIENCE)
    assert alive == []
    assert look(number).state is JobState.RUNNING


def test_of_two_services_on_the_same_data_one_does_the_job(jobs: Flask, program: Start) -> None:
    number = ask(count=COUNT, seconds=0.04)
    program()
    program()
    assert await_end(number).state is JobState.DONE
    assert at_work.effects(db.session) == Counter(STEPS)
    engines = db.session.execute(at_work.EFFECTS.select()).all()
    assert len({each.engine for each in engines}) == 1
    assert len({each.id for each in engines}) == COUNT + 1
