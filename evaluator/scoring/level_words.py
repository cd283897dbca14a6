"""Every step of a decision in words: what moved an organisation to another level."""

from __future__ import annotations

from rules.syntax import DirectAward, Level, LevelCap, Quota, Veto, Words

FOUNDED_WITHIN = Words(
    "评定周期内新成立，本轮不参加评定", "founded within the period: not rated this time"
)
UNRATED = Words("不评星级", "no level")


def awarded(award: DirectAward, level: Level) -> Words:
    """Return why a level was awarded directly."""
    return Words(
        f"{award.because.zh}，直接评定为{level.title.zh}",
        f"{award.because.say('en')}: awarded {level.title.say('en')} directly",
    )


def capped(cap: LevelCap, title: Words) -> Words:
    """Return what a cap leaves."""
    return Words(
        f"{cap.because.zh}，最高评定为{title.zh}",
        f"{cap.because.say('en')}: at most {title.say('en')}",
    )


def one_step(before: Words, title: Words, by_award: bool) -> Words:
    """Return how far one may rise from the level held before, by a step or by direct award."""
    zh = f"直接评定为{title.zh}，不再越级" if by_award else f"本次最高评定为{title.zh}"
    en = f"{title.say('en')} by direct award" if by_award else f"{title.say('en')}"
    return Words(
        f"逐级晋升：原为{before.zh}，{zh}",
        f"one step at a time: from {before.say('en')} to at most {en}",
    )


def vetoed(veto: Veto, title: Words) -> Words:
    """Return what a veto leaves."""
    return Words(
        f"一票否决“{veto.title.zh}”：{title.zh}",
        f'veto "{veto.title.say("en")}": {title.say("en")}',
    )


def beyond_quota(quota: Quota, held: Words, title: Words) -> Words:
    """Return what is left to whoever an upper quota has no place for."""
    amount = quota.share or str(quota.number)
    return Words(
        f"名额限制：{held.zh}不超过{amount}{'' if quota.share else '个'}，"
        f"按总分择优，未进入名额，评定为{title.zh}",
        f"quota: at most {amount} of {held.say('en')}; beyond the cut, {title.say('en')}",
    )


def lower_quota(quota: Quota, title: Words) -> Words:
    """Return why a lower quota moves an organisation down."""
    return Words(
        f"末位比例：{title.zh}不少于{quota.share or quota.number}",
        f"lower quota: at least {quota.share or quota.number} of {title.say('en')}",
    )
