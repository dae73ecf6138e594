"""居家养老服务对象 and their 月服务记录 (registers.md B.9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from anyue_desktop.core.dates import month_of, shifted
from anyue_desktop.registers.homecare_enrolment import HIGH_AGE, LEAST_AGE, OF_HIGH_AGE, SUBSIDISED
from anyue_desktop.services.practice import words
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.facility_plans import HOMECARE
from anyue_desktop.services.practice.lives import DIED, ENTERED_HOME
from anyue_desktop.services.practice.setting import Setting
from anyue_desktop.services.practice.township import PersonFile

Values = dict[str, Any]

ABLE, IN_USE = "1", "1"
BY_RELIEF = {"2": "01", "1": "02", "4": "03"}  # codelist homecare_class by relief_class
DISABLED, HIGH_AGED, CHILDLESS, LEFT_BEHIND, PAYS_ALONE = "04", OF_HIGH_AGE, "07", "08", "10"
OF_LOST_CHILD, EMPTY_OR_LEFT = "06", {"02", "03"}  # codelist elderly_category
PAY = {
    "01": Odds({"1": 1}), "02": Odds({"1": 60, "2": 40}), "03": Odds({"2": 1}), "04": Odds({"1": 40, "2": 60}),
    "05": Odds({"2": 70, "4": 30}), "07": Odds({"1": 1}), "08": Odds({"4": 70, "3": 30}), "10": Odds({"3": 1}),
}  # fmt: skip
STANDARDS = {"1": ("120", "150", "200"), "2": ("60", "80", "100")}
SERVICES = Odds({"01": 16, "03": 24, "04": 12, "07": 12, "09": 20, "14": 10, "02": 6})
MOST_SERVICES = 3
HOURS = {"01": 5, "02": 10, "03": 15, "04": 10, "07": 5, "09": 5, "14": 10}  # tenths of an hour a time
ENDS = {DIED: "1", ENTERED_HOME: "2"}
GAVE_UP, GIVEN_UP_SHARE = "5", 0.04
SATISFACTION = Odds({"1": 30, "2": 54, "3": 10, "4": 1, "0": 5})
UNSATISFIED = "4"
COMPLAINTS = ("反映上门时间不固定，已与服务站约定每周二、五上门", "反映打扫不仔细，服务站已更换服务人员并回访")
FAMILY_BED_SHARE, MODIFIED_SHARE = 0.06, 0.12
MISSED_SHARE, KEYED_WITHIN = 0.04, 8


def write_homecare(setting: Setting, elders: Sequence[PersonFile]) -> None:
    """Enrols elders of the villages until there are as many clients as the township's size says."""
    providers = [one for one in setting.book.others("facility", {"facility_type": HOMECARE}) if one["status"] == IN_USE]
    for number, (one, began) in enumerate(_clients(setting, elders)):
        draw = setting.draw("client", number)
        near = [each for each in providers if each["division_code"] == one.life.village.code]
        town = [each for each in providers if each["division_code"] == setting.township]
        enrolment = _write_enrolment(setting, draw, one, draw.one(near or town or providers), began)
        _write_logs(setting, draw, enrolment)


def _clients(setting: Setting, elders: Sequence[PersonFile]) -> Iterator[tuple[PersonFile, date]]:
    left = setting.size.clients
    for number, one in enumerate(elders):
        remaining = len(elders) - number
        draw = setting.draw("is a client", number)
        began = _began(setting, draw, one)
        if began is None or not draw.chance(1.35 * left / remaining):
            continue
        yield one, began
        left -= 1
        if not left:
            return


def _began(setting: Setting, draw: Draw, one: PersonFile) -> date | None:
    """The first day of the service, of somebody who lived at home then; None for the others."""
    if one.life.left and one.life.exit_reason not in ENDS:
        return None
    last = (one.life.left or setting.today) - timedelta(days=20)
    of_age = one.life.birth + timedelta(days=int((LEAST_AGE + 0.1) * 365.25))
    first = max(of_age, last - timedelta(days=700))
    return draw.day(first, last) if first < last else None


