"""Chinese of what may be wrong with the parts, steps and measures that points are made of."""

from __future__ import annotations

from evaluator.rule_sets.sentences_of_files import Sentences

PARTS: Sentences = (
    (
        "this part needs `points:` as one number, such as 2 or all.",
        "此部分的 `points:` 应为一个数，如 2 或 `all`。",
    ),
    (
        "`each` counts whole occurrences, and this may have a fraction; write floor(…) or ceil(…), "
        "or use `per:` with steps.",
        "`each` 按整次计算，而此处可能有小数；请写 `floor(…)` 或 "
        "`ceil(…)`，或用带 `steps` 的 `per:`。",
    ),
    (
        "`per` needs exactly one of below (a target that is missed) and above (a ceiling that is "
        "exceeded).",
        "`per` 中 `below`（低于目标）与 `above`（高于上限）须恰好写一个。",
    ),
    ("`every` must be above 0.", "`every` 须大于0。"),
    (
        'by: "{name}" is no choice column; choices are {names}.',
        "`by:` 所写的“{name}”不是选项列；选项列有：{names}。",
    ),
    (
        "with `by:`, `points:` maps each word to points: {names}.",
        "写了 `by:` 的，`points:` 应列出各选项的分值：{names}。",
    ),
    ('"{name}" is no option; allowed are {names}.', "没有选项“{name}”；可用的有：{names}。"),
    (
        "no points are given for {names}; every option needs points, 0 where it brings none.",
        "下列选项没有分值：{names}。每个选项都应有分值，不得分的写0。",
    ),
    (
        '"{name}" is no fact. Declare it under `facts:` as a decimal with min, max and '
        "`reason: required`.",
        "没有名为“{name}”的数据。请在 `facts:` 中声明为小数，并写 "
        "`min`、`max` 和 `reason: required`。",
    ),
    (
        '"{name}" holds {type}; chosen points are an integer or a decimal.',
        "“{name}”的类型为{type}；酌情给出的分值应为整数或小数。",
    ),
    ("from: {from} lies above to: {to}; swap them.", "`from: {from}` 高于 `to: {to}`，请对调。"),
    ("the rule is empty.", "规则是空的。"),
    (
        "the list of parts is empty; add a part, or remove the indicator.",
        "规则中没有任何部分，请补充，或删除该指标。",
    ),
    (
        "points of deduct and award are written without a minus sign; "
        "use `adjust:` where a row both "
        "adds and deducts.",
        "`deduct` 和 `award` 的分值不带负号；既加又扣的，请用 `adjust:`。",
    ),
    (
        "`all` has no meaning under `adjust:`; write the points, with a minus sign to deduct.",
        "`adjust:` 下不能写 `all`；请写分值，扣分的带负号。",
    ),
    (
        "found {count} steps; at most {most} are allowed. Use `proportional:` or `formula:` for so "
        "fine a scale.",
        "共有{count}档，最多{most}档。分档过细的，请用 `proportional:` 或 `formula:`。",
    ),
    (
        "this may be the same as zero_at, and nothing can be divided by 0; add `if_equal: POINTS`.",
        "该值可能与 `zero_at` 相同，不能以0为除数；请补充 `if_equal: 分值`。",
    ),
    (
        "a case with an inner range needs `from:` and `to:`, the lower one first.",
        "有分值区间的情形须写 `from:` 和 `to:`，低的在前。",
    ),
    (
        "a case placed by a measure needs measure, zero_at and full_at.",
        "按计算量取分的情形须写 `measure`、`zero_at` 和 `full_at`。",
    ),
    (
        'found weight: "{weight}"; allowed is a share such as 20%.',
        "权重填写的是“{weight}”，应为比例，如20%。",
    ),
    ("cap: {cap} is not above 0.", "`cap` 为{cap}，须大于0。"),
    (
        '"{name}" may be absent, and the composition would count it as 0. Give the dimensions a '
        "`weight:` and name `base`, which moves the weight of an absent one to the rest.",
        "“{name}”可能不适用，总分构成会将其计为0。请给各维度写 `weight:` 并使用 `base`，"
        "使不适用维度的权重分摊到其余维度。",
    ),
    ('"{name}" is no indicator or veto.', "没有名为“{name}”的指标或一票否决。"),
    (
        'no part of "{name}" reads "{fact}"; count_once works on the parts of deduct, award and '
        "adjust.",
        "“{name}”没有用到“{fact}”；`count_once` 只用于 `deduct`、`award` 和 `adjust` 的各部分。",
    ),
    (
        "at_least: {least} leaves nothing when {dropped} ratings are dropped; raise it.",
        "去掉{dropped}个评分后，`at_least: {least}` 已无评分可计，请调高。",
    ),
    (
        "what is compared in a group needs a fixed number of decimal places; write round(…, 4).",
        "组内比较的数值须有固定的小数位数，请写 `round(…, 4)`。",
    ),
    (
        'found among: "{name}"; allowed are {names}.',
        "`among:` 填写的是“{name}”；可用的有：{names}。",
    ),
    (
        "allowed is a list of ids and names, such as {such}.",
        "此处应为编号和名称的列表，如 {such}。",
    ),
    (
        '"{key}" must be a mapping of names to values, such as `{such}`.',
        "“{key}”应为名称与数值的对应，如 `{such}`。",
    ),
    (
        "a case needs `expect:` with at least one of {names}.",
        "用例须有 `expect:`，并至少写下列之一：{names}。",
    ),
    (
        '"vetoes" must be a list of ids, such as [falsified]; [] where none falls.',
        "“vetoes”应为编号列表，如 [falsified]；没有触发的写 []。",
    ),
)
