"""一人一档, 一处一档: what the page of a record shows, declared for each register that has one."""

from __future__ import annotations

from dataclasses import dataclass

OWNER, PERSON = "id", "person_id"  # which id the records of a tab refer to


@dataclass(frozen=True)
class Tab:
    """Records of another register that belong to this one."""

    key: str
    words: str
    register: str
    reference: str  # path of the reference in that register
    order: str = ""
    of: str = OWNER
    entered: bool = True  # new ones can be begun here


@dataclass(frozen=True)
class Dossier:
    """The page of one record: its head, and its tabs between 档案 and 历史."""

    register: str
    title: str
    tabs: tuple[Tab, ...]
    about: tuple[str, ...]  # paths of what is said beside the name
    classes: str  # the field that says what kind it is
    entry: str  # the words for entering into the first tab
    name: str = "person.name"
    born: str = "person.birth_date"
    risk: bool = False
    monthly: bool = False  # whether a month without a visit is a month too few
    visits: str = ""  # what a visit is called; without visits there are neither dots nor days

    def tab(self, key: str) -> Tab:
        """Returns a tab."""
        return next(one for one in self.tabs if one.key == key)


WHERE = ("person.sex", "person.residence_division", "person.group_name")
RELATIONS = Tab("relations", "关系人", "person_relation", "person_id", of=PERSON)
BENEFITS = Tab("benefits", "待遇", "person_benefit", "person_id", "-start_month", of=PERSON)
ASSESSMENTS = Tab("assessments", "评估", "ability_assessment", "person_id", "-assessed_on", of=PERSON)
_ALL = (
    Dossier(
        "elder_case",
        "一人一档",
        (Tab("visits", "探访", "elder_visit", "case_id", "-visit_date"), ASSESSMENTS, BENEFITS, RELATIONS),
        about=WHERE,
        classes="categories",
        entry="录入探访",
        risk=True,
        monthly=True,
        visits="探访",
    ),
    Dossier(
        "child_case",
        "一人一档",
        (
            Tab("visits", "走访", "child_visit", "child_case_id", "-visit_date"),
            Tab("entrusted", "委托照护", "care_entrustment", "child_case_id", "-signed_on"),
            Tab("assessments", "风险评估", "child_risk_assessment", "child_case_id", "-assessed_on"),
            Tab("reports", "强制报告", "child_report", "child_case_id", "-found_at"),
            BENEFITS,
            RELATIONS,
        ),
        about=WHERE,
        classes="child_types",
        entry="录入走访",
        risk=True,
        visits="走访",
    ),
    Dossier(
        "left_behind_woman",
        "一人一档",
        (Tab("visits", "走访", "left_behind_woman_visit", "case_id", "-visit_date"), RELATIONS),
        about=WHERE,
        classes="difficulties",
        entry="录入走访",
        risk=True,
        visits="走访",
    ),
    Dossier(
        "homecare_enrolment",
        "一人一档",
        (Tab("logs", "月服务记录", "homecare_log", "enrolment_id", "-month"), ASSESSMENTS, BENEFITS, RELATIONS),
        about=WHERE,
        classes="plan_services",
        entry="登记服务",
    ),
    Dossier(
        "facility",
        "设施档案",
        (
            Tab("months", "月报", "facility_month", "facility_id", "-month"),
            Tab("inspections", "安全排查", "facility_inspection", "facility_id", "-inspected_on"),
            Tab("issues", "隐患整改", "facility_issue", "inspection.facility_id", "-due_on", entered=False),
        ),
        about=("division_code", "status", "head_name", "head_phone"),
        classes="facility_type",
        entry="填月报",
        name="name",
        born="",
    ),
)
DOSSIERS: dict[str, Dossier] = {one.register: one for one in _ALL}
