"""The indicators counted again, row by row in plain Python, as registers.md A.2 and F define them; for tests alone."""

from __future__ import annotations

import calendar
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from anyue_desktop.core import resources
from anyue_desktop.services.workspace import Workspace

Row = dict[str, Any]
Numbers = tuple[Any, Any]  # numerator and denominator; (None, None) where nothing is known
UNKNOWN = (None, None)
TABLES = (
    "person", "elder_case", "elder_visit", "ability_assessment", "facility", "facility_month", "village_year_base",
    "county_manual", "protect_staff", "staff_training", "homecare_enrolment", "homecare_log",
)  # fmt: skip
LISTS = resources.load_json("codelists.json")
COUNTING = {
    name: {one["code"] for one in LISTS[name]["items"] if one.get("counts") == 1}
    for name in ("elderly_category", "visit_method", "visit_result")
}
DIVISIONS = [one for one in resources.load_json("divisions.json") if not one.get("retired")]
VILLAGES = {one["code"]: one["parent"] for one in DIVISIONS if one["level"] == "village"}
TOWNSHIPS = {one["code"] for one in DIVISIONS if one["level"] == "township"}


def dumped(workspace: Workspace) -> dict[str, list[Row]]:
    """Returns the living rows of every table the indicators read, as the database file holds them."""
    with workspace.store.read() as session:
        return {
            name: [
                dict(row) for row in session.execute(text(f"select * from {name} where deleted_at is null")).mappings()
            ]
            for name in TABLES
        }


