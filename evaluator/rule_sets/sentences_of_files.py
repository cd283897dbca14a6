"""Chinese of what reading a rule set may say: files, YAML, keys and plain values."""

from __future__ import annotations

Sentences = tuple[tuple[str, str], ...]
"""The English of a problem with its values as {names}, and its Chinese with the same ones."""

FILES: Sentences = (
    ("a text without a file cannot extend another.", "没有文件名的文本不能继承其他文件。"),
    (
        "allowed is the name of one file beside this one, such as `extends: shared.yaml`.",
        "此处只能填写同一文件夹中一个文件的名称，如 `extends: shared.yaml`。",
    ),
    (
        "the file is not UTF-8 from byte {start} on; save it as UTF-8.",
        "文件自第{start}字节起不是 UTF-8 编码，请另存为 UTF-8。",
    ),
    ("No such file or directory.", "文件不存在。"),
    (
        "the file holds no rule set; a rule set is a mapping that begins with `rule_set: NAME`.",
        "文件中没有规则集；规则集应以 `rule_set: 名称` 开头。",
    ),
    (
        '"{parent}" lies outside the folder of the rule sets; a file may extend one beside it.',
        "“{parent}”不在规则集文件夹内；只能继承同一文件夹中的文件。",
    ),
    (
        '"{parent}" does not exist; beside this file are {beside}.',
        "“{parent}”不存在；同一文件夹中有：{beside}。",
    ),
    (
        '"{parent}" extends this file in turn; break the circle.',
        "“{parent}”又继承了本文件，形成循环，请去掉其中一处。",
    ),
    (
        '"{name}" is not in the file that is extended; it has {names}.',
        "被继承的文件中没有“{name}”；其中有：{names}。",
    ),
    (
        "character {start} is half of a pair and stands for nothing; remove it.",
        "第{start}个字符不完整，没有意义，请删除。",
    ),
    (
        "the file has {size} bytes; at most {most} are read. "
        "Split it, and share the parts by `extends:`.",
        "文件有{size}字节，最多读取{most}字节。请拆分文件，用 `extends:` 共用各部分。",
    ),
    (
        "values are nested more than {depth} deep; write them flatter.",
        "内容嵌套超过{depth}层，请减少层次。",
    ),
    (
        "aliases expand the file to more than {most} values; "
        "write the repeated parts out, or share them by `extends:`.",
        "引用展开后超过{most}项，请直接写出重复部分，或用 `extends:` 共用。",
    ),
    (
        "the tag {tag} is not allowed; a rule file holds plain values only. Remove the tag.",
        "不允许使用标签 `{tag}`；规则文件只能写普通内容，请删除该标签。",
    ),
    (
        "this is not valid YAML: {yaml}. Mind the indentation, the space after each colon, "
        'and put text that contains ": " or " #" between quotes.',
        "YAML 格式有误：{yaml}。请检查缩进和冒号后的空格；文本中含“: ”或“ #”的，请加引号。",
    ),
    ("this is not YAML: {yaml}", "这不是 YAML 文件：{yaml}。"),
    ("a key must be plain text.", "键名必须是普通文本。"),
    (
        "YAML 1.2 has no merge keys (<<). {rest}",
        "不允许使用合并键 `<<`，请用 `extends:` 共用内容。",
    ),
    (
        '"{key}" is written twice; it stands on line {line} already. '
        "A key may stand once: remove or rename one of them.",
        "“{key}”重复，第{line}行已有。同一键名只能出现一次，请删除或改名。",
    ),
)
KEYS: Sentences = (
    (
        '"{key}" is missing. {help} Allowed is one of {allowed}. Add `{same}: …`.',
        "缺少“{key}”，可填其中之一：{allowed}。请补充 `{key}: …`。",
    ),
    ('"{key}" is missing. {help} Add `{same}: …`.', "缺少“{key}”，请补充 `{key}: …`。"),
    (
        '"{key}" has no value. {help} Give it a value or remove the key.',
        "“{key}”没有内容，请填写，或删除该键。",
    ),
    (
        'found "{key}" as a name; allowed are letters, digits and underscores, a letter first.',
        "名称“{key}”不符合要求：只能用字母、数字和下划线，并以字母开头。",
    ),
    ('found "{key}"; allowed here are {allowed}.', "此处没有“{key}”这一键；可用的有：{allowed}。"),
    (
        "found {found} together; allowed is exactly one of {ways}. Remove the others.",
        "同时写了{found}；只能从下列方式中选一种：{ways}。请删除其余的。",
    ),
    ("found none of {ways}; add exactly one.", "下列方式一种也没有写：{ways}。请补充其中一种。"),
    (
        "found something else; allowed here is a mapping of keys and values.",
        "此处应为键和值的映射。",
    ),
    (
        "found {found}; allowed is a mapping by short names.",
        "填写的是{found}，应为按短名称排列的映射。",
    ),
    (
        "found {found}; allowed is a list, each item after `- `.",
        "填写的是{found}，应为列表，每项以 `- ` 开头。",
    ),
)
VALUES: Sentences = (
    ("found {found}; allowed is true or false.", "填写的是{found}，只能填 true 或 false。"),
    (
        "found {found}; allowed is one of {allowed}. Write `{how}`, with what it is.",
        "填写的是{found}，可填其中之一：{allowed}。请写成 `{how}` 并注明内容。",
    ),
    ("found {found}; allowed is one of {allowed}.", "填写的是{found}，可填其中之一：{allowed}。"),
    (
        'found {found}; allowed is a date such as "{such}".',
        "填写的是{found}，应为日期，如“{such}”。",
    ),
    ("found {found}; allowed is a date such as {such}.", "填写的是{found}，应为日期，如{such}。"),
    (
        "found {found}; allowed is a length of time such as {rest}.",
        "填写的是{found}，应为时长，如 `10 days`、`6 months` 或 `5 years`，最长100年。",
    ),
    (
        'found rounded: "{places}"; allowed is 0 to 4 places.',
        "rounded 填写的是“{places}”，小数位数应为0至4。",
    ),
    ('found down: "{steps}"; allowed is 1 to 9 levels.', "down 填写的是“{steps}”，应为1至9级。"),
    (
        "found {found}; allowed is points such as 5, 0.5 or -2, with at most 4 decimal places.",
        "填写的是{found}，应为分值，如5、0.5或-2，最多4位小数。",
    ),
    (
        "found {found}; allowed is points such as 0.5, the word all, a list such as [0.5, all], "
        "or a mapping from the words of `by` to points.",
        "填写的是{found}，应为分值（如0.5）、`all`、列表（如 "
        "`[0.5, all]`），或 `by` 各选项对应的分值。",
    ),
    (
        "found {found}; allowed is a whole number from {low} to {high}.",
        "填写的是{found}，应为{low}至{high}的整数。",
    ),
    (
        "found {found}; allowed is text, or a mapping with zh and, if you like, en.",
        "填写的是{found}，应为文本，或含 `zh`（可另含 `en`）的映射。",
    ),
    ("found {found}; allowed is text.", "填写的是{found}，应为文本。"),
    (
        "found {found}; allowed is a formula such as `{such}`.",
        "填写的是{found}，应为公式，如 `{such}`。",
    ),
    (
        "found {found}; allowed is a short name of letters, {rest}.",
        "填写的是{found}，应为短名称：只能用字母、数字和下划线，并以字母开头。",
    ),
    (
        "found {found}; allowed is a number such as 12, 0.5, 95% or a date such as 2026-01-31.",
        "填写的是{found}，应为数字（如12、0.5、95%）或日期（如2026-01-31）。",
    ),
)
CASES: Sentences = (
    (
        "a case file holds `rule_set: FILE` and a list of `cases:`.",
        "用例文件应有 `rule_set: 文件名` 和 `cases:` 列表。",
    ),
    ("allowed is a list of cases.", "此处应为用例列表。"),
    ("the facts were refused: {found}", "数据未被接受：{found}"),
    ('error: expected "{expected}", found "{found}"', "应报错“{expected}”，实际为“{found}”"),
    (
        '{name}: expected "{expected}", which is no number of points',
        "`{name}`：应得“{expected}”，但它不是分值",
    ),
    ("level: expected {expected}, found {found}", "星级：应为{expected}，实际为{found}"),
    ("vetoes: expected {expected}, found {found}", "一票否决：应为{expected}，实际为{found}"),
    ("{name}: expected {expected}, found {found}", "`{name}`：应为{expected}，实际为{found}"),
    ("{name}: is not in the rule set.", "规则集中没有 `{name}`。"),
    (
        'rule_set: "{name}" is no file beside the cases or in the folder above; allowed is '
        "one such as `rule_set: ../community.yaml`.",
        "`rule_set:` 所写的“{name}”不在用例所在文件夹或上一级；应如 "
        "`rule_set: ../community.yaml`。",
    ),
    ("a case is a mapping that begins with `- name: …`.", "每个用例应以 `- name: …` 开头。"),
)
