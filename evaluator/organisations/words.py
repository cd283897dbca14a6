"""What tiers, kinds, states and changes are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from evaluator.organisations.models import Kind, Status, Tier
from rules.syntax import Words

TIERS: Mapping[Tier, Words] = {
    Tier.DISTRICT: Words("区级", "District"),
    Tier.COMMITTEE: Words("直属党（工）委", "Directly subordinate committee"),
    Tier.BRANCH: Words("基层党组织", "Branch"),
}
KINDS: Mapping[Kind, Words] = {
    Kind.WORKING_COMMITTEE: Words("党工委", "Working committee"),
    Kind.COMMITTEE: Words("党委", "Committee"),
    Kind.GENERAL_BRANCH: Words("党总支", "General branch"),
    Kind.BRANCH: Words("党支部", "Branch"),
    Kind.JOINT_BRANCH: Words("联合党支部", "Joint branch"),
}
STATES: Mapping[Status, Words] = {
    Status.ACTIVE: Words("正常", "Active"),
    Status.MERGED: Words("已合并", "Merged"),
    Status.SPLIT: Words("已拆分", "Split"),
    Status.DISSOLVED: Words("已撤销", "Dissolved"),
}
CHANGES: Mapping[str, Words] = {
    "created": Words("成立", "Founded"),
    "entered": Words("登记入库", "Entered into the register"),
    "edited": Words("信息变更", "Details changed"),
    "moved": Words("调整隶属", "Moved"),
    "merged": Words("合并后终止", "Ended by a merger"),
    "absorbed": Words("吸收合并其他党组织", "Took over others"),
    "split": Words("拆分", "Split"),
    "dissolved": Words("撤销", "Dissolved"),
    "level": Words("星级登记", "Level entered"),
}
CATEGORIES: Mapping[str, Words] = {
    "government": Words("机关事业", "Government bodies"),
    "soe": Words("国企", "State-owned enterprises"),
    "community": Words("街道社区", "Communities"),
    "non_public": Words("两新", "Two-new organisations"),
}
"""The categories before any rule set is published; a rule set's own title goes before these."""
FIELDS: Mapping[str, Words] = {
    "id": Words("编号", "Number"),
    "name": Words("党组织名称", "Organisation"),
    "sort_key": Words("拼音排序", "Sorted as (pinyin)"),
    "tier": Words("层级", "Tier"),
    "kind": Words("党组织类型", "Kind"),
    "category": Words("类别", "Category"),
    "parent": Words("上级党组织编号", "Number of the organisation above"),
    "parent_name": Words("上级党组织", "Organisation above"),
    "members": Words("党员人数", "Members"),
    "founded": Words("成立日期", "Founding day"),
    "secretary": Words("书记", "Secretary"),
    "status": Words("状态", "State"),
    "previous_level": Words("现有星级", "Level held"),
    "level_since": Words("获评年度", "Held since the year"),
}
"""What the columns of the register are called on pages and in workbooks."""
