"""Words within the sentences of problems: kinds of values and of names, in Chinese."""

from __future__ import annotations

import re

_WORDS = {
    "none": "无",
    "nothing": "空值",
    "an empty mapping": "空的映射",
    "fact": "数据",
    "measure": "计算量",
    "dimension": "维度",
    "block": "加扣分项",
    "indicator": "指标",
    "level": "星级",
    "veto": "一票否决",
    "quota": "名额",
    "the quota": "名额",
    "the target": "目标",
    "column": "列",
    "group": "分组",
    "step of the procedure": "评定环节",
    "step": "环节",
    "other indicator": "其他指标",
    "integer": "整数（integer）",
    "decimal": "小数（decimal）",
    "ratio": "比例（ratio）",
    "boolean": "是否（boolean）",
    "choice": "选项（choice）",
    "date": "日期（date）",
    "text": "文本（text）",
    "events": "多条记录（events）",
    "ratings": "评分（ratings）",
    "choices": "选项",
    "numbers": "数字",
    "numbers and dates": "数字和日期",
    "numbers and dates; the fewest events are 0": "数字和日期（记录最少为0条）",
    "decimals and ratios": "小数和比例",
    "a number": "数字",
    "a condition": "条件",
    "a choice": "选项",
    "a date": "日期",
    "a word": "文字",
    "text in quotes": "加引号的文字",
    "a list of words": "选项列表",
    "a list": "列表",
    "the end": "末尾",
    "always": "总是",
    "never": "从不",
}
YAML = (
    ("another document", "一个文件只能有一份内容"),
    ("mapping values are not allowed", "此处不能出现冒号"),
    ("expected ',' or ']'", "方括号没有成对，或缺少逗号"),
    ("expected ',' or '}'", "花括号没有成对，或缺少逗号"),
    ("did not find expected key", "此处应为键名"),
    ("tab character", "缩进中有制表符"),
    ("cannot start any token", "出现不能使用的字符"),
    ("unexpected end of stream", "引号没有成对"),
    ("found undefined alias", "引用没有定义"),
)
"""What the reader of YAML says, by what is told from the rest; it has hundreds of wordings."""
_COUNTS = (
    (re.compile(r"a list of (\d+)"), r"\1项的列表"),
    (re.compile(r"a mapping with (.*)"), r"含 \1 的映射"),
    (re.compile(r"values from (\S+) to (\S+)"), r"\1至\2"),
    (re.compile(r"(\d+) to (\d+)"), r"\1至\2"),
    (re.compile(r"(\d+) or more"), r"至少\1"),
    (re.compile(r"(\w+(?:, \w+)*) or (\w+)"), r"\1 或 \2"),
    (re.compile(r'"(.*)"', re.DOTALL), r"“\1”"),
    (re.compile(r"(.*), and the other keywords of Python"), r"\1 及 Python 的其他关键字"),
    (re.compile(r"\ \(each `alternative:` slot counts once\)"), "（同一替代组只计一次）"),
)


def value_in_chinese(text: str) -> str:
    """Return a value of a sentence: a word of the language in Chinese, all else as it is."""
    if text in _WORDS:
        return _WORDS[text]
    for pattern, chinese in _COUNTS:
        if pattern.fullmatch(text):
            return pattern.sub(chinese, text)
    return text
