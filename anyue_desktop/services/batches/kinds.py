"""The grids there are."""

from __future__ import annotations

from anyue_desktop.services.batches.batch import Batch, Fact

NAME = Fact("姓名", "person.name", 7.0)
PLACE = Fact("村（社区）", "person.residence_division", 6.5)
GROUP = Fact("组", "person.group_name", 3.5)


def _month(month: str) -> str:
    return month


def _year(month: str) -> int:
    return int(month[:4])


_ALL = (
    Batch(
        "elder_visit",
        "本月探访",
        owner="elder_case",
        reference="case_id",
        time="visit_date",
        columns=(
            "visit_date", "visit_method", "visit_result", "health", "mental", "safety_issues", "hygiene", "housing",
            "needs", "actions", "visitor_name", "health_note",
        ),
        name=NAME,
        village="person.residence_division",
        facts=(PLACE, GROUP, Fact("上次探访", "last_visit_date", 7.0)),
        stable=(
            "visit_method", "health", "mental", "safety_issues", "hygiene", "housing", "supplies", "needs", "actions",
        ),
        done="本月已探访",
        only="只看没探访的",
    ),
    Batch(
        "child_visit",
        "本月儿童走访",
        owner="child_case",
        reference="child_case_id",
        time="visit_date",
        columns=(
            "visit_date", "visit_method", "visit_result", "saw_child", "living", "study", "health", "mental",
            "guardianship_level", "parent_contact", "home_safety", "danger_found", "needs", "actions", "visitor_name",
            "summary",
        ),
        name=NAME,
        village="person.residence_division",
        facts=(PLACE, Fact("上次走访", "last_visit_date", 7.0), Fact("应走访", "next_due_date", 7.0)),
        stable=(
            "visit_method", "living", "study", "health", "mental", "guardianship_level", "parent_contact",
            "home_safety", "needs", "actions",
        ),
        done="本月已走访",
        only="只看没走访的",
    ),
    Batch(
        "left_behind_woman_visit",
        "本月留守妇女走访",
        owner="left_behind_woman",
        reference="case_id",
        time="visit_date",
        columns=(
            "visit_date", "visit_method", "visit_result", "health", "mental", "difficulties_found", "needs",
            "supports", "visitor_name",
        ),
        name=NAME,
        village="person.residence_division",
        facts=(PLACE, GROUP, Fact("上次走访", "last_visit_date", 7.0)),
        stable=("visit_method", "health", "mental", "difficulties_found", "needs", "supports"),
        done="本月已走访",
        only="只看没走访的",
    ),
    Batch(
        "homecare_log",
        "本月居家养老服务",
        owner="homecare_enrolment",
        reference="enrolment_id",
        time="month",
        columns=(
            "times", "hours", "subsidy_amount", "self_pay_amount", "server_name", "satisfaction", "complaint",
        ),
        name=Fact("姓名与服务", "person.name", 11.0),
        village="person.residence_division",
        facts=(PLACE, Fact("计划次数", "plan_times_month", 5.5)),
        each=("plan_services", "service_type"),
        stable=("times", "hours", "subsidy_amount", "self_pay_amount", "server_name"),
        before="上月",
        period=_month,
        done="本月已登记",
    ),
    Batch(
        "facility_month",
        "本月设施月报",
        owner="facility",
        reference="facility_id",
        time="month",
        columns=(
            "residents_end", "residents_relief", "residents_disabled", "day_service_times", "meal_times",
            "home_visit_times", "activity_times", "activity_persons", "burials",
        ),
        name=Fact("设施", "name", 14.0),
        village="division_code",
        facts=(Fact("类型", "facility_type", 9.0), Fact("床位", "beds_total", 4.0)),
        before="上月",
        period=_month,
        done="本月已填",
    ),
    Batch(
        "village_year_base",
        "年度基础数据",
        owner="",
        reference="village_code",
        time="year",
        columns=(
            "area_kind", "households_reg", "households_res", "pop_reg", "pop_res", "pop60_reg", "pop60_res",
            "pop65_reg", "pop80_reg", "pop0_17", "pop0_15", "migrant_out", "deaths", "cremations", "disabled_cert",
            "disabled_hard_should", "disabled_hard_got", "disabled_severe_should", "disabled_severe_got",
            "relief_total", "relief_willing", "relief_central", "social_workers", "homecare_running",
            "has_child_director", "has_charter", "filler", "audited_by",
        ),
        name=Fact("村（社区）", "", 9.0),
        begins=("area_kind", "filler"),
        before="上年",
        period=_year,
        yearly=True,
        done="已填",
    ),
)  # fmt: skip
BATCHES: dict[str, Batch] = {one.register: one for one in _ALL}


def batch_of(register: str) -> Batch | None:
    """Returns the batch of a register, or of what is entered for its records."""
    return BATCHES.get(register) or next((one for one in _ALL if one.owner == register), None)