def _write_enrolment(setting: Setting, draw: Draw, one: PersonFile, provider: Values, began: date) -> Values:
    kind = _kind(one, began)
    pay = draw.of(PAY[kind])
    values: Values = {
        "person_id": one.person["id"],
        "object_class": kind,
        "pay_kind": pay,
        "provider_facility_id": provider["id"],
        "plan_services": draw.some(SERVICES, MOST_SERVICES),
        "plan_times_month": draw.between(4, 8),
        "has_family_bed": draw.chance(FAMILY_BED_SHARE),
        "home_modified": draw.chance(MODIFIED_SHARE),
        "start_date": began,
    }
    if not one.assessments:
        values["ability_level"] = one.case["ability_level"]
    if pay in SUBSIDISED:
        values["subsidy_standard"] = Decimal(draw.one(STANDARDS[pay]))
        values["contract_no"] = f"练居养{draw.between(1000, 9999)}"
    if values["home_modified"]:
        values |= {"modified_on": draw.day(began, setting.today), "modified_cost": Decimal(draw.between(8, 30) * 100)}
    return setting.book.write("homecare_enrolment", draw, began, values | _ending(setting, draw, one, began))


def _kind(one: PersonFile, began: date) -> str:
    categories = set(one.case.get("categories") or ())
    if (relief := one.person["relief_class"]) in BY_RELIEF:
        return BY_RELIEF[relief]
    if OF_LOST_CHILD in categories:
        return CHILDLESS
    if one.case["self_care_level"] != ABLE:
        return DISABLED
    if (began - one.life.birth).days > (HIGH_AGE + 0.1) * 365.25:
        return HIGH_AGED
    return LEFT_BEHIND if categories & EMPTY_OR_LEFT else PAYS_ALONE


def _ending(setting: Setting, draw: Draw, one: PersonFile, began: date) -> Values:
    if one.life.left:
        return {"end_date": one.life.left, "end_reason": ENDS[one.life.exit_reason or ""]}
    if draw.chance(GIVEN_UP_SHARE):
        return {"end_date": draw.day(began, setting.today), "end_reason": GAVE_UP}
    return {}


def _write_logs(setting: Setting, draw: Draw, enrolment: Values) -> None:
    present = month_of(setting.today)
    last = month_of(enrolment["end_date"]) if enrolment.get("end_date") else present
    server = words.full_name(draw, "2", young=True)
    for back in range(setting.months, -1, -1):
        month = shifted(present, -back)
        if not month_of(enrolment["start_date"]) <= month <= last or draw.chance(MISSED_SHARE):
            continue
        for service in enrolment["plan_services"]:
            values = {"enrolment_id": enrolment["id"], "month": month, "service_type": service, "server_name": server}
            day = min(date.fromisoformat(f"{month}-28"), setting.today - timedelta(days=draw.below(KEYED_WITHIN)))
            day = max(day, enrolment["start_date"])
            setting.book.write("homecare_log", draw, day, values | _service(draw, enrolment, service, back))


def _service(draw: Draw, enrolment: Values, service: str, back: int) -> Values:
    most = enrolment["plan_times_month"] if back else enrolment["plan_times_month"] * 2 // 3
    times = draw.between(1, max(1, most // len(enrolment["plan_services"]) + 1))
    values: Values = {
        "times": times,
        "hours": Decimal(times * HOURS[service]) / 10,
        "satisfaction": draw.of(SATISFACTION),
    }
    if values["satisfaction"] == UNSATISFIED:
        values["complaint"] = draw.one(COMPLAINTS)
    if standard := enrolment.get("subsidy_standard"):
        values["subsidy_amount"] = Decimal(int(standard) // len(enrolment["plan_services"]))
    if enrolment["pay_kind"] not in ("1", "4"):
        values["self_pay_amount"] = Decimal(times * 10)
    return values
