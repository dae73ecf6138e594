"""风险评估, 委托照护 and 强制报告 of a made-up child."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.registers.child_risk_assessment import level_of, score_of
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.child_cases import ChildFile, factors_of
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.staff import supervisor

Values = dict[str, Any]

ASSESSED_WITHIN = {"1": 350, "2": 170, "3": 80}  # days: once a year, half a year, a quarter
CONTACT = Odds({"1": 25, "2": 40, "3": 31, "4": 4})
UNWRITTEN_SHARE, EARLIER_CARER_SHARE, NO_PAPER_SHARE = 0.03, 0.06, 0.08
TERM = 365
ENDS_SOON, OVER = {0: 24, 5: 12}, {9: -8}  # of the entrustments in order: days until they run out
POLICE, CIVIL_AFFAIRS, TOWNSHIP = "1", "2", "7"  # codelist report_target
FOUND_OUT = {
    "01": ("走访时发现儿童独自居住，父亲服刑，母亲再婚后没有共同生活", "当日送至亲属家临时照料，乡镇未保站接续走访"),
    "04": ("走访时发现儿童父母均外出，家中没有成年人照料", "当日联系父母，由村委会指定专人临时看护"),
    "05": ("班主任反映儿童身上有伤，疑似在家被打", "当日会同派出所上门核实，儿童由其姑母临时照料"),
}
UNREGISTERED = ("村民反映外地来的一名儿童在场镇独自流浪，没有建档", ("02",), "已由派出所联系其家人接回")


def write_assessment(setting: Setting, draw: Draw, child: ChildFile) -> None:
    """Writes the last assessment of a child who has any risk factor."""
    factors = factors_of(draw, child.family, child.case["guardianship_level"])
    level, context = child.case["risk_level"], setting.book.context
    if not factors or level_of(score_of(factors, context), context) > level:
        return
    last = child.left or setting.today
    day = draw.day(max(child.enrolled, last - timedelta(days=ASSESSED_WITHIN[level])), last)
    values: Values = {
        "child_case_id": child.case["id"],
        "assessed_on": day,
        "factors": factors,
        "risk_level": level,
        "assessor": draw.one((child.case["director_name"], supervisor(setting)["name"])),
    }
    setting.book.write("child_risk_assessment", draw, day, values)


def write_entrustment(setting: Setting, draw: Draw, child: ChildFile, number: int) -> None:
    """Writes whom a left-behind child is entrusted to; `number` counts the township's entrustments."""
    signed = draw.day(max(child.enrolled, setting.today - timedelta(days=300)), child.left or setting.today)
    until = setting.today + timedelta(days=(ENDS_SOON | OVER).get(number, 0)) if number in ENDS_SOON | OVER else None
    until = until or signed + timedelta(days=TERM)
    signed = min(signed, until)
    values = _carer(setting, draw, child) | {
        "agreement_signed": not draw.chance(UNWRITTEN_SHARE),
        "signed_on": max(signed, child.enrolled),
        "valid_until": until,
        "contact_frequency": draw.of(CONTACT),
    }
    if child.left:
        values["ended_on"] = child.left
    elif draw.chance(EARLIER_CARER_SHARE):
        _write_earlier(setting, draw, child, values["signed_on"])
    setting.book.write("care_entrustment", draw, values["signed_on"], values)


def _carer(setting: Setting, draw: Draw, child: ChildFile) -> Values:
    carer = child.family.carer or {}
    return {
        "child_case_id": child.case["id"],
        "carer_name": carer["name"],
        "carer_id_number": carer["id_number"],
        "carer_relation": child.family.carer_relation,
        "carer_phone": carer.get("phone") or numbers.phone(draw, numbers.ELDER),
        "carer_health": carer["health_status"],
        "carer_capable": True,
        "excluded_grounds": ("00",),
        "child_heard": True,
        "told_village": True,
        "told_school": not draw.chance(NO_PAPER_SHARE),
    }


def _write_earlier(setting: Setting, draw: Draw, child: ChildFile, until: date) -> None:
    """An entrustment that ended when the present one was signed."""
    signed = max(child.enrolled, until - timedelta(days=TERM))
    values = _carer(setting, draw, child) | {
        "agreement_signed": True,
        "signed_on": signed,
        "valid_until": until,
        "contact_frequency": "2",
        "ended_on": until,
    }
    setting.book.write("care_entrustment", draw, signed, values)


def write_report(setting: Setting, draw: Draw, child: ChildFile, number: int) -> None:
    """Writes the mandatory report of a child who was in danger; every second one is closed."""
    detail, action = FOUND_OUT[child.family.kind.danger]
    day = draw.day(max(child.enrolled, setting.today - timedelta(days=150)), setting.today - timedelta(days=6))
    values = _report(draw, day, (child.family.kind.danger,), detail) | {
        "child_case_id": child.case["id"],
        "reporter": child.case["director_name"],
        "emergency_action": action,
        "stage": "2",
    }
    if number % 2:
        values |= {
            "stage": "5",
            "evaluation": "乡镇未保站会同社工评估，制定一人一案帮扶计划，每周走访一次",
            "intervention": "对监护人训诫，签订履行监护职责承诺书",
            "closed_on": min(day + timedelta(days=30), setting.today),
        }
    setting.book.write("child_report", draw, day, values)


def write_unregistered_report(setting: Setting) -> None:
    """Writes the report about a child who is on no list."""
    draw = setting.draw("report")
    detail, types, action = UNREGISTERED
    day = setting.today - timedelta(days=4)
    values = _report(draw, day, types, detail) | {
        "reporter": supervisor(setting)["name"],
        "emergency_action": action,
        "stage": "2",
    }
    setting.book.write("child_report", draw, day, values)


def _report(draw: Draw, day: date, types: tuple[str, ...], detail: str) -> Values:
    hour, minute = draw.between(8, 16), draw.between(0, 29)
    return {
        "found_at": f"{day} {hour:02d}:{minute:02d}",
        "report_types": types,
        "detail": detail,
        "reported_at": f"{day} {hour:02d}:{minute + draw.between(5, 30):02d}",
        "reported_to": (POLICE, CIVIL_AFFAIRS, TOWNSHIP),
    }
