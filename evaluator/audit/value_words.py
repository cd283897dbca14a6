"""What the values of the log are called, by the name under which they stand."""

from __future__ import annotations

from collections.abc import Mapping

from rules.describe.quota_lines import STEPS
from rules.syntax import Words

_STATES: Mapping[str, Words] = {
    "accepted": Words("已认可", "accepted"),
    "adjusted": Words("已调整", "adjusted"),
    "awarded": Words("已命名", "awarded"),
    "called": Words("请入场", "called in"),
    "cancelled": Words("已停止", "stopped"),
    "cancelling": Words("正在停止", "being stopped"),
    "closed": Words("已结束", "closed"),
    "decided": Words("已审定", "decided"),
    "defended": Words("答辩结束", "defended"),
    "done": Words("已完成", "done"),
    "draft": Words("草稿", "draft"),
    "expired": Words("已失效", "expired"),
    "failed": Words("未送达", "not delivered"),
    "filed": Words("已收到", "received"),
    "finished": Words("已完成", "finished"),
    "held": Words("待放行", "held"),
    "in_defence": Words("已进入答辩", "in the defence"),
    "issued": Words("有效", "valid"),
    "not_admitted": Words("不予受理", "not admitted"),
    "not_upheld": Words("异议不成立", "not upheld"),
    "objected": Words("有异议", "objected to"),
    "on_notice": Words("公示中", "on public notice"),
    "open": Words("进行中", "open"),
    "planned": Words("筹备中", "planned"),
    "presenting": Words("汇报中", "reporting"),
    "offered": Words("已启用", "offered"),
    "published": Words("已发布", "published"),
    "questions": Words("提问中", "question time"),
    "ready": Words("已放行", "let go"),
    "replaced": Words("已换发", "replaced"),
    "returned": Words("已退回", "returned"),
    "reviewed": Words("已初审", "reviewed"),
    "revoked": Words("已撤销", "revoked"),
    "running": Words("进行中", "under way"),
    "sent": Words("已发送", "sent"),
    "submitted": Words("已提交", "submitted"),
    "to_do": Words("待审定", "to be decided"),
    "to_mend": Words("需补正", "to be mended"),
    "under_check": Words("办理中", "being handled"),
    "unrated": Words("不评星级", "closed without a level"),
    "upheld": Words("异议成立", "upheld"),
    "waiting": Words("等待中", "waiting"),
    "withdrawn": Words("已撤回", "withdrawn"),
}
_LEVELS: Mapping[str, Words] = {
    "three_star": Words("三星", "three-star"),
    "four_star": Words("四星", "four-star"),
    "five_star": Words("五星", "five-star"),
    "model": Words("标兵", "model"),
}
_FACTORS: Mapping[str, Words] = {
    "confirmation": Words("身份确认", "confirmation"),
    "none": Words("无", "none"),
    "password": Words("密码", "password"),
    "provider": Words("统一身份认证", "identity provider"),
    "recovery_code": Words("恢复码", "recovery code"),
    "second_factor": Words("二次验证", "second factor"),
    "totp": Words("手机验证码", "code of the phone"),
}

VALUES: Mapping[str, Mapping[str, Words]] = {
    "basis": {
        "computed": Words("按计算结果", "as computed"),
        "deviation": Words("与计算结果不同", "deviation"),
        "direct": Words("直接评定", "direct award"),
        "higher": Words("上级审定", "higher authority"),
    },
    "category": {
        "community": Words("街道社区", "communities"),
        "government": Words("机关事业", "government bodies"),
        "non_public": Words("两新", "two-new organisations"),
        "soe": Words("国企", "state-owned enterprises"),
    },
    "change": {
        "award_revoked": Words("摘星", "level revoked"),
        "demotion": Words("降星", "demotion"),
        "end": Words("提前终止", "ended early"),
        "expired": Words("到期", "expired"),
        "level_lowered": Words("降星", "level lowered"),
        "replace": Words("换发", "replaced"),
        "revocation": Words("摘星", "revocation"),
        "revoke": Words("撤销", "revoked"),
    },
    "claimed_level": _LEVELS,
    "computed": _LEVELS,
    "failed": _FACTORS,
    "kind": {
        "branch": Words("党支部", "branch"),
        "committee": Words("党委", "committee"),
        "general_branch": Words("党总支", "general branch"),
        "joint_branch": Words("联合党支部", "joint branch"),
        "working_committee": Words("党工委", "working committee"),
    },
    "level": _LEVELS,
    "origin": {
        "copied": Words("引用上年", "copied from last year"),
        "corrected": Words("更正", "corrected"),
        "given": Words("填报", "given"),
    },
    "outcome": {
        "not_admitted": Words("不予受理", "not admitted"),
        "not_upheld": Words("不成立", "not upheld"),
        "upheld": Words("成立", "upheld"),
    },
    "role": {
        "administrator": Words("系统管理员", "administrator"),
        "branch_officer": Words("支部申报员", "branch officer"),
        "committee_reviewer": Words("直属党（工）委审核员", "committee reviewer"),
        "organiser": Words("组织部管理员", "organiser"),
        "panellist": Words("评委", "panellist"),
        "supervisor": Words("监督员", "supervisor"),
    },
    "second_factor": _FACTORS,
    "state": _STATES,
    "status": {
        "active": Words("正常", "active"),
        "dissolved": Words("已撤销", "dissolved"),
        "merged": Words("已合并", "merged"),
        "split": Words("已拆分", "split"),
    },
    "step": {name: Words(*words) for name, words in STEPS.items()},
    "verdict": {
        "in_order": Words("符合", "in order"),
        "to_mend": Words("需整改", "to mend"),
    },
    "way": {
        **_FACTORS,
        "codes": Words("一次性编码", "one-time codes"),
        "paper": Words("纸质票", "on paper"),
    },
}
