"""Checks in a process of their own: the same verdicts, and bounds that end what is too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from image_files import photo

from evaluator.evidence import isolation
from evaluator.evidence.checks import __main__ as child
from evaluator.evidence.checks.kinds import check
from evaluator.evidence.checks.verdict import Reason, Refused
from evaluator.evidence.isolation import Forker, check_apart


def test_check_apart_says_what_the_check_says() -> None:
    apart = check_apart(photo())
    assert apart == check(photo())
    assert apart.taken_on == date(2026, 3, 5)


def test_check_apart_refuses_for_the_same_reason() -> None:
    with pytest.raises(Refused) as refused:
        check_apart(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert (refused.value.reason, refused.value.detail) == (Reason.NOT_ALLOWED, "image/svg+xml")


CHILD = """
import os, signal, sys, time
import evaluator.evidence.checks.__main__ as child
from evaluator.evidence.checks.verdict import Checked
def check(content):
    {act}
child.check = check
child.main()
"""


@pytest.fixture
def forker_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Forker]]:
    """Return a function that lets every check be an act of Python."""
    made: list[Forker] = []

    def forker(act: str) -> Forker:
        made.append(Forker((sys.executable, "-c", CHILD.format(act=act))))
        monkeypatch.setattr(isolation, "FORKER", made[-1])
        return made[-1]

    yield forker
    for each in made:
        each.end()


@pytest.mark.parametrize(
    "act",
    ["time.sleep(30)", "os._exit(3)", "os.abort()", "raise KeyError", "return Checked(None, '')"],
)
def test_check_that_does_not_end_well_refuses_the_file(
    act: str, forker_of: Callable[[str], Forker], monkeypatch: pytest.MonkeyPatch
) -> None:
    forker_of(act)
    monkeypatch.setattr(isolation, "SECONDS", 1)
    with pytest.raises(Refused) as refused:
        check_apart(b"content")
    assert refused.value.reason is Reason.NOT_CHECKED


ANSWERS = "child.Connection.send_bytes = lambda line, _: os.write(line.fileno(), {told!r}); "


@pytest.mark.parametrize("told", [b"\0\0\1\0half", b"\xff\xff\xff\xff" + b"\x7f" * 8])
def test_answer_that_was_cut_off_or_is_endless_refuses_the_file(
    told: bytes, forker_of: Callable[[str], Forker]
) -> None:
    forker_of(ANSWERS.format(told=told) + "return Checked(b'', '')")
    with pytest.raises(Refused) as refused:
        check_apart(b"content")
    assert refused.value.reason is Reason.NOT_CHECKED


def test_check_that_waits_for_ever_is_ended(forker_of: Callable[[str], Forker]) -> None:
    program = CHILD.format(act="time.sleep(60)").replace(
        "child.main", "child.PATIENCE = 0.1\nchild.main"
    )
    forker = forker_of("")
    forker.companion.command = (sys.executable, "-c", program)
    with forker.line() as line:
        line.send_bytes(b"content")
        assert line.poll(20)
        with pytest.raises(EOFError):
            line.recv_bytes()


def test_check_apart_sees_no_secrets_of_the_service(
    forker_of: Callable[[str], Forker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATOR_SECRET_KEY", "secret")
    forker_of("return Checked(repr(dict(os.environ)).encode(), '')")
    assert b"EVALUATOR" not in check_apart(b"content").content


def test_each_check_is_a_process_of_its_own(forker_of: Callable[[str], Forker]) -> None:
    act = "child.seen = getattr(child, 'seen', b'') + content; return Checked(child.seen, '')"
    forker_of(act)
    assert [check_apart(each).content for each in (b"first", b"second")] == [b"first", b"second"]


def test_check_has_no_line_but_its_own(forker_of: Callable[[str], Forker]) -> None:
    forker_of("return Checked(' '.join(sorted(os.listdir('/proc/self/fd'))).encode(), '')")
    first, second = (check_apart(b"content").content for _ in range(2))
    assert first == second


def test_check_is_of_our_session_where_its_niceness_counts(
    forker_of: Callable[[str], Forker],
) -> None:
    forker_of("return Checked(f'{os.nice(0)} {os.getsid(0)} {os.getpgid(0)}'.encode(), '')")
    niceness, session, group = map(int, check_apart(b"content").content.split())
    assert niceness == 19
    assert session == os.getsid(0)
    assert group != os.getpgid(0)


def test_forker_that_was_killed_is_started_again(forker_of: Callable[[str], Forker]) -> None:
    forker = forker_of("return Checked(str(os.getppid()).encode(), '')")
    first = int(check_apart(b"content").content)
    os.kill(first, signal.SIGKILL)
    assert forker.companion.process is not None
    forker.companion.process.wait(20)
    assert int(check_apart(b"content").content) != first


def test_forker_ends_with_the_service(forker_of: Callable[[str], Forker]) -> None:
    forker = forker_of("return Checked(b'', '')")
    check_apart(b"content")
    process = forker.companion.process
    assert process is not None
    forker.end()
    assert process.returncode == 0


BOUNDED = """
from evaluator.evidence.checks.__main__ import bound
bound()
try:
    {attempt}
except (MemoryError, OSError) as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (f"bytearray({child.MEMORY})", "MemoryError"),
        ("open('written', 'wb', buffering=0).write(b'x')", "OSError"),
    ],
)
def test_bounds_hold(attempt: str, error: str, tmp_path: os.PathLike[str]) -> None:
    program = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)" + BOUNDED
    done = subprocess.run(
        [sys.executable, "-c", program.format(attempt=attempt)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.stdout.strip() == error
