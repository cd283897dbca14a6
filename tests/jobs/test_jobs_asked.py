"""Jobs on request: started with their unit of work, cancelled, resumed, failed with words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from threading import Event, Thread

import at_work
import pytest
from flask import Flask
from working import ask, await_progress, look

from evaluator.database import db, unit_of_work
from evaluator.jobs.foreman import work_off
from evaluator.jobs.models import JobState
from evaluator.jobs.operations import cancel, resume, start
from evaluator.jobs.queries import Progress, next_wanted

MANY = 40


def do_all(app: Flask) -> None:
    work_off(app, at_work.make, Event())


def told_to(act: object, number: int) -> bool:
    assert callable(act)
    with unit_of_work(db.session) as session:
        return bool(act(session, number))


def test_job_is_done_to_its_last_step(jobs: Flask) -> None:
    number = ask(count=2)
    assert look(number) == Progress(JobState.WAITING, 0, 0)
    do_all(jobs)
    assert look(number) == Progress(JobState.DONE, 3, 3)
    assert at_work.effects(db.session) == Counter(["000", "001", "all"])


def test_job_of_a_unit_of_work_that_is_rolled_back_is_none(jobs: Flask) -> None:
    start(db.session, "test: letters", {"count": 1})
    db.session.rollback()
    assert next_wanted(db.session) is None


def test_unknown_job_is_refused(jobs: Flask) -> None:
    with pytest.raises(KeyError, match="painting"):
        start(db.session, "painting", {})


def test_cancelled_job_keeps_what_is_done_and_goes_on_when_resumed(jobs: Flask) -> None:
    number = ask(count=MANY, seconds=0.2)
    worker = Thread(target=do_all, args=(jobs,))
    worker.start()
    reached = await_progress(number, lambda found: found.done >= 4).done
    assert told_to(cancel, number)
    worker.join()
    stopped = look(number)
    assert stopped.state is JobState.CANCELLED
    # Two are at hand when it is told; their neighbours may begin until the engine has heard.
    assert reached <= stopped.done <= reached + 8
    assert sum(at_work.effects(db.session).values()) == stopped.done
    assert (told_to(cancel, number), told_to(resume, number)) == (False, True)
    do_all(jobs)
    assert look(number) == Progress(JobState.DONE, MANY + 1, MANY + 1)
    assert set(at_work.effects(db.session).values()) == {1}


def test_job_that_waits_is_cancelled_at_once(jobs: Flask) -> None:
    number = ask(count=1)
    assert told_to(cancel, number)
    assert look(number) == Progress(JobState.CANCELLED, 0, 0)
    do_all(jobs)
    assert at_work.effects(db.session) == Counter()


def test_step_that_fails_stops_the_job_with_its_words(jobs: Flask, tmp_path: Path) -> None:
    stone = tmp_path / "wrong 001"
    stone.touch()
    number = ask(count=3, stones=str(tmp_path))
    do_all(jobs)
    failed = look(number)
    assert (failed.state, failed.error) == (JobState.FAILED, "letter 001 has no address")
    assert "all" not in at_work.effects(db.session)
    stone.unlink()
    assert told_to(resume, number)
    do_all(jobs)
    assert look(number) == Progress(JobState.DONE, 4, 4)
    assert at_work.effects(db.session) == Counter(["000", "001", "002", "all"])


def test_job_that_cannot_be_planned_begins_no_step(jobs: Flask) -> None:
    number = ask(unplannable="no font has 𱁬")
    do_all(jobs)
    assert look(number) == Progress(JobState.FAILED, 0, 0, "no font has 𱁬")


def test_step_whose_process_is_killed_is_done_by_another(jobs: Flask, tmp_path: Path) -> None:
    (tmp_path / "kill 002").touch()
    number = ask(count=5, stones=str(tmp_path))
    do_all(jobs)
    assert look(number) == Progress(JobState.DONE, 6, 6)
    assert set(at_work.effects(db.session).values()) == {1}


def test_jobs_are_done_one_after_another(jobs: Flask) -> None:
    first, second = ask(count=2), ask(unplannable="no")
    do_all(jobs)
    assert [look(each).state for each in (first, second)] == [JobState.DONE, JobState.FAILED]
