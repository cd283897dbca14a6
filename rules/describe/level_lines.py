"""Levels, vetoes and conditions for being rated, in words."""

from __future__ import annotations

from rules.describe.labels import Labels
from rules.describe.language import listing, pick
from rules.describe.words import is_plain_truth, say_formula, say_share
from rules.numbers import points_text
from rules.syntax import Effect, Eligibility, Formula, Gate, Level, LevelCap, Levels, Veto, Words

_EFFECTS = {
    "no_level": ("不评定任何等级", "no level"),
    "lowest_level": ("评为最低一级", "the lowest level"),
    "no_promotion": ("不得高于上次的等级", "not above the level held before"),
    "clear_to_zero": ("总分清零", "the total is cleared to 0"),
}
_RE_AUDIT = {
    "none": ("", ""),
    "yearly": ("，每年复核", ", audited every year"),
    "at_end": ("，期满复核", ", audited at the end"),
}


def level_title(name: str, labels: Labels, language: str) -> str:
    """Return the title of a level; `unrated` is no level."""
    if name == "unrated":
        return pick(language, "未评定等级", "no level")
    title = labels.levels.get(name)
    return title.say(language) if title else name


def band_words(level: Level, levels: Levels, labels: Labels, language: str) -> str:
    """Return the points of a level: 75分及以上、不满90分."""
    least, end = points_text(level.at_least), _end_of(level, levels)
    if levels.stars and level.of == "total":
        last = pick(language, f"、不足{end}颗", f", fewer than {end}") if end else ""
        return pick(language, f"获得{least}颗星及以上{last}", f"{least} stars won or more{last}")
    of = "" if level.of == "total" else labels.of(level.of, language)
    last = pick(language, f"、不满{end}分", f" and below {end}") if end else ""
    return pick(language, f"{of}{least}分及以上{last}", f"{of} {least} and above{last}".strip())


def _end_of(level: Level, levels: Levels) -> str:
    """Return where the band of a level ends: as given, or where the next one begins."""
    if level.below is not None:
        return points_text(level.below)
    same = [each for each in levels.from_low_to_high if each.of == level.of]
    following = same[same.index(level) + 1 :]
    return points_text(following[0].at_least) if following else ""


def explained(because: Words | None, formula: Formula, labels: Labels, language: str) -> str:
    """Return a reason with the exact condition in brackets, unless it is a plain yes or no."""
    exact = say_formula(formula, labels, language)
    if because is None:
        return exact
    said, plain = because.say(language), is_plain_truth(formula)
    return (
        said
        if plain or said == exact
        else pick(language, f"{said}（{exact}）", f"{said} ({exact})")
    )


def gate_words(gate: Gate, labels: Labels, language: str) -> str:
    """Return a gate in words, the exact condition in brackets where it has words of its own."""
    if gate.require:
        return explained(gate.because, gate.require, labels, language)
    return gate.because.say(language) if gate.because else _condition(gate, labels, language)


def _condition(gate: Gate, labels: Labels, language: str) -> str:
    if gate.held:
        title, years = level_title(gate.held.level, labels, language), gate.held.years
        return pick(
            language,
            f"已保持{title}及以上满{years}年",
            f"held {title} or higher for {years} year(s)",
        )
    assert gate.every_dimension is not None  # noqa: S101 - the schema asks for one way
    share = say_share(gate.every_dimension, labels, language)
    return pick(
        language, f"每个维度的得分率不低于{share}", f"every dimension reaches {share} of its points"
    )


