"""What is wrong with a template, said in Chinese, by the code of the flaw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reports.certificate.templates.problems import MEANT, Problem

CHINESE: Mapping[str, str] = {
    "file": "文件无法读取：{reason}。",
    "encoding": "文件自第{start}字节起不是 UTF-8 编码，请另存为 UTF-8。",
    "too-large": "模板超过{most}字节；通常只需其十分之一。",
    "too-deep": "内容嵌套超过{most}层，请减少层次。",
    "yaml": "此处不符合 YAML 写法（{found}）。请检查缩进和冒号后的空格；"
    "文字中含有“: ”“ #”“{{”“[”时，请加引号。",
    "alias": "不支持引用（*名称），请直接写出内容。",
    "empty": "文件是空的；模板应以 `template: 名称` 开头。",
    "table": "此处应填写“键: 值”；可用的键：{allowed}。",
    "unknown-key": "此处没有“{name}”这个键；可用：{allowed}。",
    "duplicate-key": "“{name}”写了两次，请删除一处。",
    "missing-part": "缺少“{name}”；其中可用：{allowed}。",
    "missing-key": "缺少“{name}”；请在此处填写 `{name}: …`。",
    "list": "“{name}”应为列表；每项以“- ”开头。",
    "text": "“{name}”应为文字；以“[”或“{{”开头的文字请加引号。",
    "number": "“{name}”现为“{found}”；应为{low}到{high}之间的数。",
    "choice": "“{name}”现为“{found}”；可用：{allowed}。",
    "colour": '“{found}”不是颜色；请填写带引号的 "#RRGGBB"，或 `colours:` 中的名称（{names}）。',
    "orientation": "页面为{width}×{height}毫米，与“{found}”不符；请对调宽和高，或改为另一方向。",
    "beyond-page": "方框止于{end}毫米处，超出{most}毫米；请缩小方框，或向左、向上移动。",
    "overlap": "“{one}”与“{other}”的方框重叠；请移动或缩小其中一个。",
    "margin": "“{name}”距页边仅{found}毫米，页边距为{margin}毫米；请向内移动方框。",
    "two-star-rows": "星级出现在两个字段中；只能有一行星。",
    "same-name": "有两个字段都叫“{name}”，请改名。",
    "text-length": "文字有{found}个字符；最多{most}个。",
    "unknown-fact": "没有“{{{name}}}”这一内容；可用：{allowed}。",
    "brace": "“{{”与“}}”应成对写在内容名称两侧，如 {{serial}}。",
    "size": "“{name}”现为{found}毫米；应为{low}到{high}毫米：不大于 `size`，"
    "也不小于 `smallest`，而 `smallest` 至少为 `size` 的 60%。",
    "spacing": "“spacing”现为{found}毫米；此字号的字距最多缩减{most}毫米，请填写较大的数。",
    "no-glyph": "没有字体包含{character}（{point}）；请换一个字，"
    "或在字体文件夹中放入含有该字的字体。",
    "too-many": "“{name}”有{found}个；最多{most}个，请删减。",
    "too-fine": "装饰共需{found}段曲线，最多{most}段；请加大波纹间距或边框宽度，或删减装饰。",
    "too-much-micro": "微缩文字最多需排{found}个字，上限{most}个；请加大字号、缩短方框或删减。",
    "no-pictures": "没有名为“{found}”的图片（尚未上传任何图片）；请先上传到本模板。",
    "unknown-picture": "没有名为“{found}”的图片；可用：{allowed}。",
    "too-heavy": "图片使每个文件增加{found} KB，上限{most} KB；请上传较小的图片或删减。",
    "needs-code": "没有字段显示二维码，印出的证书将无法核验；请增加一个 `shows: code` 字段。",
    "needs-fact": '没有文字显示登记簿载明的 {fact}；请增加一个 `text: "{{{fact}}}"` 字段'
    "（{kind}须显示：{allowed}）。",
    "needs-fact-usual": '{fact} 只在标兵证书上显示；请增加一个 `text: "{{{fact}}}"`、'
    "`for: usual` 的字段，或去掉 `for: model`。",
    "needs-fact-model": '{fact} 在标兵证书上没有显示；请增加一个 `text: "{{{fact}}}"`、'
    "`for: model` 的字段，或去掉 `for: usual`。",
    "needs-fact-alone": "没有 {others} 时，{fact} 也会一并省去；请为它单独设一个字段。",
    "small-code": "二维码的方框为{found}毫米；宽、高均不得小于{least}毫米，否则印出后难以识读。",
    "small-text": "“{name}”最小可缩至{found}毫米；登记簿载明的内容不得小于{least}毫米，"
    "请加大 `size` 或 `smallest`。",
    "pale": "“{name}”与底色过于接近，难以辨认：对比度{found}，至少应为{least}；"
    "请换较深或较浅的颜色，或更换底色。",
    "unreadable-code": "从版面上无法识读二维码；请在其下垫白色底板（panel），"
    "移开装饰和图片，或加大方框。",
    "no-room": "“{name}”排不下“{found}”，缩到最小字号也不行；请加大方框，或允许排两行。",
}
"""A sentence for each code, with the same values as the English one."""
KINDS: Mapping[str, str] = {"certificate": "证书", "plaque": "牌匾", "sticker": "标贴"}


@dataclass(frozen=True)
class Said:
    """A sentence, and the language that it is in."""

    words: str
    language: str


def said(problem: Problem, language: str) -> Said:
    """Return what is wrong for a reader."""
    if language != "zh":
        return Said(problem.message, "en")
    values = dict(problem.values)
    if "kind" in values:
        values["kind"] = KINDS[values["kind"]]
    meant = f"是否应为“{values[MEANT]}”？" if values.get(MEANT) else ""
    return Said(CHINESE[problem.code].format(**values) + meant, "zh-Hans")
