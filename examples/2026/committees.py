"""The committees of the invented 临江新区."""

from __future__ import annotations

from random import Random

COMMITTEES = {
    "government": (
        "中共临江新区区级机关工作委员会",
        "中共临江新区教育卫生工作委员会",
        "中共临江新区政法工作委员会",
    ),
    "soe": (
        "中共临江新区国有资产监督管理委员会委员会",
        "中共临江城市建设投资集团有限公司委员会",
        "中共临江交通集团有限公司委员会",
        "中共临江水务环境集团有限公司委员会",
    ),
    "community": (
        "中共临江新区望潮街道工作委员会",
        "中共临江新区柳堤街道工作委员会",
        "中共临江新区星澜街道工作委员会",
        "中共临江新区㛃溪街道工作委员会",
        "中共临江新区沙洲镇委员会",
        "中共临江新区白鹭镇委员会",
    ),
    "non_public": (
        "中共临江新区两新组织工作委员会",
        "中共临江高新技术产业园工作委员会",
        "中共临江滨江商务区工作委员会",
        "中共临江新区互联网行业委员会",
        "中共临江新区物业服务行业委员会",
        "中共临江新区社会组织综合委员会",
    ),
}
"""The 19 directly subordinate committees by the category of most of their organisations."""


def committee_of(category: str, rng: Random) -> str:
    """Return a committee; a street also has offices and firms below it."""
    own = COMMITTEES[category]
    if category in ("government", "non_public") and rng.random() < 0.2:
        own = COMMITTEES["community"]
    return rng.choice(own)
