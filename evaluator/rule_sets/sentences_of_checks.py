"""Chinese of what the checks of meaning say of a rule set: facts, sums, indicators."""

from __future__ import annotations

from evaluator.rule_sets.sentences_of_files import Sentences

FACTS: Sentences = (
    (
        '"{name}" holds {type}, and `{key}:` is for {meant}. Remove it, or change the type.',
        "“{name}”的类型为{type}，而 `{key}:` 只用于{meant}。请删除该键，或修改类型。",
    ),
    (
        '"{name}" is a choice without options; add `options: {example}`.',
        "“{name}”是选项，却没有列出各选项；请补充 `options: {example}`。",
    ),
    (
        '"{name}" shows its options "{one}" and "{other}" alike, as "{label}"; '
        "whoever chooses must be able to tell them apart. Change one of the labels.",
        "“{name}”的选项“{one}”与“{other}”显示相同，均为“{label}”，填报人无法区分。请修改其中一个名称。",
    ),
    (
        '"{name}" has min: {low} above max: {high}; the lower bound comes first. Mend one of them.',
        "“{name}”的下限 {low} 高于上限 {high}，请改正其一。",
    ),
    (
        '"{name}" has min: {low} and max: {high}, which bound nothing; allowed are whole numbers '
        "such as {such}. A number needs `max:`; `min:` is 0 where not given.",
        "“{name}”的 min 为{low}、max 为{high}，不能作为上下限；应为整数，如 0 和 60。"
        "数字须有 `max:`，`min:` 不填即为0。",
    ),
    (
        '"{name}" has min: {low} and max: {high}, which bound nothing; allowed are {such}. '
        "A number needs `max:`; `min:` is 0 where not given.",
        "“{name}”的 min 为{low}、max 为{high}，不能作为上下限，应为该类型允许的数值。"
        "数字须有 `max:`，`min:` 不填即为0。",
    ),
    (
        'found max: "{value}"; the most events of a fact is a whole number from {low} to {high}.',
        "max 填写的是“{value}”；记录条数的上限应为{low}至{high}的整数。",
    ),
    (
        '"{name}" holds events without columns; add `{example}`. Each event has a date of its own.',
        "“{name}”由多条记录组成，却没有列；请补充 `{example}`。每条记录自带日期。",
    ),
    (
        'the column "{name}" is there without being declared: it is the day of the event. '
        "Remove or rename this one.",
        "列“{name}”无须声明：它就是记录的日期。请删除或改名。",
    ),
    (
        '"{name}" has anchors, but nobody judges it; anchors describe a number with '
        "`reason: required`, ratings, or a source of {sources}. Remove them, or say who judges.",
        "“{name}”有评分参照，却无人评判；评分参照用于须写理由（`reason: required`）的数字、评分，"
        "或来源为 {sources} 的数据。请删除，或注明由谁评判。",
    ),
    (
        '"{name}" has an anchor at "{value}"; allowed is {low} to {high}, its bounds.',
        "“{name}”的评分参照“{value}”超出上下限{low}至{high}。",
    ),
    (
        '"{name}" has two anchors at the same value; each describes a value of its own. '
        "Remove one of them.",
        "“{name}”有两条评分参照对应同一数值，请删除其一。",
    ),
    (
        '"{name}" is chosen at discretion and needs `reason: required`, so that each choice is '
        "explained.",
        "“{name}”由人酌情确定，须写 `reason: required`，使每次选择都有理由。",
    ),
    ("reused: {rest}", "`reused:` 没有作用，请删除。"),
    (
        'nothing reads the {kind} "{name}"; use it in an indicator, gate, veto, quota or measure '
        "that is used, or remove it.",
        "{kind}“{name}”没有任何地方使用；请在指标、门槛、一票否决、名额比例或计算量中使用，或删除。",
    ),
    (
        '"{fact}" counts in "{one}" (line {line}) and again in the {kind} "{other}". Choose: '
        "`{once}` lets it weigh once, or `reused: WHY` on the fact says that it is meant to count "
        "in both.",
        "“{fact}”在“{one}”（第{line}行）和{kind}“{other}”中重复计算。请用 `{once}` 只计一次，"
        "或在该数据上写 `reused: 原因`，说明有意两处计算。",
    ),
    (
        '"{fact}" counts in "{one}" (line {line}) and again in the {kind} "{other}". Choose: '
        "let one of them read something else, or `reused: WHY` on the fact says that it is meant "
        "to count in both.",
        "“{fact}”在“{one}”（第{line}行）和{kind}“{other}”中重复计算。请让其中一处改用其他数据，"
        "或在该数据上写 `reused: 原因`，说明有意两处计算。",
    ),
    (
        "found among: [{names}]; name two or more different indicators or vetoes.",
        "`among:` 中是“{names}”；应列出两个以上不同的指标或一票否决。",
    ),
    (
        'the {kind} "{name}" has the name of the {other} on line {line}; each name may stand once. '
        "Rename one of them.",
        "{kind}“{name}”与第{line}行的{other}重名；名称不能重复，请修改其一。",
    ),
    (
        'the {kind} "{name}" holds full-width or joined letters, which formulas read as "{plain}". '
        'Name it "{same}".',
        "{kind}“{name}”含有全角或连写字母，公式会读作“{plain}”。请改名为“{plain}”。",
    ),
    (
        'the {kind} "{name}" has a name that means something else; taken are {taken}. '
        "Choose another name.",
        "{kind}“{name}”的名称另有含义；已占用的有：{taken}。请另取名称。",
    ),
)
INDICATORS: Sentences = (
    (
        '"{name}" has {points} points, its indicators have {sum} together{once}. '
        "Make the two equal.",
        "“{name}”为{points}分，所属指标合计{sum}分{once}，两者应相等。",
    ),
    ('"{name}" has no indicators; add one, or remove it.', "“{name}”没有指标，请补充或删除。"),
    (
        '"{name}" has weight: "{weight}"; a weight is above 0. Write `counts: false` '
        "for a dimension that is no part of the base.",
        "“{name}”的权重为“{weight}”，权重须大于0。不计入基础分的维度请写 `counts: false`。",
    ),
    (
        "scale.total is {total}, the dimensions add up to {sum}: {terms}. Make the two equal; "
        "a dimension with `counts: false` is left out.",
        "总分为{total}，各维度合计{sum}：{terms}。两者应相等；`counts: false` 的维度不计。",
    ),
    ("scale.total is {total}; the base needs points above 0.", "总分为{total}，基础分须大于0。"),
    (
        'the composition leaves out "{name}", which therefore brings nothing. Name it, or '
        "remove the block, or write `counts: false` for a dimension.",
        "总分构成没有用到“{name}”，该项不起作用。请写入总分构成，"
        "或删除；维度也可写 `counts: false`。",
    ),
    (
        "the ceiling {ceiling} lies below the base of {total} points, which nobody could reach. "
        "Raise it.",
        "最高分{ceiling}低于基础分{total}，无人能够达到，请调高。",
    ),
    (
        '"{name}" stands in the deduction block "{block}", where its '
        "points are taken off the whole: "
        "`deduct:` begins with all of them. Write `award:`, whose points add up from 0 to what is "
        "taken off.",
        "“{name}”属于扣分项“{block}”，其分值从总分中扣除，而 `deduct:` 从满分起算。"
        "请改用 `award:`，从0累计应扣分值。",
    ),
    (
        '"{name}" stands in the deduction block "{block}", where its '
        "points are taken off the whole, "
        "and may fall to {low}: that would add points. Write `floor: 0`.",
        "“{name}”属于扣分项“{block}”，其分值从总分中扣除，而它可能低至{low}，反而加分。"
        "请写 `floor: 0`。",
    ),
    (
        '"{name}" may fall to {low}, below 0: more can be lost than its {points} points. '
        "Add `floor: 0`, or the negative floor that is meant.",
        "“{name}”可能低至{low}，扣分超过其{points}分。请写 `floor: 0`，或写明允许的负数下限。",
    ),
    (
        '"{name}" may reach {high}, above its {points} points; lower the points of its steps, '
        "or raise `points`.",
        "“{name}”可能达到{high}，超过其{points}分。请调低各档分值，或调高 `points`。",
    ),
    ('no facts let "{name}" reach a point above 0.', "“{name}”在任何情况下都得不到分。"),
    ("floor lies above points.", "`floor` 高于 `points`。"),
    (
        "points: {points} is not above 0; an indicator needs points to win, or belongs in a "
        "deduction block.",
        "`points` 为{points}，须大于0；指标应有可得的分值，否则应放入扣分项。",
    ),
    (
        "applies_when needs `otherwise:` {rest}, or an `alternative:` slot.",
        "有 `applies_when:` 的，须写 `otherwise:`（`zero`、`full`、`exempt` 或 `use: 指标`），"
        "或 `alternative:`。",
    ),
    (
        "caps: {name}: {points} is not above 0; a cap bounds what events bring and what they take "
        "off alike: write it without a sign.",
        "`caps:` 中 {name} 为{points}，须大于0；上限对加分和扣分同样适用，请去掉符号。",
    ),
    (
        '"{name}" has {points} points, and no facts bring more than {high}. Lower `points`, '
        "or let its rule reach them.",
        "“{name}”为{points}分，但最多只能得{high}分。请调低 `points`，或让规则可以得满分。",
    ),
    (
        'this part of "{name}" never adds or takes a point, whatever the facts. Mend or remove it.',
        "“{name}”的这一部分在任何情况下都不加分也不扣分，请修改或删除。",
    ),
    (
        'the slot "{slot}" has "{name}" alone in this list; a slot has two members or more that '
        "replace each other. Give another one the same `alternative:`, or remove it.",
        "替代组“{slot}”在此只有“{name}”一个指标；替代组应有两个以上互相替代的指标。"
        "请给另一指标写相同的 `alternative:`，或删除。",
    ),
    (
        '"{name}" can bring {points} points and "{other}" {others}; members of one slot replace '
        "each other and bring the same. Make them equal.",
        "“{name}”可得{points}分，“{other}”可得{others}分；同一替代组的指标分值应相同。",
    ),
    (
        '"{name}" is a member of the slot "{slot}" and needs `applies_when:`, so that exactly one '
        "member applies.",
        "“{name}”属于替代组“{slot}”，须写 `applies_when:`，使每次只有一个指标适用。",
    ),
    (
        'of the slot "{slot}", {found} of {all} members apply for some organisations; exactly one '
        "must. Make the conditions exclude each other and leave nobody out.",
        "替代组“{slot}”的{all}个指标中，对有的党组织适用的是：{found}；应当恰好一个。"
        "请使各条件互不重叠且没有遗漏。",
    ),
    (
        '"{name}" has `otherwise:` but always applies; add '
        "`applies_when: CONDITION`, or remove it.",
        "“{name}”写了 `otherwise:` 却总是适用；请补充 `applies_when: 条件`，或删除。",
    ),
    (
        '"{name}" has both `otherwise:` and `alternative: {slot}`; '
        "where it does not apply, another "
        "member of its slot takes its place. Remove one of the two.",
        "“{name}”同时有 `otherwise:` 和 `alternative: {slot}`；"
        "不适用时由同组指标替代，请删除其一。",
    ),
    ("the ladder has no rungs; add one.", "阶梯没有档次，请补充。"),
    (
        "this rung can never hold: the rungs above it cover it already, or it lies outside of what "
        "is measured ({low} to {high}). Change the order or the threshold, or remove it.",
        "此档永远达不到：上面的档次已经包含它，或它超出取值范围（{low}至{high}）。"
        "请调整顺序或界限，或删除。",
    ),
    ("there are no cases; add one under `first:`.", "没有任何情形，请在 `first:` 下补充。"),
    (
        "this case is never reached: the one on line {line} always "
        "holds. Remove one of them; points "
        "for the rest are given by `otherwise:`.",
        "此情形永远轮不到：第{line}行的情形总是成立。请删除其一；其余情形的分值写在 `otherwise:`。",
    ),
    (
        "this case can never hold; mend its condition within the bounds "
        "of its facts, or remove it.",
        "此情形永不成立，请在数据上下限内修改条件，或删除。",
    ),
)