@dataclass
class Plain:
    """One question: a month (or its year so far) and a place, over dumped rows."""

    rows: dict[str, list[Row]]
    month: str
    today: str
    township: str = ""
    village: str = ""
    whole_year: bool = False
    basis: dict[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> str:
        year, month = map(int, self.month.split("-"))
        return min(f"{self.month}-{calendar.monthrange(year, month)[1]:02d}", self.today)

    @property
    def year(self) -> int:
        return int(self.month[:4])

    def here(self, township: str, village: str | None) -> bool:
        if self.village:
            return village == self.village
        return not self.township or township == self.township

    def villages(self) -> list[str]:
        return [code for code, township in VILLAGES.items() if self.here(township, code)]

    def townships(self) -> list[str]:
        return [] if self.village else [code for code in TOWNSHIPS if self.here(code, None)]

    def people(self) -> dict[str, Row]:
        return {one["id"]: one for one in self.rows["person"]}

    def facilities(self, *types: str) -> list[Row]:
        """In use on the day, here."""
        found = []
        for one in self.rows["facility"]:
            place = one["division_code"]
            built = not one["built_on"] or one["built_on"] <= self.day[:7]
            since = one["status_date"] or ""
            running = since <= self.day if one["status"] == "1" else one["status"] in ("3", "4") and since > self.day
            of_type = not types or one["facility_type"] in types
            in_village = None if not place or place.endswith("000") else place
            if built and running and of_type and self.here(one["township_code"], in_village):
                found.append(one)
        return found

    def any_of(self, table: str) -> bool:
        """Whether the township, or the county, has registered anything there at all."""
        return any(self.township in ("", one["township_code"]) for one in self.rows[table])

    def any_facility(self) -> bool:
        return self.any_of("facility")

    def base(self, *keys: str) -> list[Row]:
        """Of each village here the newest figures that have these keys."""
        newest: dict[str, Row] = {}
        for one in sorted(self.rows["village_year_base"], key=lambda row: row["year"]):
            whole = all(one[key] is not None for key in keys)
            if one["year"] <= self.year and whole and one["village_code"] in VILLAGES:
                newest[one["village_code"]] = one
        return [one for one in newest.values() if self.here(one["township_code"], one["village_code"])]

    def manual(self, *keys: str) -> Row | None:
        if self.township or self.village:
            return None
        found = [one for one in self.rows["county_manual"] if one["township_code"] not in TOWNSHIPS]
        whole = [one for one in found if one["year"] <= self.year and all(one[key] is not None for key in keys)]
        return max(whole, key=lambda one: one["year"], default=None)

    def month_report(self, facility: Row, key: str, now: str) -> Any:
        if self.day[:7] >= self.today[:7]:
            return facility[now]
        kept = [
            one[key] for one in self.rows["facility_month"]
            if one["facility_id"] == facility["id"] and one["month"] == self.day[:7] and one[key] is not None
        ]  # fmt: skip
        return max(kept) if kept else facility[now]


def codes(value: str | None) -> set[str]:
    return set(json.loads(value)) if value else set()


def relief(at: Plain) -> list[Row]:
    return [
        one for one in at.rows["person"]
        if at.here(one["township_code"], one["residence_division"]) and one["relief_class"] in ("2", "3")
        and not (one["life_status"] in ("2", "3") and (one["death_date"] or "") <= at.day)
    ]  # fmt: skip


def i01(at: Plain) -> Numbers:
    willing = [one for one in relief(at) if one["central_willing"] == "1" and one["hukou_kind"] == "1"]
    return sum(one["relief_class"] == "3" for one in willing), len(willing)


def i18(at: Plain) -> Numbers:
    newest: dict[str, Row] = {}
    for one in sorted(at.rows["ability_assessment"], key=lambda row: (row["assessed_on"] or "", row["id"])):
        if one["self_care_level"] in ("1", "2", "3") and (one["assessed_on"] or "") <= at.day:
            newest[one["person_id"]] = one
    unable = [one for one in relief(at) if newest.get(one["id"], {}).get("self_care_level") == "3"]
    return sum(one["relief_class"] == "3" for one in unable), len(unable)


def i04(at: Plain) -> Numbers:
    people = at.people()
    due: set[str] = set()
    person_of = {one["id"]: one["person_id"] for one in at.rows["elder_case"]}
    for one in at.rows["elder_case"]:
        enrolled = one["enrol_date"] or ""
        late = enrolled[:7] == at.month and enrolled[8:] > "25"
        stays = enrolled <= at.day and (one["exit_date"] or "9999") > at.day
        counts = codes(one["categories"]) & COUNTING["elderly_category"]
        here = at.here(one["township_code"], people[one["person_id"]]["residence_division"])
        if stays and counts and here and (at.basis.get("late_enrolled_counts", True) or not late):
            due.add(one["person_id"])
    seen = {
        person_of.get(one["case_id"]) for one in at.rows["elder_visit"]
        if one["visit_date"][:7] == at.month and one["visit_method"] in COUNTING["visit_method"]
        and one["visit_result"] in COUNTING["visit_result"]
    }  # fmt: skip
    return len(due & seen), len(due)


def served(at: Plain, *, whole_year: bool) -> list[tuple[str, str, str | None]]:
    """Township, person and village of open enrolments with a service."""
    people = at.people()
    with_service = {
        one["enrolment_id"] for one in at.rows["homecare_log"]
        if (one["times"] or 0) > 0 and one["month"] <= at.month
        and (one["month"][:4] == at.month[:4] if whole_year else one["month"] == at.month)
    }  # fmt: skip
    found = []
    for one in at.rows["homecare_enrolment"]:
        is_open = (one["start_date"] or "") <= at.day and (one["end_date"] or "9999") > at.day
        village = people[one["person_id"]]["residence_division"]
        if one["id"] in with_service and is_open and at.here(one["township_code"], village):
            found.append((one["township_code"], one["person_id"], village))
    return found


def i05(at: Plain) -> Numbers:
    at_homes = served(at, whole_year=True)
    if at.basis.get("homecare_reading") == "B":
        target = at.basis.get("homecare_target", 0)
        return (len({one[1] for one in at_homes}), target) if target else UNKNOWN
    running = {one["village_code"] for one in at.base("homecare_running") if one["homecare_running"]}
    running |= {one[2] for one in at_homes if one[2] in VILLAGES}
    if not at.base("homecare_running") and not at_homes:
        return UNKNOWN
    return len(running), len(at.villages())


def i06(at: Plain) -> Numbers:
    if not at.any_of("homecare_enrolment"):
        return UNKNOWN
    return len({one[1] for one in served(at, whole_year=at.whole_year)}), None


BEDS = ("E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09")


def i07(at: Plain) -> Numbers:
    total = 0
    for one in at.facilities(*BEDS):
        beds = at.month_report(one, "beds_snapshot", "beds_total")
        if beds is None:
            continue
        day = one["beds_day"] if one["beds_day"] is not None else beds if one["facility_type"] == "E08" else 0
        total += beds if at.basis.get("day_care_beds") else max(beds - day, 0)
    key = "pop60_res" if at.basis.get("elder_population") == "res" else "pop60_reg"
    return (total, sum(one[key] for one in at.base(key))) if at.any_facility() else UNKNOWN


def homes(at: Plain) -> list[Row]:
    return [
        one for one in at.facilities("E01", "E02", "E03", "E04", "E05", "E06")
        if one["facility_type"] != "E06" or one["is_filed"] == 1
    ]  # fmt: skip


def i15(at: Plain) -> Numbers:
    area = sum((Decimal(one["floor_area"] or 0) for one in at.facilities("S01")), Decimal(0))
    key = "households_res" if at.basis.get("households") == "res" else "households_reg"
    return (area, sum(one[key] for one in at.base(key))) if at.any_facility() else UNKNOWN


def i21(at: Plain) -> Numbers:
    new = [
        one for one in at.facilities("S01")
        if one["in_new_estate"] and one["floor_area"] is not None and one["households_served"] is not None
    ]  # fmt: skip
    return sum((Decimal(one["floor_area"]) for one in new), Decimal(0)), sum(one["households_served"] for one in new)


def i22(at: Plain) -> Numbers:
    urban = {one["village_code"] for one in at.base("area_kind") if one["area_kind"] == "1"}
    there = [one for one in at.facilities("S01") if one["division_code"] in urban]
    return sum(one["renovated"] == 1 for one in there), len(there)


def in_post(at: Plain, *roles: str) -> list[Row]:
    return [
        one for one in at.rows["protect_staff"]
        if one["role"] in roles and (one["on_date"] or "") <= at.day and (one["off_date"] or "9999") > at.day
        and at.here(one["township_code"], one["duty_division"])
    ]  # fmt: skip


def i23(at: Plain) -> Numbers:
    trained = {
        attendee for one in at.rows["staff_training"] for attendee in codes(one["attendees"])
        if f"{at.year}-01-01" <= (one["trained_on"] or "") <= at.day
    }  # fmt: skip
    name: Callable[[Row], tuple[str, str]] = lambda one: (one["township_code"], one["id_number"] or one["id"])  # noqa: E731
    staff = in_post(at, "1", "2")
    return len({name(one) for one in staff if one["id"] in trained}), len({name(one) for one in staff})


def i34(at: Plain) -> Numbers:
    directed = {one["duty_division"] for one in in_post(at, "2")} & set(VILLAGES)
    return (len(directed), len(at.villages())) if at.any_of("protect_staff") else UNKNOWN


def i35(at: Plain) -> Numbers:
    known = at.base("has_charter")
    return (sum(one["has_charter"] for one in known), len(at.villages())) if known else UNKNOWN


def townships_with(kind: str) -> Callable[[Plain], Numbers]:
    def numbers(at: Plain) -> Numbers:
        found = {one["township_code"] for one in at.facilities(kind)} & TOWNSHIPS
        return (len(found), len(at.townships())) if at.any_facility() else UNKNOWN

    return numbers


def number_of(*kinds: str, **wanted: Any) -> Callable[[Plain], Numbers]:
    return lambda at: (
        (sum(all(one[key] in values for key, values in wanted.items()) for one in at.facilities(*kinds)), None)
        if at.any_facility() else UNKNOWN
    )  # fmt: skip


def i25(at: Plain) -> Numbers:
    found = [one for one in at.facilities() if one["facility_type"] == "E06" or one["is_regional_center"] == 1]
    return (len(found), None) if at.any_facility() else UNKNOWN


def facility_or_manual(kind: str, key: str) -> Callable[[Plain], Numbers]:
    def numbers(at: Plain) -> Numbers:
        found = len(at.facilities(kind))
        if found:
            return found, None
        figures = at.manual(key)
        return (figures[key], None) if figures else UNKNOWN

    return numbers


def manual(key: str) -> Callable[[Plain], Numbers]:
    def numbers(at: Plain) -> Numbers:
        figures = at.manual(key)
        return (Decimal(str(figures[key])), None) if figures else UNKNOWN

    return numbers


def growth(key: str) -> Callable[[Plain], Numbers]:
    def numbers(at: Plain) -> Numbers:
        now = at.manual(key)
        before = [one for one in at.rows["county_manual"] if now and one["year"] == now["year"] - 1]
        return (Decimal(now[key]), Decimal(before[0][key])) if now and before else UNKNOWN

    return numbers


def share(part: str, whole: str) -> Callable[[Plain], Numbers]:
    return lambda at: (
        sum(one[part] for one in at.base(part, whole)), sum(one[whole] for one in at.base(part, whole))
    )  # fmt: skip


def workers(kind: str) -> Callable[[Plain], Numbers]:
    def numbers(at: Plain) -> Numbers:
        found = [one for one in at.base("social_workers", "area_kind") if one["area_kind"] == kind]
        return sum(one["social_workers"] for one in found), len(found)

    return numbers


def i16(at: Plain) -> Numbers:
    figures = at.manual("rescue_returned", "rescue_identified")
    return (figures["rescue_returned"], figures["rescue_identified"]) if figures else UNKNOWN


def of_all(rows: Iterable[Row], wanted: Callable[[Row], bool]) -> Numbers:
    found = list(rows)
    return sum(wanted(one) for one in found), len(found)


PLAIN: dict[str, Callable[[Plain], Numbers]] = {
    "I01": i01,
    "I02": facility_or_manual("C01", "minor_center"),
    "I03": townships_with("C02"),
    "I36": townships_with("C02"),
    "I04": i04,
    "I05": i05,
    "I06": i06,
    "I07": i07,
    "I08": number_of("F02", "F03", "F04", "F06"),
    "I09": lambda at: of_all(at.facilities("S01"), lambda one: one["has_volunteer_site"] == 1),
    "I10": facility_or_manual("S04", "org_incubators"),
    "I11": manual("orgs_service_capable"),
    "I12": manual("social_workers_total"),
    "I13a": growth("std_dibao_urban"),
    "I13b": growth("std_dibao_rural"),
    "I13c": growth("std_relief_urban"),
    "I13d": growth("std_relief_rural"),
    "I14": share("cremations", "deaths"),
    "I15": i15,
    "I16": i16,
    "I17a": share("disabled_hard_got", "disabled_hard_should"),
    "I17b": share("disabled_severe_got", "disabled_severe_should"),
    "I18": i18,
    "I19": lambda at: (
        sum(at.month_report(one, "nursing_snapshot", "beds_nursing") or 0 for one in homes(at)),
        sum(at.month_report(one, "beds_snapshot", "beds_total") or 0 for one in homes(at)),
    ),
    "I20": lambda at: of_all(at.facilities("S01"), lambda one: Decimal(one["floor_area"] or 0) >= 300),
    "I21": i21,
    "I22": i22,
    "I23": i23,
    "I24": number_of("E07"),
    "I25": i25,
    "I26": number_of("E02", medical_mode=("1", "2")),
    "I27": lambda at: of_all(homes(at), lambda one: one["meets_gbt35796"] == 1),
    "I28": number_of(is_smart=(1,)),
    "I29": facility_or_manual("E12", "rescue_center"),
    "I30": townships_with("S02"),
    "I31a": workers("1"),
    "I31b": workers("2"),
    "I32": manual("counselling_rate"),
    "I33": manual("minor_center_std"),
    "I34": i34,
    "I35": i35,
}
