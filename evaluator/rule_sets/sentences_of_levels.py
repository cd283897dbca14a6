"""Chinese of what the checks say of levels, quotas, the procedure and its dates."""

from __future__ import annotations

from evaluator.rule_sets.sentences_of_files import Sentences

LEVELS: Sentences = (
    (
        '"{upper}" begins at {begins}, not above "{lower}", which begins at {below}. Levels stand '
        "from low to high: raise `at_least`, or change the order.",
        "“{upper}”自{begins}分起，不高于自{below}分起的“{lower}”。星级应由低到高排列："
        "请调高 `at_least`，或调整顺序。",
    ),
    (
        '"{lower}" ends below {ends} and "{upper}" begins at {begins}: from {from} up to {to} no '
        "level is reached. Write `below: {same}`, or leave `below` out: a band ends where the next "
        "one begins.",
        "“{lower}”到{ends}分以下为止，“{upper}”自{begins}分起：{from}至{to}分之间没有星级。"
        "请写 `below: {same}`，或不写 `below`，由下一档自然衔接。",
    ),
    (
        '"{lower}" ends below {ends} and "{upper}" begins at {begins}: from {from} up to {to} both '
        "levels would be reached. Write `below: {same}`, or leave `below` out: a band ends where "
        "the next one begins.",
        "“{lower}”到{ends}分以下为止，“{upper}”自{begins}分起：{from}至{to}分之间两档重叠。"
        "请写 `below: {same}`，或不写 `below`，由下一档自然衔接。",
    ),
    (
        '"{name}" ends below {ends} and no level of its kind follows: more points would bring no '
        "level. Remove `below`.",
        "“{name}”到{ends}分以下为止，其上没有同类星级：分数更高反而没有星级。请删除 `below`。",
    ),
    (
        '"{name}" begins at {begins}, above the ceiling of {ceiling}. Lower `at_least`, or raise '
        "the ceiling.",
        "“{name}”自{begins}分起，高于最高分{ceiling}。请调低 `at_least`，或调高最高分。",
    ),
    (
        '"{name}" begins at {begins}, and "{of}" reaches {high} at most. Lower `at_least`, or add '
        "points that can be won.",
        "“{name}”自{begins}分起，而“{of}”最多为{high}分。请调低 `at_least`，或增加可得的分值。",
    ),
    (
        '"{name}" needs that "{other}" was held before, which is not below it: nobody could reach '
        "it for the first time. Name a lower level.",
        "“{name}”要求此前保持“{other}”，而后者并不低于它，无人能够首次达到。请改为较低的星级。",
    ),
    (
        'this gate of "{name}" holds for no organisation, so that nobody reaches the level; '
        "mend the condition within the bounds of its facts.",
        "“{name}”的这道门槛没有党组织能够达到。请在数据上下限内修改条件。",
    ),
)
QUOTAS: Sentences = (
    (
        'the quota "{name}" does not say whether direct awards of "{level}" take its places. '
        "Add `direct_awards:` with one of counted (they do) or beside (they come on top).",
        "名额“{name}”没有写明直接认定的“{level}”是否占用名额。请补充 `direct_awards:`："
        "`counted`（占用）或 `beside`（另计）。",
    ),
    (
        'the quota "{name}" does not say what it is a share of. Add `of:` with one of {choices}.',
        "名额“{name}”没有写明以什么为基数。请补充 `of:`：`rated`（已评分的）、`applied`（已申报的）"
        "或 `all`（该类别全部党组织）。",
    ),
    (
        'the quota "{name}" does not say how {share} of {count} is rounded. Add `rounding:` with '
        "one of down, up or half_up.",
        "名额“{name}”没有写明{count}的{share}如何取整。请补充 `rounding:`：`down`（舍去）、"
        "`up`（进一）或 `half_up`（四舍五入）。",
    ),
    (
        'the quota "{name}" does not say what those get who tie at the cut after all tie breakers. '
        "Add `ties:` with one of {choices}.",
        "名额“{name}”没有写明入围线上并列者如何处理。请补充 `ties:`：`exclude`（均不入围）"
        "或 `include`（均入围）。",
    ),
    (
        '{kind} "{owner}" has share: "{share}"; allowed is a share above 0% and up to 100%, '
        "such as 10%.",
        "{kind}“{owner}”的比例为“{share}”；应大于0%且不超过100%，如10%。",
    ),
    (
        '{owner} has share: "{share}"; allowed is a share above 0% and up to 100%, such as 10%.',
        "比例填写的是“{share}”；应大于0%且不超过100%，如10%。",
    ),
    (
        "`caps:` means nothing beside `take: highest`, where one event alone counts; `at_most:` "
        "bounds what the part brings. Remove it.",
        "已写 `take: highest`，只计一条记录，`caps:` 不起作用；可用 "
        "`at_most:` 限制得分。请删除 `caps:`。",
    ),
    (
        '`counts:` means nothing as and_below on the quota "{name}" of kind at_most: whoever is '
        "beyond it moves down and would be counted as before; this_level and and_above mean "
        "something there. Remove it.",
        "名额“{name}”为 `at_most`，`counts: and_below` 不起作用：超出者降档后仍照旧计数；"
        "可用 `this_level` 或 `and_above`。请删除。",
    ),
    (
        '`counts:` means nothing on the quota "{name}" of kind at_least, '
        "which counts its level and "
        "all below. Remove it.",
        "名额“{name}”为 `at_least`，本已计入该星级及以下，`counts:` 不起作用。请删除。",
    ),
    (
        '`direct_awards:` means nothing on the quota "{name}" of kind target; it is for at_most, '
        "whose places are taken. Remove it.",
        "名额“{name}”为 `target`，`direct_awards:` 不起作用，"
        "它只用于占用名额的 `at_most`。请删除。",
    ),
    ("`{key}:` means nothing {place}. Remove it.", "`{key}:` 在此处不起作用，请删除。"),
)
PROCEDURE: Sentences = (
    (
        "the period begins on {begins} and ends before that, on {ends}. Swap the two.",
        "评定期自{begins}起，却在此前的{ends}结束。请对调两个日期。",
    ),
    (
        "the target is set for {year}, before the rated period; allowed is {least} or later.",
        "目标年度{year}早于评定期；应为{least}年或以后。",
    ),
    (
        "the term begins on {begins} and ends before that, on {ends}. Swap the two.",
        "学期自{begins}起，却在此前的{ends}结束。请对调两个日期。",
    ),
    (
        "the term begins on {begins}, and the one above it ends on "
        "{ends}. Terms follow one another: "
        "mend the dates.",
        "学期自{begins}起，而上一学期在{ends}才结束。各学期应前后衔接，请改正日期。",
    ),
    (
        "part_year: {word} needs to know the founding day; add `founded: FACT` with a fact of type "
        "date, or write `part_year: in_full`.",
        "`part_year: {word}` 需要成立日期；请补充 `founded: 数据名`（日期类数据），"
        "或写 `part_year: in_full`。",
    ),
    (
        'founded: "{name}" holds {type}; allowed is a fact of type date: {names}.',
        "`founded:` 所写的“{name}”的类型为{type}；应为日期类数据：{names}。",
    ),
    (
        'founded: "{name}" {rest}; allowed is a fact of type date: {names}.',
        "`founded:` 所写的“{name}”不是已声明的数据；应为日期类数据：{names}。",
    ),
    (
        'the step "{step}" begins on {begins} and ends before that, on {ends}. Swap the two.',
        "环节“{step}”自{begins}起，却在此前的{ends}结束。请对调两个日期。",
    ),
    (
        "a public notice needs its length in working days; add "
        "`working_days: 5`, or as many as are "
        "meant.",
        "公示须写明工作日天数；请补充 `working_days: 5`，或实际天数。",
    ),
    (
        'the step "{later}" begins on {begins}, before "{earlier}" '
        "above it begins on {first}. Steps "
        "stand in the order in which they begin: mend the dates, or change the order.",
        "环节“{later}”自{begins}起，早于其上的“{earlier}”（自{first}起）。各环节按开始先后排列："
        "请改正日期，或调整顺序。",
    ),
)
