"""Quotas, targets, follow-up and the procedure, in words."""

from __future__ import annotations

from rules.describe.labels import Labels
from rules.describe.language import day_words, listing, pick
from rules.describe.level_lines import level_title
from rules.describe.measures import among_words
from rules.describe.words import say
from rules.formula import parse
from rules.numbers import read_number
from rules.syntax import FollowUp, Formula, PopulationTarget, Quota, Step

_OF = {
    "rated": ("参加评定组织", "the rated organisations"),
    "applied": ("申报组织", "the applicants"),
    "all": ("全部组织", "all organisations"),
    None: ("参加评定组织", "the rated organisations"),
}
_ROUNDING = {
    "down": ("有小数的舍去", "rounded down"),
    "up": ("有小数的进一", "rounded up"),
    "half_up": ("四舍五入取整", "rounded half up"),
}
_TIES = {
    "exclude": ("仍并列的都不占名额", "those who still tie at the cut are all left out"),
    "include": ("仍并列的都算入", "those who still tie at the cut are all let in"),
}
_DIRECT = {
    "counted": ("直接评定的占用名额", "direct awards take places"),
    "beside": ("直接评定的不占名额", "direct awards come beside it"),
}
_KINDS = {
    "at_most": ("不超过", "at most"),
    "at_least": ("不少于", "at least"),
    "target": ("约为", "about"),
}
STEPS = {
    "self_assessment": ("支部自评", "self-assessment"),
    "appraisal": ("民主测评", "mass appraisal"),
    "committee_review": ("直属党（工）委初审", "committee review"),
    "site_check": ("现场核查", "site check"),
    "mutual_rating": ("组织互评", "mutual rating"),
    "defence": ("集中答辩", "panel defence"),
    "secretary_report": ("书记述职", "secretaries' report"),
    "joint_check": ("部门联审", "joint check by other departments"),
    "decision": ("集体研究决定", "collective decision"),
    "higher_check": ("上级复核", "re-check by the higher level"),
    "public_notice": ("公示", "public notice"),
    "award": ("命名", "award"),
    "filing": ("备案", "filing"),
    "follow_up": ("结果运用", "follow-up"),
}


def quota_words(quota: Quota, labels: Labels, language: str) -> str:
    """Return a quota as one sentence."""
    title = level_title(quota.level, labels, language)
    kind, group = pick(language, *_KINDS[quota.kind]), among_words(quota.among, labels, language)
    amount = _amount(quota, language)
    clauses = [pick(language, f"{group}中，{_who(quota, title, 'zh')}{kind}{amount}",
                    f"{_who(quota, title, 'en')}: {kind} {amount}, among {group}")]  # fmt: skip
    if quota.kind == "target":
        clauses.append(pick(language, "只供掌握，不因此调整等级", "watched only, nobody is moved"))
        return pick(language, "；", "; ").join(clauses)
    if quota.rounding and quota.share:
        clauses.append(pick(language, *_ROUNDING[quota.rounding]))
    clauses.append(_cut(quota, labels, language))
    if quota.direct_awards:
        clauses.append(pick(language, *_DIRECT[quota.direct_awards]))
    return pick(language, "；", "; ").join(clauses)


def _who(quota: Quota, title: str, language: str) -> str:
    # A minimum share of the weakest counts everything below its level, too.
    if quota.counts == "and_below" or quota.kind == "at_least":
        return pick(language, f"{title}及以下（含未评定）", f"{title} and below, or no level")
    if quota.counts == "and_above":
        return pick(language, f"{title}及以上", f"{title} and above")
    return title


def _amount(quota: Quota, language: str) -> str:
    if quota.number is not None:
        return pick(language, f"{quota.number}个", str(quota.number))
    return pick(
        language, f"{_OF[quota.of][0]}的{quota.share}", f"{quota.share} of {_OF[quota.of][1]}"
    )


def _cut(quota: Quota, labels: Labels, language: str) -> str:
    by = [_breaker(each, labels, language) for each in quota.tie_break]
    ties = pick(language, *_TIES[quota.ties]) if quota.ties else ""
    if language == "zh":
        first = "按总分从高到低取" if quota.kind == "at_most" else "不足的从总分低的起下调"
        tied = f"；总分相同的依次比较{listing(by, 'zh')}" if by else ""
        return f"{first}{tied}" + (f"，{ties}" if ties else "")
    first = "the highest totals first" if quota.kind == "at_most" else (
        "where they are too few, the lowest totals are moved down")  # fmt: skip
    tied = f"; equal totals are told apart by {listing(by, 'en')}" if by else ""
    return f"{first}{tied}" + (f"; {ties}" if ties else "")


def _breaker(formula: Formula, labels: Labels, language: str) -> str:
    """Return what is compared where totals are equal; `0 - x` prefers the lower x."""
    expression = parse(formula)
    turned = expression.kind == "negate" or (
        expression.kind == "-" and expression.args[0].kind == "number"
    )
    if turned:
        said = say(expression.args[-1], labels, language)
        return pick(language, f"{said}（低者优先）", f"{said} (lower first)")
    said = say(expression, labels, language)
    return pick(language, f"{said}（高者优先）", f"{said} (higher first)")


def target_words(target: PopulationTarget, labels: Labels, language: str) -> str:
    """Return an aim for the population."""
    title = level_title(target.level, labels, language)
    return pick(
        language,
        f"到{target.by}年，{title}及以上达到{target.share}（只供掌握）",
        f"{title} and above: {target.share} by {target.by} (watched only)",
    )


def follow_up_words(entry: FollowUp, labels: Labels, language: str) -> str:
    """Return what is done about organisations of some levels."""
    levels = listing((level_title(each, labels, language) for each in entry.levels), language)
    group = entry.group.say(language)
    actions = pick(language, "；", "; ").join(each.say(language) for each in entry.actions)
    said = pick(language, f"**{group}**（{levels}）", f"**{group}** ({levels})")
    return said + (pick(language, f"：{actions}", f": {actions}") if actions else "")


def step_title(step: Step, language: str) -> str:
    """Return the title of a step."""
    return step.title.say(language) if step.title else pick(language, *STEPS[step.step])


def step_words(step: Step, language: str) -> str:
    """Return what belongs to a step, without its title."""
    said = [_dates(step, language)]
    if step.working_days is not None:
        days = step.working_days
        said.append(pick(language, f"{days}个工作日", f"{days} working days"))
    if step.share and read_number(step.share) < 1:
        share = step.share
        said.append(pick(language, f"{share}的组织进入本环节", f"{share} of the organisations"))
    for holds, zh, en in (
        (step.self_claimed_level, "支部自报等级", "the organisation claims a level"),
        (step.signed_by_secretary, "书记签字", "signed by the secretary"),
        (step.real_name_objections, "异议须实名", "objections need a name"),
    ):
        said.append(pick(language, zh, en) if holds else "")
    said.append(step.note.say(language).rstrip("。.") if step.note else "")
    return pick(language, "；", "; ").join(each for each in said if each)


def _dates(step: Step, language: str) -> str:
    if step.from_ and step.from_ == step.to:
        return day_words(step.to, language)
    if step.from_ and step.to:
        first, last = day_words(step.from_, language), day_words(step.to, language)
        return pick(language, f"{first}至{last}", f"{first} to {last}")
    if step.from_:
        first = day_words(step.from_, language)
        return pick(language, f"{first}起", f"from {first}")
    last = day_words(step.to, language) if step.to else ""
    return pick(language, f"{last}前", f"until {last}") if last else ""
