from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from language import holds, number, refusal, shape

from rules.formula import FUNCTIONS, MAX_LENGTH, parse
from rules.problems import Position, RuleErrors
from rules.syntax import Formula


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1 + 2 * 3", "+(1 *(2 3))"),
        ("a - b - c", "-(-(a b) c)"),
        ("95%", "19/20"),
        ("1.5", "3/2"),
        ("not a and b or c", "or(and(not(a) b) c)"),
        ("1 <= a < 3", "and(<=(1 a) <(a 3))"),
        ("a if b else c", "if(b a c)"),
        ('a in ["x", "y"]', "in(a list(x y))"),
        ("min(a, b)", "min(a b)"),
        ("出勤 >= 90%", ">=(出勤 9/10)"),
        ("-a", "negate(a)"),
        ("true", "True"),
        ("a\n+ b", "+(a b)"),
        ("5% + 5 %", ""),
    ],
)
def test_formula_is_read_as_written(text, read):
    if read:
        assert shape(text) == read
    else:
        with pytest.raises(RuleErrors):
            shape(text)


def test_decimals_are_added_exactly():
    assert number("0.1 + 0.2") == Fraction(3, 10)


def test_percentages_and_decimals_are_the_same_number():
    assert number("12.5% * 8") == 1


@pytest.mark.parametrize(
    ("text", "facts", "value"),
    [
        ("members / 7", {"members": 22}, Fraction(22, 7)),
        ("floor(members / 7)", {"members": 22}, 3),
        ("ceil(members / 7)", {"members": 22}, 4),
        ("round(members / 7, 2)", {"members": 22}, Fraction(314, 100)),
        ("round(0 - members / 2, 0)", {"members": 5}, -2),
        ("abs(10 - members)", {"members": 22}, 12),
        ("min(members, 9, 12)", {"members": 22}, 9),
        ("max(members, 9)", {"members": 22}, 22),
        ("ratio(1, members - 3, 7)", {"members": 3}, 7),
        ("ratio(1, members - 3, 7)", {"members": 5}, Fraction(1, 2)),
        (
            "count_true(elected, members > 5, share > 50%)",
            {"elected": 1, "members": 5, "share": 5001},
            2,
        ),
        ("members if elected else 0", {"members": 9, "elected": 1}, 9),
        ("share * 2", {"share": 2500}, Fraction(1, 2)),
    ],
)
def test_formula_has_the_exact_value(text, facts, value):
    assert number(text, **facts) == value


@pytest.mark.parametrize(
    ("text", "facts", "truth"),
    [
        ("share >= 90%", {"share": 9000}, True),
        ("share > 90%", {"share": 9000}, False),
        ('kind == "office"', {"kind": 1}, True),
        ('kind != "office"', {"kind": 1}, False),
        ('kind in ["shop", "site"]', {"kind": 2}, True),
        ('kind not in ["shop", "site"]', {"kind": 2}, False),
        ("3 <= members < 9", {"members": 9}, False),
        ("elected == false", {"elected": 0}, True),
        ("given(members)", {"members": 0}, True),
        ("not elected", {"elected": 1}, False),
        ('"shop" == kind', {"kind": 0}, True),
    ],
)
def test_condition_holds_exactly_where_it_should(text, facts, truth):
    assert holds(text, **facts) is truth


