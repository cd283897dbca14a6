"""Submissions drawn beside the pages: the same PDF, and none is lost where that process is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

from evaluator.applications import drawing
from evaluator.applications.drawing import Drawer, draw_apart
from reports.application import ApplicationPaper, Chapter, Item, Line, write_application

PROGRAM = """
import os, time
import evaluator.applications.drawing as drawing
def write_application(paper):
    {act}
drawing.write_application = write_application
drawing.main()
"""


def paper(title: str = "2026 年度申报书") -> ApplicationPaper:
    item = Item("组织生活", "8 / 10", [Line("次数", "12", "党员系统")], "每少一次扣一分。")
    return ApplicationPaper(
        title=title,
        organisation="城关街道第一社区党支部",
        head=[Line("组织", "城关街道第一社区党支部")],
        chapters=[Chapter("基本制度", "8 / 10", [item])],
        declaration="以上内容属实。",
        signatures=["书记：李明"],
        footer="摘要 ab",
        page_words="第 {page} 页，共 {pages} 页",
    )


@pytest.fixture
def drawer_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Drawer]]:
    """Return a function that lets the other process do an act of Python for each paper."""
    made: list[Drawer] = []

    def drawer(act: str) -> Drawer:
        made.append(Drawer((sys.executable, "-c", PROGRAM.format(act=act))))
        monkeypatch.setattr(drawing, "DRAWER", made[-1])
        return made[-1]

    yield drawer
    for each in made:
        each.end()


def process_of(drawer: Drawer) -> subprocess.Popen[bytes]:
    assert drawer.companion.process is not None
    return drawer.companion.process


def test_apart_the_same_pdf_is_drawn() -> None:
    drawer = Drawer()
    try:
        assert drawer.draw(paper()) == write_application(paper())
        assert drawer.draw(paper("又一份")) == write_application(paper("又一份"))
    finally:
        drawer.end()


def test_one_process_draws_all_and_ends_with_the_service(
    drawer_of: Callable[[str], Drawer],
) -> None:
    drawer = drawer_of("return str(os.getpid()).encode()")
    first = draw_apart(paper())
    assert first == draw_apart(paper())
    assert first.isdigit()
    process = process_of(drawer)
    drawer.end()
    assert process.returncode is not None


@pytest.mark.parametrize("act", ["time.sleep(30)", "os._exit(3)", "raise KeyError"])
def test_what_is_not_drawn_apart_is_drawn_here(
    act: str, drawer_of: Callable[[str], Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer_of(act)
    monkeypatch.setattr(drawing, "SECONDS", 2)
    assert draw_apart(paper()) == write_application(paper())


def test_a_late_drawing_is_not_taken_for_the_next_one(
    drawer_of: Callable[[str], Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawer = drawer_of("time.sleep(3 if paper.title == '慢' else 0); return paper.title.encode()")
    monkeypatch.setattr(drawing, "SECONDS", 1)
    with pytest.raises(TimeoutError):
        drawer.draw(paper("慢"))
    monkeypatch.setattr(drawing, "SECONDS", 20)
    assert drawer.draw(paper("快")).decode() == "快"


def test_process_that_was_killed_is_started_again(drawer_of: Callable[[str], Drawer]) -> None:
    drawer = drawer_of("return str(os.getpid()).encode()")
    first = draw_apart(paper())
    os.kill(int(first), signal.SIGKILL)
    process_of(drawer).wait(20)
    assert draw_apart(paper()) == write_application(paper())
    assert draw_apart(paper()) not in {first, write_application(paper())}


def test_drawing_sees_no_secrets_of_the_service(
    drawer_of: Callable[[str], Drawer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVALUATOR_SECRET_KEY", "secret")
    drawer_of("return repr(dict(os.environ)).encode()")
    told = draw_apart(paper())
    assert told.startswith(b"{")
    assert b"EVALUATOR" not in told
