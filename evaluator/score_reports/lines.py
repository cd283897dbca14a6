"""Dimensions, blocks and indicators of a report, with points, rules, reasons and facts."""

from __future__ import annotations

from functools import cached_property

from evaluator.score_reports.content import Condition, GroupRow, IndicatorRow
from evaluator.score_reports.medians import Medians
from evaluator.score_reports.setters import FactRows, Origins
from evaluator.score_reports.standing import Standing
from evaluator.scoring.reasons import Reasons
from evaluator.web.wording import gettext
from rules.describe.rule_lines import rule_lines
from rules.numbers import decimal_text, points_text
from rules.syntax import Block, Dimension, Indicator


class GroupRows:
    """Makes the rows of one standing."""

    def __init__(self, standing: Standing, origins: Origins, medians: Medians, language: str):
        self.standing = standing
        self.assessment = standing.so_far.assessment
        self.labels = standing.ready.labels
        self.medians = medians
        self.language = language
        self.reasons = Reasons(self.assessment, self.labels)
        self.facts = FactRows(self.reasons, origins, language)

    @cached_property
    def groups(self) -> list[GroupRow]:
        """Return all dimensions and blocks in the order of the rule set."""
        rule_set = self.standing.ready.rule_set
        return [
            *(self._dimension(each) for each in rule_set.dimensions),
            *(self._block(each) for each in rule_set.blocks),
        ]

    @property
    def gates(self) -> list[Condition]:
        """Return the conditions of levels besides points; none where nothing was scored."""
        levels = self.standing.ready.levels
        return [
            Condition(
                levels.title(levels.index[each.level]).say(self.language),
                each.words.say(self.language),
                each.holds,
            )
            for each in levels.gates(self.assessment)
        ]

    @property
    def vetoes(self) -> list[str]:
        """Return the vetoes that fall on the organisation."""
        return [each.title.say(self.language) for each in self.assessment.fallen_vetoes]

    def _dimension(self, group: Dimension) -> GroupRow:
        present = bool(self.assessment.value("present", group.id))
        middle = self.medians.get(group.id)
        return GroupRow(
            group.id,
            group.title.say(self.language),
            decimal_text(self.assessment.value("dimension", group.id)),
            points_text(group.points),
            decimal_text(middle) if middle is not None else "",
            [self._indicator(each) for each in group.indicators] if present else [],
            "" if present else gettext("Does not apply to this organisation."),
        )

    def _block(self, group: Block) -> GroupRow:
        deducts = group.kind == "deduction"
        points = self.assessment.value("block", group.id)
        sign = "−" if deducts and points else "+" if points else ""
        words = gettext("taken off the total") if deducts else gettext("added to the total")
        return GroupRow(
            group.id,
            group.title.say(self.language),
            f"{sign}{decimal_text(points)}",
            f"{'−' if deducts else ''}{points_text(group.cap)}",
            "",
            [self._indicator(each, deducts=deducts) for each in group.indicators],
            words,
        )

    def _indicator(self, indicator: Indicator, *, deducts: bool = False) -> IndicatorRow:
        waits = self.standing.so_far.waiting.get(indicator.id)
        counts = self.assessment.counts(indicator)
        points = self.assessment.points(indicator)
        lost = points if deducts else indicator.points - points
        known = counts and waits is None
        labels = self.labels.in_deductions() if deducts else self.labels
        return IndicatorRow(
            indicator.id,
            indicator.title.say(self.language),
            points_text(points) if known else "—",
            points_text(indicator.points),
            f"−{points_text(lost)}" if known and lost > 0 else "",
            rule_lines(indicator, labels, self.language),
            self._reason(indicator),
            [self.facts.row(name) for name in self._names(indicator)],
            waits is not None or (counts and lost > 0),
        )

    def _names(self, indicator: Indicator) -> list[str]:
        """Return the facts that an indicator reads, in the order of the rule set."""
        read = self.assessment.program.facts_of[indicator.id]
        return [name for name in self.labels.rule_set.facts if name in read]

    def _reason(self, indicator: Indicator) -> str:
        waits = self.standing.so_far.waiting.get(indicator.id)
        if waits is None:
            return self.reasons.say(indicator, self.language)
        if not waits.facts:
            return gettext("Known once all organisations are compared.")
        facts = self.labels.rule_set.facts
        names = [
            each.label.say(self.language) for name, each in facts.items() if name in waits.facts
        ]
        joined = ("、" if self.language == "zh" else ", ").join(names)
        return gettext("No data yet: %(facts)s.", facts=joined)
