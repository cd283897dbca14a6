"""Pictures of a round: levels by category and committee, movement since last year, aims.

Each is a drawing and a table of the same numbers. Groups stand in the order of the register and
not of their results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluator.score_reports.held import NONE, NOT_YET, Held, categories_in
from evaluator.web.wording import gettext
from reports.charts import Chart, Stack, Stacks, Target, Targets, TargetWords
from reports.flow import Band, Direction, Flow
from reports.flow import Row as FlowRow
from rules.numbers import number_text, read_number
from rules.syntax import RuleSet, Words

HIGHEST_TONE = 5


@dataclass(frozen=True)
class Table:
    """The numbers of a picture: heads of columns, and rows that begin with a name."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Picture:
    """A drawing with its heading, its table and what there is to know about it."""

    name: str
    title: str
    drawing: Chart | Flow
    table: Table
    remark: str = ""


@dataclass(frozen=True)
class Kinds:
    """The kinds of levels that a picture tells apart, the highest first, with their words."""

    words: Mapping[str, Words]

    @classmethod
    def of(cls, rule_sets: Sequence[RuleSet], held: Sequence[Held]) -> Kinds:
        """Return the levels of rule sets and those that were held before, with none and not yet."""
        found: dict[str, Words] = {}
        for rule_set in sorted(rule_sets, key=lambda each: -len(each.levels.from_low_to_high)):
            for level in reversed(rule_set.levels.from_low_to_high):
                found.setdefault(level.id, level.title)
        for each in held:
            if each.before:
                found.setdefault(each.before, Words(each.before))
        found[NONE] = Words("无星级", "No level")
        found[NOT_YET] = Words("尚未评定", "Not rated yet")
        return cls(found)

    def tones(self) -> tuple[int, ...]:
        """Return how each kind is filled: the highest level the darkest, not yet rated nothing."""
        levels = len(self.words) - 2
        dark = (max(HIGHEST_TONE - number, 2) for number in range(levels))
        return (*dark, 1, 0)


def levels_by(
    name: str,
    title: str,
    held: Sequence[Held],
    group: Callable[[Held], str],
    kinds: Kinds,
    language: str,
) -> Picture:
    """Return how many of each group have which level."""
    counted: dict[str, Counter[str]] = {}
    for each in held:
        counted.setdefault(group(each), Counter())[each.after] += 1
    names = [words.say(language) for words in kinds.words.values()]
    stacks = tuple(
        Stack(key, tuple(numbers[kind] for kind in kinds.words)) for key, numbers in counted.items()
    )
    about = gettext("%(title)s; the table below has the numbers", title=title)
    rows = [
        [each.name, *(str(count) for count in each.counts), str(sum(each.counts))]
        for each in stacks
    ]
    return Picture(
        name,
        title,
        Stacks(about, tuple(names), kinds.tones(), stacks),
        Table(["", *names, gettext("Together")], rows),
    )


def movement(held: Sequence[Held], kinds: Kinds, language: str) -> Picture:
    """Return who moved from which level of last year to which one now."""
    rated = [each for each in held if each.after != NOT_YET]
    moves = Counter((each.before, each.after) for each in rated)
    shown = [kind for kind in kinds.words if any(kind in each for each in moves)]
    place = {kind: number for number, kind in enumerate(shown)}
    bands = tuple(
        Band(place[start], place[end], count, _direction(place[start], place[end]))
        for (start, end), count in sorted(moves.items(), key=lambda each: _places(each[0], place))
    )
    title = gettext("Movement since last year")
    flow = Flow(
        gettext("%(title)s; the table below has the numbers", title=title),
        tuple(FlowRow(kinds.words[each].zh, kinds.words[each].say("en")) for each in shown),
        bands,
        FlowRow("上年", "Last year"),
        FlowRow("本年", "This year"),
    )
    names = [kinds.words[each].say(language) for each in shown]
    rows = [[names[place[start]], *(str(moves[start, end]) for end in shown)] for start in shown]
    left = len(held) - len(rated)
    remark = gettext("%(count)s that are not rated yet are left out.", count=left) if left else ""
    heads = [gettext("Last year, and this year in the columns"), *names]
    return Picture("movement", title, flow, Table(heads, rows), remark)


def _places(move: tuple[str, str], place: Mapping[str, int]) -> tuple[int, int]:
    return place[move[0]], place[move[1]]


def _direction(start: int, end: int) -> Direction:
    """Return where a move leads; rows stand with the highest first."""
    return "stays" if start == end else "rises" if end < start else "falls"


def aims(
    held: Sequence[Held],
    rule_sets: Mapping[str, RuleSet],
    title_of: Callable[[str], str],
    language: str,
) -> Picture:
    """Return how far the aims for the population are reached, category by category."""
    found = [
        each
        for category in categories_in(held)
        if category in rule_sets
        for each in _aims(held, rule_sets[category], category, title_of(category), language)
    ]
    title = gettext("Progress against the aims for all organisations")
    heads = ["", gettext("Aim"), gettext("This year"), gettext("Last year")]
    words = TargetWords(gettext("this year"), gettext("last year"), gettext("aim"))
    return Picture(
        "aims",
        title,
        Targets(
            gettext("%(title)s; the table below has the numbers", title=title),
            tuple(each for each, _row in found),
            words,
        ),
        Table(heads, [row for _each, row in found]),
        gettext("Of all organisations of a category, whether they applied or not."),
    )


def _aims(
    held: Sequence[Held], rule_set: RuleSet, category: str, title: str, language: str
) -> Iterator[tuple[Target, list[str]]]:
    own = [each for each in held if each.category == category]
    levels = [each.id for each in rule_set.levels.from_low_to_high]
    titles = {each.id: each.title.say(language) for each in rule_set.levels.from_low_to_high}
    for target in rule_set.targets:
        high = frozenset(levels[levels.index(target.level) :])
        now = Fraction(sum(each.after in high for each in own), len(own))
        before = Fraction(sum(each.before in high for each in own), len(own))
        aim = read_number(target.share)
        name = gettext(
            "%(category)s: %(level)s and above", category=title, level=titles[target.level]
        )
        said, reached = number_text(now, True, 1), now >= aim
        text = gettext("%(share)s of %(aim)s by %(year)s", share=said, aim=target.share,
                       year=target.by)  # fmt: skip
        # Shares are for the eye alone; whether an aim is reached is compared exactly.
        yield (
            Target(name, text, float(now), float(before), float(aim), reached),
            [
                f"{'✓ ' if reached else ''}{name}",
                gettext("%(aim)s by %(year)s", aim=target.share, year=target.by),
                said,
                number_text(before, True, 1),
            ],
        )
