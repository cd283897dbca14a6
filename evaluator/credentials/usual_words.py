"""Words that are usual in the names of party organisations, so that a token is short.

A token of version 1 means these words by their places here: the tables are for ever as they are,
and a later table is of a later version.
"""

from __future__ import annotations

_WORDS = """
中国共产党 中共 委员会 支部委员会 总支部委员会 党支部 党总支 党委 党组织 联合 第一
第二 第三 第四 第五 机关 街道 社区 居民委员会 村民委员会 工作委员会 党工委 有限公司
有限责任公司 股份有限公司 集团 分公司 中心 管理 办公室 服务 医院 学校 小学 中学 大学
银行 人民 区委 市委 县委 组织部 宣传部 管理局 公安局 分局 派出所 市场监督 教育 卫生
健康 税务 财政 法院 检察院 经济 技术 开发区 科技 产业园 物业 事务所 协会 行业
离退休 示例 自治 省 市 区 县 镇 乡 村
"""
WORDS = tuple(_WORDS.split())

LEVELS = (
    ("three_star", "三星级党组织"),
    ("four_star", "四星级党组织"),
    ("five_star", "五星级党组织"),
    ("model", "标兵党组织"),
    ("one_star", "一星级党组织"),
    ("two_star", "二星级党组织"),
    ("three_star", "三星级"),
    ("four_star", "四星级"),
    ("five_star", "五星级"),
    ("model", "标兵"),
)
CATEGORIES = (
    ("government", "机关事业"),
    ("soe", "国企"),
    ("community", "街道社区"),
    ("non_public", "两新"),
    ("government", "机关"),
    ("community", "社区"),
)
