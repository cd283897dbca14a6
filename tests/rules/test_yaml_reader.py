import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.problems import Position, RuleErrors
from rules.yaml_reader import read_yaml


def refusal(text: str) -> tuple[str, int, int]:
    with pytest.raises(RuleErrors) as caught:
        read_yaml(text)
    (problem,) = caught.value.problems
    return problem.code, problem.where.line, problem.where.column


def test_scalars_stay_the_text_that_was_written():
    assert read_yaml("[1.10, yes, 0x1F, 1e3, 2026-01-01, no, '007', null, ~, '']") == [
        "1.10",
        "yes",
        "0x1F",
        "1e3",
        "2026-01-01",
        "no",
        "007",
        None,
        None,
        "",
    ]


def test_places_count_characters_not_bytes():
    value = read_yaml("{标题: 演示, 名: 甲}")
    assert value.keys_at["名"] == Position("<text>", 1, 10)
    assert value["名"].where == Position("<text>", 1, 13)


def test_quoted_text_begins_after_its_quote():
    assert read_yaml('a: "b"')["a"].where == Position("<text>", 1, 5)


def test_items_of_a_list_have_places():
    value = read_yaml("- a\n-  b\n")
    assert value.items_at == [Position("<text>", 1, 3), Position("<text>", 2, 4)]


def test_alias_that_stays_small_is_expanded():
    assert read_yaml("a: &x [1, 2]\nb: *x\n") == {"a": ["1", "2"], "b": ["1", "2"]}


def test_every_duplicate_key_is_reported():
    with pytest.raises(RuleErrors) as caught:
        read_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert [(each.code, each.where.line, each.where.column) for each in caught.value.problems] == [
        ("duplicate-key", 2, 1),
        ("duplicate-key", 3, 11),
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000 + "a", "{a: " * 50_000])
def test_nesting_that_would_exhaust_the_stack_is_refused(text):
    assert refusal(text)[0] == "too-large"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("&a [*a]", ("too-large", 1, 1)),
        ("a: !!int 1", ("tag", 1, 4)),
        ("a: !x y", ("tag", 1, 4)),
        ("a: \ud800", ("encoding", 1, 1)),
        ("a: \x07", ("yaml", 1, 1)),
        ("a: *b", ("yaml", 1, 4)),
        ("a: b\n  c: d", ("yaml", 2, 4)),
    ],
)
def test_refused_texts_have_a_code_and_a_place(text, place):
    assert refusal(text) == place


def test_nothing_at_all_is_nothing():
    assert read_yaml("# only a comment\n") is None


def outcome(text):
    try:
        read_yaml(text)
    except RuleErrors as error:
        return "refused with a reason" if error.problems else "refused"
    return "read"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_is_read_or_refused(text):
    assert outcome(text) in ("read", "refused with a reason")


@given(st.text(alphabet="[]{}:,-&*!'\"#|>%@ab \n", max_size=40))
def test_any_text_of_signs_is_read_or_refused(text):
    assert outcome(text) in ("read", "refused with a reason")