@given(st.integers(3, 60), st.integers(0, 10_000), st.integers(-50, 50), st.integers(1, 40))
def test_arithmetic_equals_fractions(members, share, a, b):
    text = f"(members - {b}) * share / {b} + {abs(a)} - members / (members + {b})"
    exact = (
        Fraction(members - b) * Fraction(share, 10_000) / b
        + abs(a)
        - Fraction(members, members + b)
    )
    assert number(text, members=members, share=share) == exact


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("membrs + 1", 1, "unknown-name"),
        ("1 + 出勤", 5, "unknown-name"),
        ("members / share", 11, "division"),
        ("members / (share - 1)", 12, "division"),
        ("elected + 1", 1, "type"),
        ('kind + "x"', 1, "type"),
        ('1 if kind == "shp" else 0', 6, "option"),
        ("members.real", 1, "formula"),
        ("members[0]", 1, "formula"),
        ("(lambda: 1)()", 1, "formula"),
        ('__import__("os")', 1, "formula"),
        ("1e5", 1, "formula"),
        ("3j", 1, "formula"),
        ("0x1F", 1, "formula"),
        ("1_000", 1, "formula"),
        ("2 ** 9", 1, "formula"),
        ("members % 2", 1, "formula"),
        ("members if elected else kind", 1, "type"),
        ("members; share", 8, "formula"),
        ("min(*members)", 5, "formula"),
        ("min(members)", 1, "type"),
        ("round(members, 7)", 16, "type"),
        ("first - last", 1, "type"),
        ("", 1, "formula"),
        ("members >= 3 and share = 1", 24, "formula"),
        ("  members +", 12, "formula"),
        ("(1, 2)", 1, "formula"),
        ("f'{members}'", 1, "formula"),
        ("1 is 1", 1, "formula"),
        ("(a := 1)", 2, "formula"),
        ("None", 1, "unknown-name"),
        ('b"x"', 1, "formula"),
        ("...", 1, "formula"),
        ("members\x00", 1, "formula"),
    ],
)
def test_refused_formula_has_a_code_and_a_column(text, column, code):
    assert refusal(text)[:2] == (column, code)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("＞", ">"),
        ("≥", ">="),
        ("（", "("),
        ("，", ","),
        ("×", "*"),
        ("÷", "/"),
        ("％", "%"),
        ("&&", "and"),
        ("||", "or"),
    ],
)
def test_sign_of_another_keyboard_is_refused_with_the_one_that_is_meant(written, meant):
    column, code, message = refusal(f"members {written} 3")
    assert (column, code, message) == (
        9,
        "formula",
        f'found "{written}"; write "{meant}" instead.',
    )


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("kind == “shop”", 9, 'found "“"; write a straight quote: " instead.'),
        ("share >= 95 %", 10, 'found "95 %"; write 95% without a space.'),
        ("share >= 9.5  % and elected", 10, 'found "9.5  %"; write 9.5% without a space.'),
        ("ratio(1, members, 5 %)", 19, 'found "5 %"; write 5% without a space.'),
    ],
)
def test_slip_of_the_pen_is_refused_with_what_to_write(text, column, message):
    assert refusal(text) == (column, "formula", message)


def test_percentage_with_a_space_may_stand_inside_quotes():
    assert shape('kind == "95 %"') == "==(kind 95 %)"


def test_sign_of_another_keyboard_may_stand_inside_quotes():
    assert shape('kind == "（"') == "==(kind （)"


def test_formula_knows_its_place_in_the_file():
    with pytest.raises(RuleErrors) as caught:
        parse(Formula("a + (b.c)", Position("x.yaml", 7, 20)))
    assert caught.value.problems[0].where == Position("x.yaml", 7, 25)


def test_column_counts_characters_of_chinese_names():
    assert refusal("出勤率 + members.x")[0] == 7


def test_longest_formula_is_read_and_one_character_more_is_refused():
    text = "members" + " " * (MAX_LENGTH - 7)
    assert shape(text) == "members"
    assert "1001 characters" in refusal(text + " ")[2]


@given(st.text(alphabet="abm 0123456789.%+-*/()<>=!&|\"'[],:;_ifelsandornt（）＞≥", max_size=40))
def test_any_text_is_read_or_refused(text):
    assert outcome(text) in ("read", "refused once")


def outcome(text):
    try:
        parse(Formula(text))
    except RuleErrors as error:
        return "refused once" if len(error.problems) == 1 else "refused"
    return "read"


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_refuses_to_be_called_with_nothing(name):
    assert refusal(f"{name}()")[1] in ("type", "formula")
