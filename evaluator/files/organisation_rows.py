"""Rows of a table to organisations with their facts; every flaw is noted in the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from evaluator.files.columns import all_columns
from evaluator.files.exact_cells import is_shortened
from evaluator.files.plans import NO_LEVEL, Plan, check_keys, chosen_words, plan_of
from evaluator.files.submissions import Submission
from evaluator.files.tables import Cell, Row, Table
from evaluator.files.values import Read
from evaluator.scoring.inputs import Organisation
from evaluator.scoring.reading import Unreadable
from rules.problems import listed, nearest
from rules.syntax import RuleSet


class OrganisationRows:
    """Reads one table of organisations."""

    def __init__(self, table: Table, rule_sets: Mapping[str, RuleSet], seen: dict[str, str]):
        self.table = table
        self.rule_sets = rule_sets
        self.seen = seen
        """Where each organisation stands, over all tables of the file."""
        self.plans: dict[str, Plan] = {}
        self.known = {column.key for column in all_columns(rule_sets)}
        self.unnamed: set[int] = set()

    def __iter__(self) -> Iterator[Submission]:
        if not check_keys(self.table, self.rule_sets):
            return
        for number, row in self.table.rows:
            if any(cell is not None for cell in row):
                submission = self._submission(number, row)
                if submission is not None:
                    yield submission

    def _submission(self, number: int, row: Row) -> Submission | None:
        self._unnamed_cells(number, row)
        row = (*row, *[None] * (len(self.table.keys) - len(row)))
        category = self._category(number, row)
        if category is None:
            self._id(number, self.table.keys.index("id"), row[self.table.keys.index("id")])
            return None
        if category not in self.plans:
            self.plans[category] = plan_of(self.table.keys, self.rule_sets[category])
        plan = self.plans[category]
        organisation = self._organisation(number, row, plan, category)
        facts = {
            name: value
            for index, name, read in plan.values
            if (value := self._value(number, index, row[index], read)) is not None
        }
        self._reasons(number, row, plan, facts)
        self._foreign(number, row, plan, category)
        return Submission(organisation, facts, self.table.place(number))

    def _unnamed_cells(self, number: int, row: Row) -> None:
        """Note each column that has cells but no key, once."""
        for index, cell in enumerate(row):
            keyed = index < len(self.table.keys) and self.table.keys[index]
            if cell is not None and not keyed and index not in self.unnamed:
                self.unnamed.add(index)
                self.table.problem(
                    number,
                    index,
                    f"填有“{cell}”，但该列没有列名；请清空或补上列名",
                    f'found "{cell}" in a column without a key; clear it, or name '
                    "the column as in the template",
                )

    def _category(self, number: int, row: Row) -> str | None:
        if "category" not in self.table.keys:
            return self.table.category
        index = self.table.keys.index("category")
        category = str(row[index] or self.table.category)
        if category in self.rule_sets:
            return category
        if not category:
            self._missing(number, index)
            return None
        self.table.problem(
            number,
            index,
            f"填写的是“{category}”，只能是：{chosen_words(self.rule_sets)}",
            f'found "{category}"; allowed are {listed(self.rule_sets)}.'
            f"{nearest(category, self.rule_sets)}",
        )
        return None

    def _organisation(self, number: int, row: Row, plan: Plan, category: str) -> Organisation:
        given = {key: row[index] for key, index in plan.identity.items()}
        for key in ("id", "name", "committee"):
            if given[key] is None:
                self._missing(number, plan.identity[key])
        standing = {
            key: self._value(number, plan.identity[key], given[key], read)
            for key, read in plan.standing.items()
            if key in given
        }
        level = str(standing.get("previous_level") or NO_LEVEL)
        attributes = {
            name: value
            for index, name, read in plan.attributes
            if (value := self._value(number, index, row[index], read)) is not None
        }
        organisation = Organisation(
            id=self._id(number, plan.identity["id"], given["id"]),
            name=str(given["name"] or ""),
            category=category,
            committee=str(given["committee"] or ""),
            previous_level="" if level == NO_LEVEL else level,
            years_at_level=int(str(standing.get("years_at_level") or 0)),
            applied=standing.get("applied") is not False,
            attributes=attributes,
        )
        attributes.update(_known(organisation, plan))
        return organisation

    def _id(self, number: int, index: int, cell: Cell) -> str:
        name = "" if cell is None else str(cell)
        if is_shortened(name):
            self.table.problem(
                number,
                index,
                "编号超过15位，末尾数字已丢失；请把该列设为文本格式后重填",
                "has more than 15 digits, of which the spreadsheet lost the last; "
                "format the column as text and type it again",
            )
        elif name in self.seen:
            self.table.problem(
                number,
                index,
                f"编号“{name}”与{self.seen[name]}重复；每个党组织只能有一行",
                f'"{name}" stands already in {self.seen[name]}; an organisation '
                "has one row: remove one or mend its number",
            )
        elif name:
            self.seen[name] = self.table.place(number)
        return name

    def _value(self, number: int, index: int, cell: Cell, read: Read) -> Cell:
        if cell is None:
            return None
        try:
            return read(cell)
        except Unreadable as error:
            self.table.problem(number, index, error.zh, error.en)
            return None

    def _reasons(self, number: int, row: Row, plan: Plan, facts: dict[str, Cell]) -> None:
        """Join judged values with their reasons; one does not stand without the other."""
        places = {name: index for index, name, _ in plan.values}
        for name, index in plan.reasons.items():
            reason = row[index]
            if name in facts and reason is None:
                self.table.problem(
                    number,
                    index,
                    "打分须写明理由；请填写",
                    "is empty; a judged value needs a reason: write why",
                )
            elif name in facts:
                facts[name] = {"value": facts[name], "reason": str(reason)}
            elif reason is not None and (name not in places or row[places[name]] is None):
                self.table.problem(
                    number,
                    index,
                    "有理由而无打分；请补上打分或删去理由",
                    "gives a reason without a value; add the value or clear it",
                )

    def _foreign(self, number: int, row: Row, plan: Plan, category: str) -> None:
        for index in plan.foreign:
            key = self.table.keys[index]
            if row[index] is not None and key in self.known:
                self.table.problem(
                    number,
                    index,
                    f"“{category}”类没有“{key}”；请清空此格",
                    f'the category "{category}" has no "{key}"; clear the cell',
                )

    def _missing(self, number: int, index: int) -> None:
        self.table.problem(number, index, "不能为空；请填写", "is empty; give it a value")


def _known(organisation: Organisation, plan: Plan) -> dict[str, Cell]:
    """Return the attributes that facts read and that the row says anyway."""
    known: dict[str, Cell] = {}
    for name, fact in plan.known.items():
        value: Cell = getattr(organisation, name)
        if name == "previous_level" and not value and NO_LEVEL in fact.options:
            value = NO_LEVEL
        if value != "":
            known[name] = value
    return known
