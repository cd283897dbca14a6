"""Where facts come from, in words."""

from __future__ import annotations

from rules.describe.language import pick
from rules.syntax import Source, Words

_KINDS = {
    "asked": Words("支部填报", "typed by the branch"),
    "record": Words("平台台账自动取数", "read from the records on the platform"),
    "appraisal": Words("民主测评结果", "result of the appraisal"),
    "review": Words("直属党（工）委初审认定", "set in the committee review"),
    "office": Words("职能部门提供", "given by an office"),
    "panel": Words("答辩评委评分", "rated by the panel"),
    "mutual": Words("组织之间互评", "mutual rating of organisations"),
    "sample": Words("抽查结果", "result of a drawn sample"),
    "imported": Words("其他考核结果导入", "imported from another assessment"),
    "organisation": Words("组织基本信息自动取数", "kept in the register of organisations"),
}
_NOT_THERE = {
    "asked": Words("未填报", "not given"),
    "record": Words("台账暂无记录", "no record yet"),
    "organisation": Words("组织基本信息暂缺", "not in the register of organisations yet"),
}
"""What is said of a fact without a value that the branch, or the platform, would have."""
_JUDGES = {
    "review": Words("直属党（工）委审核员", "the committee reviewer"),
    "panel": Words("答辩评委", "the panel"),
    "office": Words("职能部门", "the office"),
    "mutual": Words("互评组织", "the rating organisations"),
    "appraisal": Words("参评群众", "those who appraise"),
}
_BY_WHOM = {
    "branch": Words("支部需要填报", "The branch types"),
    "people": Words("由审核、测评、部门等提供", "Others give"),
    "platform": Words("平台已掌握，无需填报", "The platform knows already"),
}
_GROUPS = {"asked": "branch", "record": "platform", "organisation": "platform"}


def source_words(source: Source, language: str) -> str:
    """Return where a fact comes from, with its detail where that is a word and no short name."""
    said, detail = _KINDS[source.kind].say(language), source.detail
    if source.kind == "office" and _is_word(detail, language):
        return pick(language, f"{detail}提供", f"given by {detail}")
    if source.kind == "sample" and detail.isdigit():
        return pick(language, f"抽查{detail}个下属单位的结果", f"from {detail} drawn units")
    if _is_word(detail, language):
        return pick(language, f"{said}：{detail}", f"{said}: {detail}")
    return said


def awaited_words(source: Source, language: str) -> str:
    """Return what stands for a value that is not there: not given, or whose word is awaited.

    Only what is asked of the branch is not given by it; nobody shall read another's silence as its
    omission.
    """
    if source.kind in _NOT_THERE:
        return _NOT_THERE[source.kind].say(language)
    said = source_words(source, language)
    return pick(language, f"待{said}", f"to come: {said}")


def _is_word(detail: str, language: str) -> bool:
    """Return whether a detail can be read: short names are for the platform, not for people."""
    return bool(detail) and (language == "zh") != detail.isascii() and not detail.isdigit()


def judge_words(source: Source, language: str) -> str:
    """Return who sets a judged fact."""
    found = _JUDGES.get(source.kind, Words("评定人", "whoever reviews it")).say(language)
    if not source.detail or source.detail.isascii():
        return found
    return source.detail if source.kind == "office" else found


def group_of(source: Source) -> str:
    """Return `branch`, `people` or `platform`: who has to give the fact."""
    return _GROUPS.get(source.kind, "people")


def group_title(group: str, language: str) -> str:
    """Return the title of a group of facts."""
    return _BY_WHOM[group].say(language)


GROUPS = tuple(_BY_WHOM)
