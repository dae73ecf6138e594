"""安全排查 and 隐患 of made-up facilities: most are mended, some are open, one is overdue, one is grave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from anyue_desktop.services.practice import words
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

IN_USE = "1"
TIMES = {"E01": 5, "E06": 5, "E04": 5, "E08": 2, "E09": 2, "E11": 3, "E10": 1, "S01": 1}  # a year, by facility_type
KINDS = Odds({"01": 40, "02": 15, "04": 15, "06": 15, "08": 5, "11": 10})
PASSED, MINOR_HAZARDS, MAJOR_HAZARD = "1", "2", "3"  # codelist inspect_result
MINOR, MAJOR = "1", "2"  # codelist hazard_level
HAZARD_SHARE, SECOND_SHARE = 0.3, 0.3
JOINT = ("应急办", "派出所", "县消防救援大队", "市场监管所", "")
HAZARDS = {
    "01": (("灭火器压力不足", "更换灭火器"), ("疏散通道堆放杂物", "清理通道并每日巡查")),
    "02": (("食品留样记录不全", "按要求留样48小时并登记"), ("生熟案板未分开", "分类标识，专板专用")),
    "04": (("厨房电线私拉乱接", "请电工规范布线"), ("液化气软管老化", "更换金属软管")),
    "06": (("监控有两个盲区", "加装摄像头"), ("值班记录不全", "落实夜间值班登记")),
    "08": (("屋后排水沟淤堵", "清掏排水沟"), ("围墙有裂缝", "设警示并加固")),
    "11": (("浴室地面湿滑", "铺设防滑垫，加装扶手"), ("床头呼叫器失灵", "检修呼叫系统")),
}  # fmt: skip
GRAVE = ("厨房与居室之间没有防火分隔，使用瓶装液化气", "停用瓶装液化气，改用电灶，加装防火门")
MENDED = "1"
LATEST = (  # of the first facilities inspected: days ago, days until it is due, grave or not
    (6, 9, True),
    (41, -11, False),
    (8, 16, False),
)


def write_inspections(setting: Setting) -> None:
    """Writes a year of inspections of the facilities in use."""
    inspected = [
        one for one in setting.book.records["facility"] if one["status"] == IN_USE and one["facility_type"] in TIMES
    ]
    officials = [words.full_name(setting.draw("official", number), "1", young=True) for number in range(4)]
    for number, facility in enumerate(inspected):
        draw = setting.draw("inspection", number)
        for turn in range(TIMES[facility["facility_type"]]):
            day = setting.today - timedelta(days=draw.between(45, 70) + 65 * turn)
            _write_usual(setting, draw, facility, day, officials)
    for facility, (ago, ahead, grave) in zip(inspected, LATEST, strict=False):
        draw = setting.draw("latest inspection", ago)
        _write_latest(setting, draw, facility, officials, setting.today - timedelta(days=ago), ahead, grave=grave)


def _write_usual(setting: Setting, draw: Draw, facility: Values, day: date, officials: list[str]) -> None:
    kind = draw.of(KINDS)
    found = draw.chance(HAZARD_SHARE)
    inspection = _inspection(setting, draw, facility, day, kind, MINOR_HAZARDS if found else PASSED, officials)
    if not found:
        return
    hazards = HAZARDS[kind][: 2 if draw.chance(SECOND_SHARE) else 1]
    for issue, measure in hazards:
        due = day + timedelta(days=draw.one((7, 15, 30)))
        done = draw.day(day, due)
        mended = {
            "done_on": done,
            "recheck_by": draw.one(officials),
            "recheck_result": MENDED,
        }
        _issue(setting, draw, inspection, facility, issue, measure, MINOR, due, mended)


def _write_latest(
    setting: Setting, draw: Draw, facility: Values, officials: list[str], day: date, ahead: int, *, grave: bool
) -> None:
    result = MAJOR_HAZARD if grave else MINOR_HAZARDS
    kind = "01" if grave else draw.of(KINDS)
    inspection = _inspection(setting, draw, facility, day, kind, result, officials)
    issue, measure = GRAVE if grave else HAZARDS[kind][0]
    due = setting.today + timedelta(days=ahead)
    _issue(setting, draw, inspection, facility, issue, measure, MAJOR if grave else MINOR, due, {})


def _inspection(
    setting: Setting, draw: Draw, facility: Values, day: date, kind: str, result: str, officials: list[str]
) -> Values:
    first = draw.below(len(officials))
    values: Values = {
        "facility_id": facility["id"],
        "inspected_on": day,
        "inspect_type": kind,
        "inspectors": "、".join(dict.fromkeys((officials[first], officials[first - 1]))),
        "result": result,
    }
    if joint := draw.one(JOINT):
        values["joint_units"] = joint
    if result != PASSED:
        values["issued_doc"] = f"练整改〔{day.year}〕{draw.between(1, 99)}号"
    return setting.book.write("facility_inspection", draw, day, values)


def _issue(
    setting: Setting,
    draw: Draw,
    inspection: Values,
    facility: Values,
    issue: str,
    measure: str,
    level: str,
    due: date,
    mended: Values,
) -> None:
    values: Values = {
        "inspection_id": inspection["id"],
        "issue": issue,
        "hazard_level": level,
        "measure": measure,
        "owner": facility["head_name"],
        "due_on": due,
    }
    setting.book.write("facility_issue", draw, inspection["inspected_on"], values | mended)
