"""Lots: bound before, published after, and worked out by anybody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hall import make_hall
from sqlalchemy.orm import Session

from evaluator.cli import main
from evaluator.panels.drawing import commit, lot_of, reveal
from evaluator.panels.lots import RECIPE, Lot, as_file, commitment, drawn_order, problems
from evaluator.web.errors import Refusal

SEED = "ab" * 32
CODES = ("E1", "E2", "W1", "W2")
WHOLE = Lot(commitment(SEED, CODES), CODES, SEED, "七", tuple(drawn_order(SEED, "七", CODES)))


def test_order_follows_from_seed_word_and_codes_alone() -> None:
    assert drawn_order(SEED, "七", reversed(CODES)) == drawn_order(SEED, "七", CODES)
    assert drawn_order(SEED, "七", CODES) != drawn_order(SEED, "八", CODES)
    assert drawn_order(SEED, "七", CODES) == ["W1", "E1", "E2", "W2"]


def test_lot_that_holds_has_no_problems() -> None:
    assert problems(WHOLE) == []
    assert problems(WHOLE, WHOLE.commitment.upper()) == []


@pytest.mark.parametrize(
    ("lot", "known", "expected"),
    [
        (WHOLE, "0" * 64, "the commitment is not the one noted before"),
        (Lot(WHOLE.commitment, CODES), "", "the seed is not published yet"),
        (
            Lot(WHOLE.commitment, CODES, "cd" * 32, "七", WHOLE.order),
            "",
            "seed and cases are not those that were committed to",
        ),
        (
            Lot(WHOLE.commitment, CODES, SEED, "八", WHOLE.order),
            "",
            "the order does not follow from the seed",
        ),
        (
            Lot(commitment(SEED, ["E1", "E1"]), ("E1", "E1"), SEED, "", ("E1", "E1")),
            "",
            "a code stands there twice",
        ),
    ],
)
def test_lot_that_was_changed_is_told(lot: Lot, known: str, expected: str) -> None:
    assert expected in [en for _zh, en in problems(lot, known)]


def test_command_checks_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lot.json"
    path.write_text(as_file(WHOLE, {"panel": "第一组"}), encoding="utf-8")
    done = CliRunner().invoke(main, ["draw", "verify", str(path), "--known", WHOLE.commitment])
    assert done.exit_code == 0
    assert "The lot holds, 4 case(s)." in done.output
    assert "1\tW1" in done.output


def test_command_fails_for_an_altered_file(tmp_path: Path) -> None:
    path = tmp_path / "lot.json"
    values = json.loads(as_file(WHOLE, {}))
    values["order"].reverse()
    path.write_text(json.dumps(values), encoding="utf-8")
    done = CliRunner().invoke(main, ["draw", "verify", str(path)])
    assert done.exit_code == 1
    assert "The order does not follow from the seed." in done.output


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing", "this is no JSON"),
        ("[]", "this is no file of a lot"),
        ('{"format": "evaluator draw 1", "commitment": 1}', "`commitment` must be a text"),
        (
            '{"format": "evaluator draw 1", "commitment": "", "seed": "", "word": "",'
            ' "cases": [1]}',
            "`cases` must be a list of codes",
        ),
    ],
)
def test_command_tells_what_is_no_lot(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "lot.json"
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["draw", "verify", str(path)])
    assert done.exit_code == 2
    assert expected in done.output


def test_recipe_of_the_page_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "lot.json"
    path.write_text(as_file(WHOLE, {}), encoding="utf-8")
    exec(RECIPE.replace("FILE", str(path)), {})  # noqa: S102 - what the page tells people to run
    assert capsys.readouterr().out.split() == ["True", "True"]
    assert len(RECIPE.strip().splitlines()) == 5


def test_seed_is_nowhere_until_it_is_published(session: Session) -> None:
    hall = make_hall(session)
    draw = commit(session, hall.actor, made=hall.round, panel=hall.panel)
    session.commit()
    assert (draw.seed, draw.order, draw.cases) == ("", [], ["E1", "E2", "W1", "W2"])
    reveal(session, hall.actor, made=hall.round, draw=draw, word=" 七 ")
    session.commit()
    assert problems(lot_of(draw)) == []
    places = {case.position: code for code, case in hall.cases.items()}
    assert [places[place] for place in (1, 2, 3, 4)] == draw.order


def test_lots_stay_as_they_fell(session: Session) -> None:
    hall = make_hall(session)
    draw = commit(session, hall.actor, made=hall.round, panel=hall.panel)
    reveal(session, hall.actor, made=hall.round, draw=draw, word="")
    with pytest.raises(Refusal):
        reveal(session, hall.actor, made=hall.round, draw=draw, word="again")
    with pytest.raises(Refusal):
        commit(session, hall.actor, made=hall.round, panel=hall.panel)


def test_seed_cannot_be_bound_again_until_one_is_liked(session: Session) -> None:
    hall = make_hall(session)
    commit(session, hall.actor, made=hall.round, panel=hall.panel)
    with pytest.raises(Refusal):
        commit(session, hall.actor, made=hall.round, panel=hall.panel)


def test_case_that_came_later_is_drawn_in_a_lot_of_its_own(session: Session) -> None:
    hall = make_hall(session)
    late = hall.cases["W2"]
    late.panel_id = None
    session.commit()
    draw = commit(session, hall.actor, made=hall.round, panel=hall.panel)
    late.panel_id = hall.panel.id
    session.commit()
    with pytest.raises(Refusal):
        reveal(session, hall.actor, made=hall.round, draw=draw, word="")
    late.panel_id = None
    session.commit()
    reveal(session, hall.actor, made=hall.round, draw=draw, word="")
    late.panel_id = hall.panel.id
    session.commit()
    second = commit(session, hall.actor, made=hall.round, panel=hall.panel)
    reveal(session, hall.actor, made=hall.round, draw=second, word="")
    assert (second.order, late.position) == (["W2"], 4)
