"""One whole record of every register, made of a sample value of each field and what the rules want besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from service_desk import VILLAGE, id_number

from anyue_desktop.core import types
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Photos, Ref, Refs, Text
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.workspace import Workspace

SAMPLES: dict[type, Any] = {
    types.Date: date(2026, 11, 10),
    types.Group: "3组",
    types.Moment: "2026-11-10 09:30",
    types.Month: "2026-10",
    types.Name: "龚志明",
    types.Phone: "13990120001",
    types.ResidentId: id_number(7, date(1970, 5, 1)),
    types.Text: "甲乙",
    types.TimeOfDay: "09:30",
    types.YesNo: True,
}
ELDER = {
    "id_number": id_number(2),
    "id_type": "111",
    "birth_date": date(1946, 3, 2),
    "sex": "2",
    "phone": "13990120002",
    "health_status": "10",
    "relief_class": "0",
    "life_status": "1",
}
CHILD = {**ELDER, "name": "周小春", "id_number": id_number(4, date(2016, 3, 2)), "birth_date": date(2016, 3, 2)}
LEFT_EMPTY = {  # what a living, unexited, well-documented person has nothing to say of
    "person": {"id_missing_reason", "id_force_note", "phone_none", "serious_illness", "disability_cert_no",
               "disability_type", "disability_grade", "death_date", "disposal_kind", "same_address"},
    "elder_case": {"exit_date", "exit_reason", "exit_note"},
    "child_case": {"exit_date", "exit_reason", "exit_note", "improper_care", "special_conditions"},
    "care_entrustment": {"ended_on"},
    "child_report": {"closed_on"},
}  # fmt: skip
FORMED = {"disability_cert_no", "uscc", "bank_account"}  # texts with a form of their own
GIVEN: dict[str, dict[str, Any]] = {
    "person": ELDER,
    "elder_case": {"categories": ("01",), "main_category": "01", "living_arrangement": "1", "children_alive": 2,
                   "children_local": 1, "enrol_date": date(2026, 1, 5)},
    "person_relation": {"relation": "20"},
    "person_benefit": {"bank_account": "6217001234567890"},
    "ability_assessment": {"score_self_care": 40, "score_mobility": 10, "score_mental": 10, "score_perception": 10,
                           "score_total": 70, "ability_level": "1"},
    "facility": {"beds_total": 10, "beds_full": 8, "beds_day": 2, "food_license_until": date(2027, 6, 30),
                 "uscc": "91350100M000100Y43", "longitude": Decimal("105.300000"), "latitude": Decimal("30.100000")},
    "facility_issue": {"owner": "龚志明", "recheck_by": "陈志远"},
    "homecare_log": {"month": "2026-11"},
    "protect_staff": {"role": "2"},
    "county_manual": {"std_relief_urban": Decimal("1300.00"), "std_relief_rural": Decimal("1300.00"),
                      "std_dibao_urban": Decimal("1000.00"), "std_dibao_rural": Decimal("800.00"),
                      "dibao_rural_ratio": Decimal("80.00"), "year": 2025},
    "child_case": {"person": CHILD, "child_types": ("01",), "main_type": "01",
                   "father_id": id_number(3, date(1985, 5, 1)), "father_state": "01", "mother_state": "01",
                   "school_stage": "3", "dropout": False,
                   "enrol_date": date(2026, 1, 5), "visit_interval_days": 90, "risk_level": "2"},
    "care_entrustment": {"carer_relation": "62", "excluded_grounds": ("00",), "valid_until": date(2027, 6, 30)},
    "child_visit": {"visit_result": "1", "danger_found": ("00",), "home_safety": ("02",)},
    "child_risk_assessment": {"factors": ("B01", "B05"), "risk_level": "2", "level_reason": None},
    "child_report": {"report_types": ("05",), "reported_to": ("1", "2"), "reported_at": "2026-11-10 10:05",
                     "stage": "2"},
}  # fmt: skip
ANOTHER: dict[str, tuple[str, Any]] = {  # a field that is not of the natural key, and another value for it
    "care_entrustment": ("carer_phone", "13990129999"),
    "household_member": ("relation_to_head", "20"),
    "facility_month": ("meal_times", 2),
    "facility_issue": ("measure", "丙丁"),
    "village_year_base": ("filler", "王大明"),
    "county_manual": ("volunteers_total", 5),
}


def another(register: Register) -> tuple[str, Any]:
    """Returns a field and a value it does not have yet: the first plain text unless the register has none."""
    plain = (one.key for one in typed_fields(register) if type(one.type) is Text and one.key not in FORMED)
    return ANOTHER.get(register.name) or (next(plain), "丙丁")


def sample(kind: Any) -> Any:
    """Returns a value a field of this type may hold."""
    if isinstance(kind, types.Code):
        return kind.list.codes[0]
    if isinstance(kind, types.Codes):
        return tuple(code for code in kind.list.codes if code != kind.exclusive)[:2]
    if isinstance(kind, types.Integer):
        return max(kind.low, 1)
    if isinstance(kind, types.Number):
        return max(Decimal(kind.low), Decimal(1)).quantize(Decimal(1).scaleb(-kind.places))
    if isinstance(kind, types.Division):
        return "512021206000" if kind.level == "township" else VILLAGE
    return SAMPLES[type(kind)]


def typed_fields(register: Register) -> list[Field]:
    """Returns the fields a person fills in, without the references."""
    return [one for one in register.fields if one.typed and not isinstance(one.type, Ref | Refs | Photos)]


def whole(register: Register) -> dict[str, Any]:
    """Returns everything a person could say of one record, without what it points to."""
    empty, given = LEFT_EMPTY.get(register.name, set()), GIVEN.get(register.name, {})
    values = {one.key: sample(one.type) for one in typed_fields(register) if one.key not in empty}
    values |= {key: value for key, value in given.items() if key in register.by_key}
    inner = columns.embedded(register)
    if inner is not None:
        segment = columns.embedded_segment(register)
        values[segment] = {**whole(inner), **given.get(segment, {})}
    return {key: value for key, value in values.items() if value is not None}


def made(workspace: Workspace, name: str, known: dict[str, str] | None = None) -> str:
    """Registers a whole record, and before it those it points to; returns its id. `known` keeps one of each."""
    before = {} if known is None else known
    if name not in before:
        register = REGISTERS[name]
        pointing = pointers(workspace, register, before)
        before[name] = saved(workspace, name, {**whole(register), **pointing})
    return before[name]


def pointers(workspace: Workspace, register: Register, known: dict[str, str]) -> dict[str, Any]:
    """Returns what a record points to, registered beforehand."""
    found: dict[str, Any] = {}
    for one in register.fields:
        if one.need is Need.AUTO or one.key == register.embeds or not isinstance(one.type, Ref | Refs):
            continue
        identity = made(workspace, one.type.target, known)
        found[one.key] = identity if isinstance(one.type, Ref) else (identity,)
    return found


def saved(workspace: Workspace, name: str, values: Mapping[str, Any]) -> str:
    """Saves a record that has no 逻辑错误 and returns its id."""
    outcome = workspace.records.save(name, values)
    assert outcome.saved, [(problem.field, problem.message) for problem in outcome.problems]
    return outcome.id


def told(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns what a person said of a record, as it is stored: own fields, and those of the embedded one."""
    said = {one.key: values.get(one.key) for one in typed_fields(register)}
    inner = columns.embedded(register)
    if inner is not None:
        segment = columns.embedded_segment(register)
        said |= {f"{segment}.{key}": value for key, value in told(inner, values[segment]).items()}
    return said


__all__ = ["another", "made", "pointers", "sample", "saved", "told", "typed_fields", "whole"]
