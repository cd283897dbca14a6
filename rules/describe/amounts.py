"""The points of parts and cases in words."""

from __future__ import annotations

from collections.abc import Mapping

from rules.describe.counts import steps_words
from rules.describe.labels import Labels
from rules.describe.language import listing, pick, points_words
from rules.describe.parts import derived_words, part_words, says_unit
from rules.describe.words import is_plain_truth
from rules.formula import parse
from rules.syntax import ALL, Amount, EventCaps, Part, Points


def part_sentence(part: Part, way: str, labels: Labels, language: str) -> str:
    """Return a part with its points and limits: 每少1次扣0.5分，最多扣3分."""
    if isinstance(part.points, tuple):
        return _by_occurrence(part, part.points, way, labels, language)
    said = _reason(part, labels, language)
    amount = _amount(part, way, labels, language)
    limits = [*_steps(part, labels, language), *_limits(part, way, language)]
    comma = pick(language, "，", ", ")
    bare = language == "zh" and said[-1] not in "）”" and not isinstance(part.points, Mapping)
    joint = "" if bare and _counts_one(part) else comma
    whole = said if said.endswith(amount) else f"{said}{joint}{amount}"
    return comma.join([whole, *limits])


def _reason(part: Part, labels: Labels, language: str) -> str:
    """Return the words of a part, the exact rule in brackets before the unit that is counted."""
    said, exact = part_words(part, labels, language), _derived(part, labels, language)
    if not exact or not (part.each or part.per):
        return said + exact
    because = part_words(part, labels, language, counted=False)
    return because + exact + said.removeprefix(because)


def _counts_one(part: Part) -> bool:
    """Return whether the words end with a unit that the points follow directly."""
    highest = part.per_event is not None and part.per_event.take == "highest"
    return bool(part.each or part.per or part.per_event) and not highest


def _derived(part: Part, labels: Labels, language: str) -> str:
    """Return the exact rule in brackets where a reason of its own hides it."""
    if part.because is None or part.discretion or _is_plain(part):
        return ""
    if (part.each or part.per) and says_unit(part.because.say(language), language):
        return ""
    said = derived_words(part, labels, language)
    return pick(language, f"（{said}）", f" ({said})")


def _is_plain(part: Part) -> bool:
    """Return whether all is one yes-or-no fact or one count, which its reason says well enough."""
    if part.per or part.per_event or (part.each and part.when):
        return False
    formula = part.each or part.when
    return formula is not None and is_plain_truth(formula)


_LOST = {"award": "take", "deduct": "spare", "adjust": "adjust_loss"}


def way_in_deductions(way: str) -> str:
    """Return what a way means in a deduction block, where points won are points taken off."""
    return _LOST[way]


def loses(way: str, points: int) -> bool:
    """Return whether points of a part lower the total."""
    if way == "adjust":
        return points < 0
    if way == "adjust_loss":
        return points > 0
    return way in ("deduct", "take")


def verb_of(way: str, points: int, language: str) -> str:
    """Return what points do: 扣, 加, or 少扣 where a deduction is lessened."""
    if loses(way, points):
        return pick(language, "扣", "−")
    lessened = way in ("spare", "adjust_loss")
    return pick(language, "少扣" if lessened else "加", "+")


def _amount(part: Part, way: str, labels: Labels, language: str) -> str:
    if part.discretion:
        return _discretion(part, way, language)
    points = part.points
    if isinstance(points, Mapping):
        return _by_word(part, points, way, labels, language)
    return _one(_single(points), way, language)


def _single(points: object) -> Amount:
    return points if isinstance(points, int) else ALL  # type: ignore[return-value]


_ALL = {
    "deduct": ("本项分值全部扣除", "all points of the item are lost"),
    "award": ("得满分", "all points are won"),
    "take": ("按本项上限扣分", "all points of the item are taken off"),
    "spare": ("不扣分", "nothing is taken off"),
}


def _one(points: Amount, way: str, language: str) -> str:
    if points == ALL:
        return pick(language, *_ALL.get(way, _ALL["award"]))
    amount = int(points)
    verb = verb_of(way, amount, language)
    return pick(
        language,
        f"{verb}{points_words(abs(amount), 'zh')}",
        f"{verb}{points_words(abs(amount), 'en')}",
    )


def _by_occurrence(
    part: Part, points: tuple[Amount, ...], way: str, labels: Labels, language: str
) -> str:
    """Return what the first, the second, … occurrence does; the last amount repeats."""
    said = []
    unit = _unit_of(part, labels)
    for number, each in enumerate(points, 1):
        repeats = number == len(points) and each != ALL
        beyond = pick(language, f"起每{unit}", " and each one after") if repeats else ""
        place = pick(language, f"第{number}{unit}{beyond}", f"occurrence {number}{beyond}: ")
        said.append(place + _one(each, way, language))
    start = part_words(part, labels, language, counted=False)
    return f"{start}{pick(language, '：', ': ')}{listing(said, language)}"


def _unit_of(part: Part, labels: Labels) -> str:
    expression = parse(part.each) if part.each else None
    named = expression is not None and expression.kind == "name"
    return (labels.unit(str(expression.value), "zh") if expression and named else "") or "次"


def _by_word(part: Part, points: Mapping[str, int], way: str, labels: Labels, language: str) -> str:
    assert part.per_event is not None  # noqa: S101 - a mapping goes with `by:`
    inner = labels.for_events(part.per_event.of)
    column = part.per_event.by or ""
    by = inner.plain(column, language)
    said = [
        f"{inner.option(column, word, language)}{pick(language, '', ' ')}"
        f"{_one(Points(each), way, language)}"
        for word, each in points.items()
    ]
    return pick(language, f"按{by}计：{'、'.join(said)}", f"by {by}: {', '.join(said)}")


def _discretion(part: Part, way: str, language: str) -> str:
    chosen = part.discretion
    assert chosen is not None  # noqa: S101
    low, high = (points_words(abs(each), "zh") for each in (chosen.from_, chosen.to))
    verb = verb_of(way, min(chosen.from_, chosen.to), language)
    english, least = points_words(abs(chosen.to), "en"), low.removesuffix("分")
    return pick(
        language,
        f"酌情{verb}{least}至{high}，须写明理由",
        f"{verb if least != '0' else ''}{least} to {verb}{english} at discretion, with a reason",
    )


def _steps(part: Part, labels: Labels, language: str) -> list[str]:
    said = steps_words(part.per, labels, language) if part.per else ""
    return [said] if said else []


def _limits(part: Part, way: str, language: str) -> list[str]:
    said = []
    if part.per_event and part.per_event.caps:
        said += caps_words(part.per_event.caps, way, language)
    if part.at_most is not None:
        verb, most = verb_of(way, 1, language), points_words(part.at_most, language)
        said.append(pick(language, f"最多{verb}{most}", f"at most {most}"))
    return said


def caps_words(caps: EventCaps, way: str, language: str) -> list[str]:
    """Return the caps by day, month and year."""
    verb = verb_of(way, 1, language)
    units = {"day": "每日", "month": "每月", "year": "每年"}
    return [
        pick(
            language,
            f"{zh}最多{verb}{points_words(getattr(caps, key), 'zh')}",
            f"at most {points_words(getattr(caps, key), 'en')} a {key}",
        )
        for key, zh in units.items()
        if getattr(caps, key) is not None
    ]
