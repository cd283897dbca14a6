"""The first sheet of the template: how to fill it in, what the colours mean, Chinese first."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from evaluator.files.columns import GROUPS
from evaluator.files.safe_cells import safe_cell
from evaluator.files.sheet_names import event_sheets, sheet_titles
from evaluator.files.styles import Styles
from rules.syntax import RuleSet, Words

_STEPS = (
    Words(
        "每个类别一张工作表，每个党组织一行，从第4行开始填写；编号在整个文件中不得重复。",
        "Each category has a sheet and each organisation a row, from row 4 on; a number stands "
        "once in the whole file.",
    ),
    Words(
        "第3行的灰色标识供系统读取，请勿修改或删除；列的先后可以调整，用不到的列可以删除。",
        "The grey keys in row 3 are what the platform reads: leave them; columns may be moved, "
        "and those not needed deleted.",
    ),
    Words(
        "选中单元格可看到填写要求，把指针移到列标题上可看到类型、范围、来源和空着的含义。",
        "Choose a cell to see what it asks for; point at a column title for its type, bounds, "
        "source and what an empty cell means.",
    ),
    Words(
        "一年多次的事项（会议、荣誉、走访等）在各自的工作表中逐条填写：党组织编号、日期及各栏；"
        "没有记录的党组织视为没有发生。删除整张工作表则视为缺数据。",
        "What happens several times a year (meetings, honours, visits) has sheets of its own, "
        "a row for each: number of the organisation, date and columns. No row means that it did "
        "not happen; a sheet that is deleted means that the data is missing.",
    ),
    Words(
        "空单元格表示缺数据，不等于0，也不等于“否”：是计0分、计满分、免计、取同类平均分还是必须补填，"
        "由规则集逐项规定，列标题的批注里写明。",
        "An empty cell means missing data, neither 0 nor no: whether it counts nothing, "
        "everything, is exempt, takes the mean of the others or must be given is laid down by "
        "the rule set, and told in the comment of the column title.",
    ),
    Words(
        "评分须写明理由（“理由”列）；多位评委的分数写在一格，用分号隔开，如 90; 88; 95。",
        "A judged value needs its reason in the column beside it; ratings of several people "
        "stand in one cell, such as 90; 88; 95.",
    ),
    Words(
        "百分比直接填95.5%；日期填2026-01-31；小数最多保留所要求的位数，计算得到的数请用ROUND取整。",
        "Write percentages as 95.5% and dates as 2026-01-31; keep no more decimal places than "
        "asked for: round results of formulas with ROUND.",
    ),
    Words(
        "以 = + - @ 开头的文字前会加一个单引号，防止被当作公式运行；读取时自动去掉。",
        "A text that begins with = + - @ gets a quote in front, so that no spreadsheet runs it "
        "as a formula; it is taken off when the file is read.",
    ),
)
_WIDTH = 100
_SOURCES = {
    "identity": Words("编号、名称、所属党（工）委必填。", "Number, name and committee are needed."),
    "organisation": Words(
        "取自组织基本信息库，平台自动带出。",
        "From the register of organisations; the platform fills it in.",
    ),
    "asked": Words(
        "由申报党组织填写，只有这些需要动手。",
        "Asked of the organisation: the only columns to be filled in by hand.",
    ),
    "record": Words(
        "取自平台日常台账，平台自动带出，不重复填报。",
        "From the records of the platform, which fills it in; never asked again.",
    ),
    "appraisal": Words(
        "民主测评统计结果，平台自动带出。", "Result of the appraisal; the platform fills it in."
    ),
    "review": Words("由初审、核查人员打分并写明理由。", "Set by reviewers, with a reason."),
    "office": Words("由相关部门提供。", "Given by the office that is named."),
    "panel": Words(
        "评审组答辩评分，平台自动带出。", "Ratings of the panel; the platform fills them in."
    ),
    "mutual": Words("各党组织互评分。", "Ratings by other organisations."),
    "sample": Words("抽查下属单位得到的数据。", "Found on a drawn sample of subordinate units."),
    "imported": Words("从其他考核系统导入。", "Imported from another assessment."),
}


def write_notes(sheet: Worksheet, rule_sets: Mapping[str, RuleSet], styles: Styles) -> None:
    """Write the sheet of explanations."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDTH)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    row = 0
    for language in ("zh", "en"):
        row = _part(sheet, row, rule_sets, styles, language)


def _part(
    sheet: Worksheet, row: int, rule_sets: Mapping[str, RuleSet], styles: Styles, language: str
) -> int:
    """Write everything in one language, and return the row after it."""
    sheet.set_row(row, 28)
    sheet.write_string(row, 0, _TITLE.say(language), styles.heading())
    row += 2
    for number, step in enumerate(_STEPS, 1):
        sheet.write_string(row, 0, f"{number}.", styles.text())
        sheet.write_string(row, 1, step.say(language), styles.text())
        sheet.set_row(row, _height(step.say(language), language))
        row += 1
    row = _colours(sheet, row + 1, rule_sets, styles, language)
    return _sheets(sheet, row + 1, rule_sets, styles, language) + 1


def _height(text: str, language: str) -> int:
    """Return the height of a paragraph; a Chinese character is twice as wide."""
    width = len(text) * (2 if language == "zh" else 1)
    return 17 * (1 + width // (_WIDTH - 4))


_TITLE = Words("填写说明", "How to fill this in")


def _colours(
    sheet: Worksheet, row: int, rule_sets: Mapping[str, RuleSet], styles: Styles, language: str
) -> int:
    used = {fact.source.kind for each in rule_sets.values() for fact in each.facts.values()}
    for group, words in GROUPS.items():
        if group == "identity" or group in used:
            sheet.write_string(row, 0, words.say(language), styles.group(group))
            sheet.write_string(row, 1, _SOURCES[group].say(language), styles.text())
            row += 1
    return row


def _sheets(
    sheet: Worksheet, row: int, rule_sets: Mapping[str, RuleSet], styles: Styles, language: str
) -> int:
    titles = sheet_titles(rule_sets)
    for category, rule_set in rule_sets.items():
        sheet.write_string(row, 0, titles[category], styles.label("identity"))
        text = f"{rule_set.title.say(language)}  {rule_set.version}"
        sheet.write_string(row, 1, safe_cell(text), styles.text())
        row += 1
    for each in event_sheets(rule_sets):
        sheet.write_string(row, 0, each.title, styles.label(each.fact.source.kind))
        used_by = "、".join(titles[category] for category in each.categories)
        text = f"{each.fact.label.say(language)}（{used_by}）"
        sheet.write_string(row, 1, safe_cell(text), styles.text())
        row += 1
    return row
