"""What is sent to executors: small, whole, and cut to pieces that fit."""

from __future__ import annotations

import pickle

import pyarrow as pa
import pytest
from spark_rounds import rule_sets

from evaluator.scale.spark.pieces import in_pieces
from evaluator.scale.spark.rule_texts import RuleTexts, engines_of
from evaluator.scale.spark.sending import packed, unpacked
from evaluator.scale.spark.session import NO_JAVA, JavaMissing, local_session
from rules.canonical import digest


@pytest.mark.parametrize("sizes", [[], [3], [4], [1, 0, 9], [10, 10]])
def test_pieces_have_all_rows_in_their_order(sizes: list[int]) -> None:
    numbers = iter(range(100))
    batches = [
        pa.RecordBatch.from_pydict(
            {"n": pa.array([next(numbers) for _ in range(size)], pa.int64())}
        )
        for size in sizes
    ]
    found = [each["n"].to_pylist() for each in in_pieces(batches, 4)]
    assert [n for piece in found for n in piece] == list(range(sum(sizes)))
    assert [len(piece) for piece in found[:-1]] == [4] * (len(found) - 1)
    assert all(len(piece) in range(1, 5) for piece in found)


def test_engines_are_those_of_the_same_rules_and_made_once() -> None:
    rules = RuleTexts.of(rule_sets())
    engines = engines_of(rules)
    assert {name: each.program.digest for name, each in engines.items()} == {
        name: digest(each) for name, each in rule_sets().items()
    }
    assert engines_of(pickle.loads(pickle.dumps(rules))) is engines  # noqa: S301 - made here


def test_comparison_is_sent_by_its_name() -> None:
    program = engines_of(RuleTexts.of(rule_sets()))["company"].program
    sent = packed(program.cohort)
    assert unpacked(sent, program) == program.cohort
    assert [id(each) for each in unpacked(sent, program)] == [id(each) for each in program.cohort]
    assert len(sent) < 100


def test_machine_without_java_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(JavaMissing) as caught:
        local_session(1)
    assert str(caught.value) == NO_JAVA
