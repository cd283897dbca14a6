"""Chinese of what formulas of a rule set may be refused for."""

from __future__ import annotations

from evaluator.rule_sets.sentences_of_files import Sentences

WRITING: Sentences = (
    ('found "="; comparison is written "==".', "出现“=”；比较应写作“==”。"),
    ('found "{sign}"; write a straight quote: " instead.', '出现“{sign}”，请改用直引号 "。'),
    (
        'found "{sign}"; write {meant} without a space.',
        "出现“{sign}”，请写作 {meant}，中间不留空格。",
    ),
    ('found "{sign}"; write {meant} instead.', "出现“{sign}”，请改写为{meant}。"),
    ('found "{value}"; write true or false.', "出现“{value}”，请写 true 或 false。"),
    (
        'found "{number}"; a number is written with at most 15 digits before and after the point.',
        "出现“{number}”；数字在小数点前后各不超过15位。",
    ),
    (
        'found "{number}"; a number has digits and a point only, or ends with %.',
        "出现“{number}”；数字只能由数字和小数点组成，或以 % 结尾。",
    ),
    (
        '"{text}" is not complete: a bracket or quote is not closed. Close it.',
        "“{text}”不完整：有括号或引号没有成对，请补全。",
    ),
    (
        '"{text}" cannot be read near "{near}"; allowed are numbers, 95%, names, + - * /, '
        "comparisons, and, or, not, in [..], x if y else z, and {functions}.",
        "“{text}”在“{near}”附近无法识别；可以使用数字、95%、名称、+ - * /、比较、and、or、not、"
        "`in [..]`、`x if y else z` 以及：{functions}。",
    ),
    (
        '"{found}" is not allowed in a formula; allowed are numbers, names, + - * /, comparisons, '
        "and, or, not, in, if … else, {functions}.",
        "公式中不能使用“{found}”；可以使用数字、名称、+ - * /、比较、and、or、not、in、`if … else` "
        "以及：{functions}。",
    ),
    (
        '"{found}" is no function; allowed are {functions}.',
        "没有“{found}”这一函数；可用的有：{functions}。",
    ),
    (
        "{function}() takes its values in order, without names.",
        "`{function}()` 的各个值按顺序填写，不写名称。",
    ),
    ("allowed before a value are - and not alone.", "值的前面只能用 - 或 not。"),
    (
        "allowed between numbers are + - * / alone; a percentage is written 95%.",
        "数字之间只能用 + - * /；百分比写作 95%。",
    ),
    (
        "allowed comparisons are == != < <= > >= in, not in.",
        "比较只能用 `==`、`!=`、`<`、`<=`、`>`、`>=`、`in`、`not in`。",
    ),
    (
        "the formula has {length} characters; at most {most} are "
        "allowed. Split it into named measures.",
        "公式有{length}个字符，最多{most}个。请拆分为若干计算量。",
    ),
    (
        "the formula is nested more than {depth} deep, or adds up so many terms. "
        "Split it into named measures.",
        "公式嵌套超过{depth}层，或相加的项数过多。请拆分为若干计算量。",
    ),
)
KINDS: Sentences = (
    ('the words of a choice stand in quotes: write "{word}".', '选项须加引号，请写作 "{word}"。'),
    (
        "found {number}%, but the value is a whole number from {low} to {high}. "
        "Write {same}, or make the fact a ratio.",
        "出现{number}%，但该值是{low}至{high}的整数。请写作{same}，或将该数据的类型改为 ratio。",
    ),
    (
        "this always holds: the value lies between {low} and {high}. "
        "Change what it is compared with, or the bounds of the fact.",
        "此条件总是成立：该值在{low}至{high}之间。请修改比较的数值，或数据的上下限。",
    ),
    (
        "this never holds: the value lies between {low} and {high}. "
        "Change what it is compared with, or the bounds of the fact.",
        "此条件永不成立：该值在{low}至{high}之间。请修改比较的数值，或数据的上下限。",
    ),
    (
        "a choice cannot be compared with {kind}; write one of its words in quotes: {words}.",
        "选项不能与{kind}比较；请写加引号的选项之一：{words}。",
    ),
    (
        "{one} cannot be compared with {other} by {symbol}.",
        "{one}与{other}不能用 `{symbol}` 比较。",
    ),
    ('found "{word}"; allowed are {options}.', "没有选项“{word}”；可用的有：{options}。"),
    (
        "found {kind}; a number is needed here. Count conditions by count_true(a, b, …), "
        "or write `1 if … else 0`.",
        "此处是{kind}，应为数字。请用 `count_true(a, b, …)` 计数，或写作 `1 if … else 0`。",
    ),
    ("found {kind}; a number is needed here.", "此处是{kind}，应为数字。"),
    (
        "found {kind}; a condition is needed here. Compare it, for example {such}.",
        '此处是{kind}，应为条件。请加以比较，如 `… >= 90%` 或 `… == "good"`。',
    ),
    ("found {kind}; a condition is needed here.", "此处是{kind}，应为条件。"),
    (
        'a list holds words in quotes, such as ["good", "poor"].',
        '列表中应为加引号的选项，如 ["good", "poor"]。',
    ),
    (
        "the two sides of if … else are {one} and {other}; both must "
        "be numbers, or both conditions.",
        "`if … else` 两边分别是{one}和{other}；应同为数字或同为条件。",
    ),
    (
        "`in` needs a choice on its left {rest}",
        '`in` 的左边应为选项，右边为选项列表，如 `kind in ["shop", "office"]`。',
    ),
    (
        "{function}() takes {count} values; found {found}.",
        "`{function}()` 需要{count}个值，实际有{found}个。",
    ),
    ("{function}() works on numbers; found {kind}.", "`{function}()` 只用于数字，此处是{kind}。"),
    (
        "round() needs its places as a number from 0 to {most}.",
        "`round()` 的小数位数应为0至{most}。",
    ),
    (
        "count_true() counts conditions; found {kind}.",
        "`count_true()` 只对条件计数，此处是{kind}。",
    ),
    ("given() takes the name of one fact.", "`given()` 中应填写一项数据的名称。"),
    (
        "given() cannot be asked of a column; every event has all of its columns.",
        "`given()` 不能用于列；每条记录都有全部列。",
    ),
    (
        'date() takes a date in quotes: date("2026-01-31").',
        '`date()` 中应为加引号的日期，如 `date("2026-01-31")`。',
    ),
    ("{function}() takes two dates.", "`{function}()` 需要两个日期。"),
    ("{function}() takes a date; found {kind}.", "`{function}()` 需要日期，此处是{kind}。"),
    (
        "this may be 0 or negative, and nothing can be divided by it; "
        "write ratio(a, b, otherwise), "
        "or give the fact a `min` above 0.",
        "除数可能为0或负数。请改用 `ratio(a, b, otherwise)`，或将数据的 `min` 设为大于0。",
    ),
    (
        "this may be negative, and nothing can be divided by it; give the fact a `min` of 0.",
        "除数可能为负数，请将数据的 `min` 设为0。",
    ),
    (
        "this may grow to {size}, beyond the 18 digits that are kept exact; "
        "lower the `max` of the facts it reads, or round() in between.",
        "计算结果可能达到{size}，超出可精确保存的18位。请调低所用数据的 "
        "`max`，或在中间用 `round()`。",
    ),
    (
        "its points may grow to {size}, beyond the 18 digits that are kept exact; "
        "lower the `max` of the facts it reads.",
        "得分可能达到{size}，超出可精确保存的18位。请调低所用数据的 `max`。",
    ),
    (
        "its formulas and measures are nested too deep; write some of them flatter.",
        "公式和计算量嵌套过深，请减少层次。",
    ),
)
NAMES: Sentences = (
    (
        '"{name}" is no fact or measure. Known are {known}; or declare it under `facts:` or '
        "`measures:`.",
        "没有名为“{name}”的数据或计算量；已有：{known}；或在 `facts:`、`measures:` 中声明。",
    ),
    (
        '"{name}" holds {type}; name a measure of it (measures: … {way}: …) and use that.',
        "“{name}”的类型为{type}；请先为它定义计算量（`measures:` 中的 {way}），再使用该计算量。",
    ),
    (
        "these measures need each other: {circle}. Break the circle.",
        "这些计算量互相引用：{circle}。请去掉其中一处。",
    ),
    (
        "these indicators stand in for each other: {circle}. Break the circle.",
        "这些指标互相替代：{circle}。请去掉其中一处。",
    ),
    (
        "more than {most} measures read one from another; write some of them out.",
        "计算量层层引用超过{most}个，请直接写出其中一些。",
    ),
    (
        '"{name}" is no fact; given() asks about facts alone.',
        "没有名为“{name}”的数据；`given()` 只能用于数据。",
    ),
    (
        '"{name}" is no fact; facts that hold {type} are {names}.',
        "没有名为“{name}”的数据；{type}类数据有：{names}。",
    ),
    (
        '"{name}" holds {type}; a fact of type {wanted} is needed here.',
        "“{name}”的类型为{type}；此处需要{wanted}类数据。",
    ),
    (
        '"{name}" is no column that can be compared here; allowed are {names}.',
        "此处没有可比较的列“{name}”；可用的有：{names}。",
    ),
    (
        '"{name}" is no numeric column of {events}; numeric are {names}.',
        "“{name}”不是“{events}”的数字列；数字列有：{names}。",
    ),
    (
        'the column "{name}" needs min and max to be compared.',
        "列“{name}”须有 `min` 和 `max` 才能比较。",
    ),
    (
        'the column "{name}" is added up and needs min and max.',
        "列“{name}”用于求和，须有 `min` 和 `max`。",
    ),
    (
        'once_per: "{name}" is no column; columns are {names}.',
        "`once_per:` 所写的“{name}”不是列；列有：{names}。",
    ),
    (
        'of: "{name}" is no total or dimension; allowed are {names}.',
        "`of:` 所写的“{name}”不是总分或维度；可用的有：{names}。",
    ),
    (
        'use: "{name}" is no other indicator; allowed are {names}.',
        "`use:` 所写的“{name}”不是其他指标；可用的有：{names}。",
    ),
    (
        '"{name}" is no {kind}; allowed are {names}.',
        "没有名为“{name}”的{kind}；可用的有：{names}。",
    ),
    ("at_least must be 1 or more.", "`at_least` 须为1或更大。"),
    (
        "`every: term` and `terms:` belong together: {rest}",
        "`every: term` 和 `terms:` 须同时使用：请列出各学期的起止日期，如 `{{from: 2026-02-23, to: "
        "2026-07-10}}`。",
    ),
)
