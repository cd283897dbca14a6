"""Names of organisations of the invented 临江新区; no name is that of a real one."""

from __future__ import annotations

CODES = {"government": "JG", "soe": "GQ", "community": "SQ", "non_public": "LX"}

_BUREAUS = [
    "发展和改革局",
    "财政局",
    "审计局",
    "统计局",
    "商务局",
    "科学技术局",
    "工业和信息化局",
    "自然资源和规划局",
    "生态环境局",
    "住房和城乡建设局",
    "交通运输局",
    "水务局",
    "农业农村局",
    "文化体育和旅游局",
    "卫生健康局",
    "退役军人事务局",
    "应急管理局",
    "市场监督管理局",
    "医疗保障局",
    "城市管理局",
    "人力资源和社会保障局",
    "民政局",
    "教育局",
    "司法局",
    "信访局",
    "数据局",
    "档案馆",
]
_LONG_OFFICE = (
    "中共临江新区行政审批服务管理局（区政务服务中心、区公共资源交易监督管理办公室）"
    "企业开办与工程建设审批各窗口联合支部委员会"
)
_COMPANIES = [
    "城市建设投资集团有限公司",
    "交通集团有限公司",
    "水务环境集团有限公司",
    "文化旅游发展有限公司",
    "科技创新投资有限公司",
    "粮食储备有限公司",
    "人才服务有限公司",
    "智慧停车管理有限公司",
    "公共交通有限公司",
    "燃气热力有限公司",
    "融资担保有限公司",
    "农业发展有限公司",
    "港口物流有限公司",
    "检验检测有限公司",
]
_UNITS = (
    "本部",
    "工程管理部",
    "运营分公司",
    "综合管理部",
    "项目管理中心",
    "财务审计部",
    "客户服务中心",
)
_COMMUNITIES = [
    "望潮门",
    "柳堤",
    "星澜",
    "㛃溪",
    "䶮湾",
    "白鹭洲",
    "青芦",
    "枫桥里",
    "沁园",
    "紫藤",
    "云岫",
    "长堤",
    "杏花坞",
    "海棠",
    "听涛",
    "金穗",
    "银杏苑",
    "莲塘",
    "竹里",
    "春申",
    "南薰",
    "北渚",
    "桐荫",
    "临安坊",
    "玉带",
    "石埭",
    "犇马塘",
    "喆园",
    "堃和",
    "枕河",
]
_FIRMS = [
    "𬭎泰精密科技有限公司",
    "澜海生物医药股份有限公司",
    "云帆软件（临江）有限公司",
    "晨曦新能源材料有限公司",
    "安途供应链管理有限公司",
    "䶮腾智能装备有限公司",
    "禾木幼儿园",
    "同舟律师事务所",
    "德润会计师事务所",
    "邻里物业服务有限公司",
    "悦居物业服务有限公司",
    "飞递即时配送有限公司",
    "闪达快递有限公司",
    "青藤养老服务中心",
    "益启社会工作服务中心",
    "跨境电商协会",
    "餐饮行业协会",
    "江畔民营医院",
    "启明职业培训学校",
    "星链互联网科技有限公司",
    "万象商业管理有限公司",
    "博远检测认证有限公司",
    "恒信人力资源有限公司",
    "松石芯片设计有限公司",
    "海川冷链物流有限公司",
    "㛃美化妆品有限公司",
    "蓝鲸游戏软件有限公司",
    "聚能充电科技有限公司",
    "正阳建筑装饰工程有限公司",
    "优食餐饮管理有限公司",
]
_LONG_FIRM = (
    "中共临江新区新就业群体（外卖配送、快递、网约车、货运司机、网络主播）流动党员联合支部委员会"
)
_ORDINALS = "一二三四五六七八九"


def name_of(category: str, number: int) -> str:
    """Return the name of the n-th organisation of a category; two are very long."""
    return _NAMES[category](number)


def _office(number: int) -> str:
    if number == 7:
        return _LONG_OFFICE
    bureau = _BUREAUS[number % len(_BUREAUS)]
    ordinal = _ORDINALS[(number * 5) % 3 + number // len(_BUREAUS)]
    return f"中共临江新区{bureau}机关第{ordinal}支部委员会"


def _enterprise(number: int) -> str:
    company = _COMPANIES[number % len(_COMPANIES)]
    unit = _UNITS[(number + number // len(_COMPANIES)) % len(_UNITS)]
    return f"中共临江{company}{unit}支部委员会"


def _community(number: int) -> str:
    place = _COMMUNITIES[number % len(_COMMUNITIES)]
    kind = "总支部委员会" if number % 4 == 3 else "委员会"
    ordinal = number // len(_COMMUNITIES)
    return f"中共临江新区{place}{'第二' if ordinal else ''}社区{kind}"


def _firm(number: int) -> str:
    if number == 11:
        return _LONG_FIRM
    firm = _FIRMS[number % len(_FIRMS)]
    return f"中共临江{firm}{'研发中心' if number >= len(_FIRMS) else ''}支部委员会"


_NAMES = {"government": _office, "soe": _enterprise, "community": _community, "non_public": _firm}
