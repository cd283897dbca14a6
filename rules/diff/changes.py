"""One change of meaning between two rule sets, and how it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.describe.labels import quoted
from rules.describe.language import pick
from rules.syntax import Words

Kind = Literal["added", "removed", "changed"]


NO_WORDS = Words("")


@dataclass(frozen=True)
class Change:
    """What changed: of which part, in which respect, from what to what."""

    kind: Kind
    part: str
    id: str
    title: Words
    aspect: str = ""
    aspect_title: Words = NO_WORDS
    old: Words = NO_WORDS
    new: Words = NO_WORDS

    def as_json(self, language: str) -> dict[str, str]:
        """Return the change as `rules diff --format json` prints it; empty texts are left out."""
        found = {
            "kind": self.kind,
            "part": self.part,
            "id": self.id,
            "title": self.title.say(language),
            "aspect": self.aspect,
            "old": self.old.say(language),
            "new": self.new.say(language),
        }
        return {key: text for key, text in found.items() if text}

    def lines(self, language: str) -> list[str]:
        """Return the change as lines of text."""
        part = PARTS[self.part].say(language)
        title = self.title.say(language)
        name = pick(language, part, f"{part} ") + quoted(title, language) if title else part
        if self.id:
            name += pick(language, f"（{self.id}）", f" ({self.id})")
        if self.kind != "changed":
            sign = {"added": "+", "removed": "-"}[self.kind]
            said = (self.new if self.kind == "added" else self.old).say(language)
            colon = pick(language, "：", ": ")
            return [f"{sign} {name}{colon + said if said else ''}"]
        return [f"~ {name} {self.aspect_title.say(language)}", *self._from_to(language)]

    def _from_to(self, language: str) -> list[str]:
        """Return the old and the new text; of texts of several lines those that differ."""
        nothing = pick(language, "（无）", "(none)")
        old, new = self.old.say(language) or nothing, self.new.say(language) or nothing
        if len(old) + len(new) <= _SHORT:
            return [f"    {old} → {new}"]
        before, after = old.splitlines(), new.splitlines()
        gone, come = pick(language, "原", "old"), pick(language, "新", "new")
        return [
            *(f"    {gone}: {line}" for line in before if line not in after),
            *(f"    {come}: {line}" for line in after if line not in before),
        ]


_SHORT = 60
PARTS = {
    "rule_set": Words("规则集", "rule set"),
    "fact": Words("数据", "fact"),
    "measure": Words("口径", "measure"),
    "dimension": Words("维度", "dimension"),
    "indicator": Words("指标", "indicator"),
    "block": Words("加减分项目组", "block"),
    "count_once": Words("只计一次", "count once"),
    "eligibility": Words("参评条件", "eligibility"),
    "veto": Words("一票否决", "veto"),
    "level": Words("等级", "level"),
    "level_cap": Words("等级上限", "level cap"),
    "gate": Words("等级门槛", "gate"),
    "direct": Words("直接评定", "direct award"),
    "quota": Words("名额", "quota"),
    "target": Words("目标", "target"),
    "step": Words("程序", "step"),
    "follow_up": Words("结果运用", "follow-up"),
}
