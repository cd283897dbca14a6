"""What is believable for the facts of enterprises and two-new organisations, worst to best."""

from __future__ import annotations

from believable import Draw, any_word, between, chance, graded, part_of, rated, share, spread
from happenings import Column, happening
from topics import PROJECTS, TOPICS

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
    "task_forces": happening(0, 5, project=PROJECTS, result=PROJECTS),
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
    "joint_meetings": happening(1, 4.3, every=True, topic=TOPICS),
    "problems_listed": between(2, 8),
    "problems_solved": share("problems_listed", 0.4, 1.0),
    "pairing_projects": spread(0, 4),
    "requests": happening(
        3,
        12,
        outcome=Column(worst={"in_time": 5, "late": 2, "open": 1}, best={"in_time": 30, "late": 1}),
    ),
    "follow_up_rating": spread(0.75, 1.0),
    "member_projects": happening(0, 5, project=PROJECTS, result=PROJECTS),
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
