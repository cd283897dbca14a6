"""Texts of events: what meetings were about, whom visits went to, what projects were called."""

from __future__ import annotations

from happenings import Column

TOPICS = Column(
    texts=(
        "学习党的创新理论",
        "学习党的二十届四中全会精神",
        "学习新修订的党内法规",
        "贯彻中央八项规定精神学习教育",
        "树立和践行正确政绩观",
        "年度工作部署",
        "发展党员票决",
        "网络意识形态风险研判",
        "安全生产专题",
        "优化营商环境",
        "基层治理难题会商",
        "传承红色家风",
    )
)
PARTNERS = Column(
    texts=(
        "望潮门社区",
        "柳堤社区",
        "䶮湾社区",
        "𬭎泰精密科技有限公司",
        "云帆软件（临江）有限公司",
        "滨江商务区楼宇联合党支部",
        "沙洲镇金穗村",
        "白鹭镇石埭村",
        "临江港物流园",
    )
)
PROJECTS = Column(
    texts=(
        "老旧小区加装电梯攻坚",
        "产线节拍优化",
        "夜间抢修突击队",
        "雨污分流改造",
        "企业开办一件事",
        "智慧泊位提升",
        "冷链损耗压降",
        "供应链国产替代",
        "驿站充电改造",
        "窗口午间不断档",
    ),
    worst={"running": 2, "stopped": 1, "completed": 2, "standard": 1},
    best={
        "adopted": 1,
        "solved": 3,
        "running": 1,
        "completed": 3,
        "standard": 2,
        "breakthrough": 1,
    },
)
SERVICES = Column(
    texts=(
        "一老一小幸福食堂",
        "楼道微更新",
        "飞线充电整治",
        "暑期爱心托管",
        "夜间便民门诊",
        "老年助浴上门",
        "骑手加水加餐",
        "法律援助进小区",
        "电梯安全包联",
        "儿童议事会",
    ),
    worst={"running": 2, "dropped": 1, "finished": 2},
    best={"praised": 4, "finished": 2},
)
