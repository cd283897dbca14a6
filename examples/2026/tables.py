"""What is believable for the facts of the rule sets of 2026, from the worst to the best."""

from __future__ import annotations

import datetime
from typing import Any

from believable import (
    Column,
    Draw,
    Drawing,
    any_word,
    between,
    chance,
    graded,
    happening,
    number,
    part_of,
    rated,
    share,
    spread,
)

from rules.syntax import Fact


def founded(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Draw a founding day; a few organisations are younger than the period."""
    rng = drawing.rng(name)
    year = drawing.rule_set.period.to.year
    if not drawing.previous_level and rng.random() < 0.12:
        return datetime.date(year, rng.randint(2, 5), rng.randint(1, 28))
    return datetime.date(rng.randint(1992, year - 2), rng.randint(1, 12), rng.randint(1, 28))


def members(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Draw how many members: many small branches, few large ones."""
    middle = {"government": 22, "soe": 28, "community": 55, "non_public": 12}
    rng = drawing.rng(name)
    return number(
        fact, max(4, middle.get(drawing.rule_set.category, 20) * rng.lognormvariate(0, 0.5))
    )


def committee_members(drawing: Drawing, name: str, fact: Fact) -> Any:
    """A branch of seven full members has a committee of three, five or seven."""
    full = drawing.number("full_members")
    if full < 7:
        return number(fact, 0)
    return number(fact, 3 if full < 20 else 5 if full < 50 else 7)


def party_groups(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Groups of about a dozen members; small branches have none."""
    count = drawing.number("members")
    return number(fact, 0 if count < 15 else round(count / 12))


def group_meetings(drawing: Drawing, name: str, fact: Fact) -> Any:
    """One meeting a month of every group, less what was left out."""
    held = 0.55 + 0.47 * drawing.quality_in(name)
    return number(fact, min(1.0, held) * 12 * drawing.number("party_groups"))


def reform_points(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Points inside the range of the recognising level; without a reform there are none."""
    ranges = {"provincial": (1.5, 2), "municipal": (1, 1.5), "district": (0.3, 0.9)}
    low, high = ranges.get(drawing.value("reform_level"), (0, 0))
    return number(fact, low + (high - low) * drawing.quality_in(name)) if high else None


def style_deduction(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Written only where an unannounced visit found something."""
    found = 1.6 - 2.2 * drawing.quality_in(name)
    return number(fact, found) if found >= 0.5 else None


def defence(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Only those who may win the highest levels defend before the panel."""
    if drawing.quality < 0.8 or drawing.previous_level not in ("four_star", "five_star"):
        return None
    return rated(7, 70, 95)(drawing, name, fact)


def expected_leaders(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Four to eight leaders a dozen times a year."""
    return number(fact, 12 * drawing.rng(name).randint(3, 8))


_TOPICS = Column(
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
_RANK = {"district": 8.0, "municipal": 1.0}
_MEDIA = {"district": 6.0, "municipal": 2.0, "provincial": 0.5}
_PARTNERS = Column(
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
_PROJECTS = Column(
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
_SERVICES = Column(
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
_MATTERS = Column(
    texts=(
        "临江新区先进基层党组织",
        "临江新区党建创新案例一等奖",
        "市级文明单位",
        "全市最佳党日活动",
        "新区优秀书记项目",
        "市五一劳动奖状",
        "新区青年文明号",
        "新区抗台救灾集体嘉奖",
    )
)

SHARED: dict[str, Draw] = {
    "founded": founded,
    "members": members,
    "full_members": part_of("members", 0.9, 1.0),
    "committee_members": committee_members,
    "party_groups": party_groups,
    "action_branch": lambda drawing, name, fact: drawing.rng(name).random() < 0.55,
    "study_sessions": happening(5, 12.4, every=True, topic=_TOPICS),
    "party_lectures": happening(
        1,
        4.2,
        every=True,
        lecturer=Column(
            worst={"invited": 2, "member": 2}, best={"secretary": 3, "leader": 1, "member": 1}
        ),
    ),
    "theme_days": happening(
        6,
        12.4,
        every=True,
        expected=Column(share_of="members", low=1, high=1),
        attended=Column(share_of="expected", low=0.6, high=0.98),
    ),
    "ideology_reviews": happening(0.6, 2.2, every=True, topic=_TOPICS),
    "volunteers": share("members", 0.15, 0.95),
    "members_meetings": happening(2, 4.3, every=True, topic=_TOPICS),
    "committee_meetings": happening(6, 12.4, every=True, topic=_TOPICS),
    "group_meetings": group_meetings,
    "life_meetings": happening(0.4, 1.3, every=True, topic=_TOPICS),
    "appraised_members": share("members", 0.75, 1.0),
    "late_dues_months": spread(2.2, -0.4),
    "election": graded("not_due", "not_due", "on_time", "on_time", "approved", "overdue"),
    "development_planned": between(0, 5),
    "development_done": share("development_planned", 0.5, 1.0),
    "development_faults": spread(1.4, -0.6),
    "milestones_due": between(4, 12),
    "milestones_met": share("milestones_due", 0.45, 1.0),
    "implementation": spread(1.2, 4),
    "innovation": spread(0, 2),
    "satisfaction": spread(0.7, 0.995),
    "defence": defence,
    "honours": happening(
        -0.5, 2.2, years=4, giver=Column(worst={"district": 1}, best=_RANK), matter=_MATTERS
    ),
    "publicity": happening(0, 9, medium=Column(worst={"district": 1}, best=_MEDIA)),
    "showcases": happening(-0.8, 1.2, years=3),
    "complaints": happening(
        0.9,
        -1,
        outcome=Column(worst={"fully": 1, "partly": 2}, best={"partly": 1}),
        matter=Column(texts=("服务态度生硬", "信息公开不及时")),
    ),
    "disciplined_members": spread(1, -1.2),
    "violations": happening(0, 0),
    "overdue_rectifications": spread(0.4, -2),
}

GOVERNMENT: dict[str, Draw] = {
    "window_unit": lambda drawing, name, fact: drawing.rng(name).random() < 0.45,
    "young_cadres": part_of("members", 0.15, 0.45),
    "subordinate_units": between(0, 8),
    "model_review": graded("excellent", "good", "fair", "poor"),
    "leaders_expected": expected_leaders,
    "leaders_attended": share("leaders_expected", 0.6, 1.0),
    "youth_sessions": happening(2, 6.4, every=True, topic=_TOPICS),
    "mutual_ratings": rated(9, 72, 97),
    "tasks_planned": between(8, 24),
    "tasks_done": share("tasks_planned", 0.7, 1.12),
    "performance": spread(80, 104),
    "organisation_score": spread(0.8, 2),
    "discipline_score": spread(0.4, 1),
    "efficiency_score": spread(0.4, 1),
    "breakthroughs": spread(0, 6),
    "reform_level": graded(
        "provincial",
        "municipal",
        "municipal",
        "district",
        "district",
        "none",
        "none",
        "none",
        "none",
    ),
    "reform_points": reform_points,
    "items_due": between(300, 12_000),
    "items_on_time": share("items_due", 0.9, 1.0),
    "documents_ceiling": between(30, 90),
    "documents_issued": share("documents_ceiling", 1.25, 0.85),
    "inspections_planned": between(2, 6),
    "inspections": share("inspections_planned", 1.5, 0.95),
    "style_deduction": style_deduction,
    "service_rating": spread(0.9, 1.0),
    "eight_rules_cases": spread(0, 0),
    "pairing_visits": happening(2, 12.4, every=True, unit=_PARTNERS),
    "needs_raised": between(3, 15),
    "needs_met": share("needs_raised", 0.5, 1.0),
    "requests_on_time": spread(0.8, 1.0),
    "reported_members": share("members", 0.3, 1.0),
    "wishes_met": spread(2, 30),
    "joint_activities": spread(0, 6),
    "adjacent_solved": spread(0, 3),
    "sample_drawn": between(3, 3),
    "sample_passed": share("sample_drawn", 0.4, 1.0),
}

SOE: dict[str, Draw] = {
    "unit_kind": any_word(company=5, unit=4, office=2),
    "leaders": between(4, 9),
    "cross_posted": share("leaders", 0.2, 0.75),
    "chair": graded("one_person", "one_person", "one_person", "approved", "separate"),
    "committee_age": spread(50.5, 40),
    "charter": graded("complete", "complete", "partial", "none"),
    "matters_due": between(6, 30),
    "matters_discussed": share("matters_due", 0.8, 1.0),
    "list_revised": chance(0.3, 1.1),
    "decision_flaws": spread(0.8, -0.1),
    "audit_findings": spread(2, -0.5),
    "party_funds": spread(0.003, 0.012),
    "profit_completion": spread(0.7, 1.25),
    "tasks_due": between(8, 20),
    "productivity_growth": spread(-0.03, 0.12),
    "research_share": spread(0.002, 0.055),
    "patents": spread(-2, 8),
    "improvements": spread(0, 14),
    "safety_accidents": happening(
        0.9, -0.8, severity=Column(worst={"minor": 5, "general": 1}, best={"minor": 1})
    ),
    "overdue_hazards": spread(2, -0.6),
    "customer_satisfaction": spread(0.72, 0.99),
    "post_holders": share("members", 0.1, 0.7),
    "task_forces": happening(0, 5, project=_PROJECTS, result=_PROJECTS),
    "member_hazards": spread(0, 11),
    "member_breaches": spread(3, -0.6),
    "backbone_members": share("members", 0.2, 0.65),
    "trained_members": share("members", 0.78, 1.0),
    "workers_congress": happening(
        0.3, 1.4, every=True, attended=Column(share_of="members", low=2, high=3)
    ),
    "union_on_time": chance(0.5, 1.1),
    "league_active": chance(0.4, 1.1),
    "staff_requests": between(4, 60),
    "staff_requests_closed": share("staff_requests", 0.7, 1.0),
    "staff_requests_repeated": spread(5, -0.5),
    "integration": rated(6, 68, 94),
}

NON_PUBLIC: dict[str, Draw] = {
    "org_type": any_word(enterprise=7, social=3),
    "alliance_member": lambda drawing, name, fact: drawing.rng(name).random() < 0.7,
    "hires_riders": lambda drawing, name, fact: drawing.rng(name).random() < 0.3,
    "units_due": between(0, 9),
    "units_covered": share("units_due", 0.4, 1.0),
    "backbone_share": spread(0.2, 0.9),
    "joint_meetings": happening(1, 4.3, every=True, topic=_TOPICS),
    "problems_listed": between(2, 8),
    "problems_solved": share("problems_listed", 0.4, 1.0),
    "pairing_projects": spread(0, 4),
    "requests": happening(
        3,
        12,
        outcome=Column(worst={"in_time": 5, "late": 2, "open": 1}, best={"in_time": 30, "late": 1}),
    ),
    "follow_up_rating": spread(0.75, 1.0),
    "member_projects": happening(0, 5, project=_PROJECTS, result=_PROJECTS),
    "revenue_growth": spread(-0.15, 0.35),
    "tax_growth": spread(-0.1, 0.3),
    "social_grade": graded("grade_5a", "grade_4a", "grade_3a", "lower", "ungraded"),
    "hazards_found": spread(4, -0.5),
    "hazards_solved": spread(0, 12),
    "stations": spread(0, 5),
    "station_services": spread(1, 9),
    "rider_reports": happening(
        2,
        20,
        stage=Column(
            worst={"filed": 2, "handled": 2, "rewarded": 1}, best={"handled": 1, "rewarded": 4}
        ),
    ),
    "riders_found": between(3, 30),
    "riders_included": share("riders_found", 0.4, 1.0),
    "riders_insured": spread(0.6, 1.0),
    "employees": part_of("members", 6, 14),
    "contracts": share("employees", 0.85, 1.0),
    "wage_cases": spread(0.5, -2),
    "congress_held": chance(0.2, 1.1),
    "agreement_valid": chance(0.2, 1.1),
    "care_visits": happening(
        0,
        9,
        visited=Column(
            texts=("困难党员", "老党员", "一线快递员", "值班保安", "新就业群体子女", "住院职工")
        ),
    ),
    "members_talked_to": share("members", 0.4, 1.0),
    "staff_ratings": rated(8, 72, 97),
}

COMMUNITY: dict[str, Draw] = {
    "households": between(900, 5200),
    "grids": between(4, 14),
    "stairwells": between(40, 260),
    "borders_other_area": lambda drawing, name, fact: drawing.rng(name).random() < 0.25,
    "has_riders": lambda drawing, name, fact: drawing.rng(name).random() < 0.6,
    "part_time_members": between(2, 7),
    "team_age": spread(43, 35),
    "requests_filed": between(30, 400),
    "requests_closed": share("requests_filed", 0.86, 1.0),
    "requests_on_time": share("requests_closed", 0.8, 1.0),
    "requests_rated": share("requests_closed", 0.4, 0.9),
    "requests_praised": share("requests_rated", 0.75, 1.0),
    "requests_repeated": spread(4, -0.5),
    "supervised_overdue": spread(1, -1),
    "network_levels": spread(3, 5.3),
    "household_leaders": share("stairwells", 0.6, 1.0),
    "party_grids": share("grids", 0.7, 1.0),
    "grid_solved": share("households", 0.01, 0.12),
    "known_share": spread(0.6, 0.96),
    "idle_part_timers": share("part_time_members", 0.6, 0),
    "alliance_meetings": happening(1, 4.3, every=True, topic=_TOPICS),
    "alliance_plan": chance(0.4, 1.1),
    "problems_listed": between(3, 12),
    "problems_solved": share("problems_listed", 0.5, 1.0),
    "border_reports": happening(5, 12.4, every=True, topic=_TOPICS),
    "pairing_visits": happening(3, 8.4, every=True, partner=_PARTNERS),
    "members_reported": part_of("members", 1, 3),
    "members_serving": share("members_reported", 0.4, 0.95),
    "police_view": spread(0.3, 0.8),
    "housing_view": spread(0.2, 0.7),
    "city_view": spread(0.2, 0.5),
    "venue": graded("own", "own", "own", "shared", "none"),
    "venue_services": spread(2, 9),
    "open_after_hours": chance(0.3, 1.1),
    "service_projects": happening(2, 8, project=_SERVICES, result=_SERVICES),
    "volunteer_services": spread(8, 60),
    "households_served": share("households", 0.04, 0.4),
    "rider_stations": spread(0, 2.5),
    "rider_reports_closed": spread(1, 22),
    "rider_branch": chance(0.1, 0.9),
    "rider_forum": chance(0.1, 0.9),
    "rider_liaison": chance(0.3, 1.1),
    "feature": spread(0.4, 2),
}

DRAWS: dict[str, dict[str, Draw]] = {
    "government": SHARED | GOVERNMENT,
    "soe": SHARED | SOE,
    "non_public": SHARED | NON_PUBLIC,
    "community": SHARED | COMMUNITY,
}
"""What is known about the facts of each category; probing finds out the rest."""
