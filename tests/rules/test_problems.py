from rules.problems import Position, Problem, RuleErrors, listed, nearest


def test_problem_is_shown_with_file_line_column_code_and_message():
    problem = Problem(Position("a.yaml", 3, 7), "sum", "found 1.")
    assert str(problem) == "a.yaml:3:7: error[sum]: found 1."
    assert problem.as_json() == {
        "file": "a.yaml",
        "line": 3,
        "column": 7,
        "code": "sum",
        "message": "found 1.",
    }


def test_rule_errors_are_sorted_by_place_and_each_stands_once():
    first = Problem(Position("a.yaml", 2, 9), "b", "x")
    second = Problem(Position("a.yaml", 10, 1), "a", "y")
    error = RuleErrors([second, first, second])
    assert error.problems == [first, second]
    assert str(error) == "a.yaml:2:9: error[b]: x\na.yaml:10:1: error[a]: y"


def test_position_is_shifted_on_its_line():
    assert Position("a", 2, 3).shifted(4) == Position("a", 2, 7)


def test_nearest_suggests_a_close_name():
    assert nearest("electd", ["elected", "lessons"]) == ' Did you mean "elected"?'


def test_nearest_says_nothing_where_no_name_is_close():
    assert nearest("xyz", ["elected", "lessons"]) == ""


def test_listed_names_are_joined_and_none_is_said():
    assert (listed(["a", "b"]), listed([])) == ("a, b", "none")
