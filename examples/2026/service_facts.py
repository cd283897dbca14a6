"""What is believable for the facts of offices and communities, from the worst to the best."""

from __future__ import annotations

from typing import Any

from believable import (
    Draw,
    Drawing,
    between,
    chance,
    graded,
    number,
    part_of,
    rated,
    share,
    spread,
)
from happenings import happening
from topics import PARTNERS, SERVICES, TOPICS

from rules.syntax import Fact


def reform_points(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Points inside the range of the recognising level; without a reform there are none."""
    ranges = {"provincial": (1.5, 2), "municipal": (1, 1.5), "district": (0.3, 0.9)}
    low, high = ranges.get(drawing.value("reform_level"), (0, 0))
    return number(fact, low + (high - low) * drawing.quality_in(name)) if high else None


def style_deduction(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Written only where an unannounced visit found something."""
    found = 1.6 - 2.2 * drawing.quality_in(name)
    return number(fact, found) if found >= 0.5 else None


def expected_leaders(drawing: Drawing, name: str, fact: Fact) -> Any:
    """Four to eight leaders a dozen times a year."""
    return number(fact, 12 * drawing.rng(name).randint(3, 8))


GOVERNMENT: dict[str, Draw] = {
    "window_unit": lambda drawing, name, fact: drawing.rng(name).random() < 0.45,
    "young_cadres": part_of("members", 0.15, 0.45),
    "subordinate_units": between(0, 8),
    "model_review": graded("excellent", "good", "fair", "poor"),
    "leaders_expected": expected_leaders,
    "leaders_attended": share("leaders_expected", 0.6, 1.0),
    "youth_sessions": happening(2, 6.4, every=True, topic=TOPICS),
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
    "pairing_visits": happening(2, 12.4, every=True, unit=PARTNERS),
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
    "alliance_meetings": happening(1, 4.3, every=True, topic=TOPICS),
    "alliance_plan": chance(0.4, 1.1),
    "problems_listed": between(3, 12),
    "problems_solved": share("problems_listed", 0.5, 1.0),
    "border_reports": happening(5, 12.4, every=True, topic=TOPICS),
    "pairing_visits": happening(3, 8.4, every=True, partner=PARTNERS),
    "members_reported": part_of("members", 1, 3),
    "members_serving": share("members_reported", 0.4, 0.95),
    "police_view": spread(0.3, 0.8),
    "housing_view": spread(0.2, 0.7),
    "city_view": spread(0.2, 0.5),
    "venue": graded("own", "own", "own", "shared", "none"),
    "venue_services": spread(2, 9),
    "open_after_hours": chance(0.3, 1.1),
    "service_projects": happening(2, 8, project=SERVICES, result=SERVICES),
    "volunteer_services": spread(8, 60),
    "households_served": share("households", 0.04, 0.4),
    "rider_stations": spread(0, 2.5),
    "rider_reports_closed": spread(1, 22),
    "rider_branch": chance(0.1, 0.9),
    "rider_forum": chance(0.1, 0.9),
    "rider_liaison": chance(0.3, 1.1),
    "feature": spread(0.4, 2),
}
