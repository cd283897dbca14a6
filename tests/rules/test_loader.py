import pytest

from rules.loader import is_shared, load_merged, load_rule_set, load_text, read_file
from rules.problems import RuleErrors


@pytest.fixture
def family(tmp_path):
    """Return what writes files into one folder and loads the last of them."""

    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.yaml").write_text(text)
        return load_merged(tmp_path / f"{name}.yaml")

    return write


def errors(load, *arguments, **named):
    with pytest.raises(RuleErrors) as caught:
        load(*arguments, **named)
    return [(each.code, each.where.line, each.where.column) for each in caught.value.problems]


def test_tables_are_merged_key_by_key(family):
    value = family(
        parent="facts: {a: {label: x, type: boolean}, b: {type: date}}\nscale: {total: 9}",
        child="extends: parent.yaml\nfacts: {b: {label: y}, c: {label: z}}\nscale: {places: 1}",
    )
    assert value == {
        "facts": {"a": {"label": "x", "type": "boolean"}, "b": {"label": "y"},
                  "c": {"label": "z"}},
        "scale": {"total": "9", "places": "1"},
    }  # fmt: skip


def test_items_with_an_id_change_the_keys_that_are_given_and_new_ones_come_last(family):
    value = family(
        parent="dimensions:\n- {id: a, points: 5, indicators: [{id: i, points: 5, floor: 0}]}\n"
        "- {id: b}",
        child="extends: parent.yaml\ndimensions:\n- {id: c}\n"
        "- {id: a, indicators: [{id: i, points: 4}, {id: j}]}",
    )
    assert value["dimensions"] == [
        {"id": "a", "points": "5",
         "indicators": [{"id": "i", "points": "4", "floor": "0"}, {"id": "j"}]},
        {"id": "b"}, {"id": "c"},
    ]  # fmt: skip


def test_what_is_removed_is_gone_and_may_come_back_new(family):
    value = family(
        parent="facts: {a: {type: date}, b: {type: date}}\n"
        "vetoes: [{id: v, when: a}, {id: w, when: b}]",
        child="extends: parent.yaml\nremove: [a, v]\nvetoes: [{id: x, when: b}]",
    )
    assert value == {
        "facts": {"b": {"type": "date"}},
        "vetoes": [{"id": "w", "when": "b"}, {"id": "x", "when": "b"}],
    }


def test_what_is_removed_and_comes_back_inherits_nothing(family):
    value = family(
        parent="dimensions: [{id: a, points: 5, weight: 10%}, {id: b}]\nfacts: {f: {max: 5}}",
        child="extends: parent.yaml\nremove: [a, f]\ndimensions: [{id: a, points: 7}]\n"
        "facts: {f: {type: date}}",
    )
    assert value == {
        "dimensions": [{"id": "b"}, {"id": "a", "points": "7"}],
        "facts": {"f": {"type": "date"}},
    }


def test_removed_fact_is_gone_though_an_indicator_of_that_name_is_new(family):
    value = family(
        parent="facts: {a: {max: 5}, b: {max: 6}}\ndimensions: [{id: d, indicators: []}]",
        child="extends: parent.yaml\nremove: [a]\ndimensions: [{id: d, indicators: [{id: a}]}]",
    )
    assert value["facts"] == {"b": {"max": "6"}}
    assert value["dimensions"] == [{"id": "d", "indicators": [{"id": "a"}]}]


def test_removed_level_is_gone(family):
    value = family(
        parent="levels: {promotion: any, from_low_to_high: [{id: low}, {id: high}]}",
        child="extends: parent.yaml\nremove: [low]",
    )
    assert value == {"levels": {"promotion": "any", "from_low_to_high": [{"id": "high"}]}}


def test_other_lists_and_values_replace_those_of_the_parent(family):
    value = family(
        parent="category: x\nprocedure: [{step: award}, {step: filing}]",
        child="extends: parent.yaml\ncategory: y\nprocedure: [{step: decision}]",
    )
    assert value == {"category": "y", "procedure": [{"step": "decision"}]}


def test_grandparent_is_merged_first(family):
    value = family(
        oldest="scale: {total: 1, places: 1}",
        parent="extends: oldest.yaml\nscale: {total: 2}",
        child="extends: parent.yaml\nscale: {ceiling: 3}",
    )
    assert value == {"scale": {"total": "2", "places": "1", "ceiling": "3"}}


def test_merged_values_keep_the_file_that_they_come_from(family):
    value = family(parent="scale: {total: 1}", child="extends: parent.yaml\nscale:\n  places: 2")
    scale = value["scale"]
    places = {
        key: (where.file.rsplit("/", 1)[-1], where.line) for key, where in scale.keys_at.items()
    }
    assert places == {"total": ("parent.yaml", 1), "places": ("child.yaml", 3)}


def test_chain_of_too_many_parents_is_refused(tmp_path):
    for number in range(12):
        path = tmp_path / f"f{number}.yaml"
        path.write_text(f"extends: f{number + 1}.yaml\n")
    (tmp_path / "f12.yaml").write_text("category: x\n")
    assert errors(load_merged, tmp_path / "f0.yaml") == [("extends", 1, 10)]


def test_file_that_extends_itself_is_refused(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text("extends: own.yaml\n")
    assert errors(load_merged, path) == [("extends", 1, 10)]


def test_text_without_a_file_extends_nothing():
    assert errors(load_text, "extends: a.yaml\n") == [("extends", 1, 1)]


def test_shared_file_is_recognised_and_its_mark_is_no_key(tmp_path, family):
    family(parent="shared: true\ncategory: x")
    path = tmp_path / "parent.yaml"
    assert is_shared(read_file(path)) is True
    assert load_merged(path) == {"category": "x"}
    assert is_shared(None) is False


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    assert errors(load_rule_set, tmp_path) == [("file", 1, 1)]