def level_lines(level: Level, levels: Levels, labels: Labels, language: str) -> list[str]:
    """Return all that a level takes, and how long it is held."""
    lines = [band_words(level, levels, labels, language)]
    gates = [gate_words(gate, labels, language) for gate in level.gates]
    if gates:
        both = pick(language, "；", "; ").join(gates)
        lines.append(pick(language, f"同时须满足：{both}", f"and also: {both}"))
    for award in level.direct:
        said, exact = award.because.say(language), say_formula(award.when, labels, language)
        lines.append(
            pick(language, f"可直接评定：{said}（{exact}）", f"direct award: {said} ({exact})")
        )
    if level.decided_by:
        who = level.decided_by.say(language)
        lines.append(pick(language, f"由{who}审定", f"decided by {who}"))
    if level.validity:
        years, audit = level.validity.years, pick(language, *_RE_AUDIT[level.validity.re_audit])
        lines.append(pick(language, f"有效期{years}年{audit}", f"held for {years} years{audit}"))
    if level.laurel:
        lines.append(pick(language, "证书带桂冠", "its certificate bears the laurel"))
    if not level.certificate:
        lines.append(pick(language, "不发证书", "no certificate is printed"))
    return lines


def levels_lines(levels: Levels, labels: Labels, language: str) -> list[str]:
    """Return what holds for all levels: rounding, stars, steps, caps."""
    places = levels.measured_on.rounded
    lines = [
        pick(language, "按未取整的总分对照分数段", "bands look at the total as it is, unrounded")
        if places is None
        else pick(
            language,
            f"总分四舍五入保留{places}位小数后对照分数段",
            f"bands look at the total rounded half up to {places} decimal place(s)",
        )
    ]
    if levels.stars:
        share = say_share(levels.stars.won_at, labels, language)
        lines.append(
            pick(
                language,
                f"每个维度得分率达到{share}即获得一颗星，按星数定级",
                f"a dimension wins its star at {share} of its points; levels count stars",
            )
        )
    lines.append(_promotion(levels, labels, language))
    return lines + [cap_words(each, labels, language) for each in levels.caps]


def _promotion(levels: Levels, labels: Labels, language: str) -> str:
    if levels.promotion == "any":
        return pick(language, "可以越级评定", "levels may be skipped on the way up")
    skip = say_formula(levels.skip_when, labels, language) if levels.skip_when else ""
    return pick(
        language,
        f"逐级晋升，每次最多提高一级{f'；{skip}的，可以越级' if skip else ''}",
        f"one step up at a time{f'; levels may be skipped where {skip}' if skip else ''}",
    )


def cap_words(cap: LevelCap, labels: Labels, language: str) -> str:
    """Return what keeps the level down."""
    said = explained(cap.because, cap.when, labels, language)
    title = level_title(cap.at_most, labels, language)
    return pick(language, f"{said}的，最高评为{title}", f"{said}: at most {title}")


def effect_words(effect: Effect, labels: Labels, language: str) -> str:
    """Return what a veto does."""
    if effect.kind == "at_most":
        title = level_title(effect.level, labels, language)
        return pick(language, f"最高评为{title}", f"at most {title}")
    if effect.kind == "down":
        return pick(language, f"降{effect.steps}级", f"{effect.steps} level(s) down")
    return pick(language, *_EFFECTS[effect.kind])


def found_words(veto: Veto, step_titles: dict[str, str], language: str) -> str:
    """Return at which steps a veto may be found."""
    if not veto.found_at:
        return pick(language, "任何环节发现均适用", "at any moment")
    steps = listing((step_titles.get(each, each) for each in veto.found_at), language)
    return pick(language, f"限于{steps}环节发现", f"found at: {steps}")


def eligibility_words(entry: Eligibility, labels: Labels, language: str) -> str:
    """Return a condition for being rated, and what happens without it."""
    required, because = say_formula(entry.require, labels, language), entry.because.say(language)
    if entry.otherwise == "not_rated":
        return pick(
            language,
            f"须满足：{required}；否则（{because}）不参加评定",
            f"required: {required}; otherwise ({because}) not rated",
        )
    return pick(
        language,
        f"须满足：{required}；否则（{because}）只计分、不定级",
        f"required: {required}; otherwise ({because}) scored without a level",
    )
