"""养老服务设施: beds (I07, I19) and what kinds of facilities there are (I24–I29)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_, case, func, or_
from sqlalchemy.orm import Session

from anyue_desktop.core import codes
from anyue_desktop.indicators import county_figures
from anyue_desktop.indicators.base_figures import figures, years_used_of
from anyue_desktop.indicators.basis import RESIDENT
from anyue_desktop.indicators.facility_rows import ANY, FACILITY, facilities, of_the_month, of_types
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import COUNT, Kind
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Either, Rows
from anyue_desktop.registers import Facility, FacilityMonth
from anyue_desktop.registers.facility_blocks import blocks_of

DAY_CARE = "E08"  # codelist facility_type
HOMES = ("E01", "E02", "E03", "E04", "E05")
REGIONAL, COMPLEX, COUNTY_HOME, RESCUE = "E06", "E07", "E02", "E12"
WITH_DOCTORS = ("1", "2")  # codelist medical_mode: inside, or by contract
PER_THOUSAND = Kind(factor=1000, places=2)

WITH_BEDS = tuple(
    code for code in codes.code_list("facility_type").codes if code.startswith("E") and "beds" in blocks_of(code)
)
is_home = or_(Facility.facility_type.in_(HOMES), and_(Facility.facility_type == REGIONAL, Facility.is_filed.is_(True)))


def beds(scope: Scope) -> Select[Any]:
    """Beds for elders; those for the day only where the county counts them (口径)."""
    total = of_the_month(scope, FacilityMonth.beds_snapshot, Facility.beds_total)
    for_the_day = func.coalesce(Facility.beds_day, case((Facility.facility_type == DAY_CARE, total), else_=0))
    amount = total if scope.basis.day_care_beds else func.max(total - for_the_day, 0)
    return facilities(scope, Facility.facility_type.in_(WITH_BEDS), amount=amount)


def beds_of_homes(scope: Scope) -> Select[Any]:
    """All beds of 养老机构."""
    return facilities(scope, is_home, amount=of_the_month(scope, FacilityMonth.beds_snapshot, Facility.beds_total))


def nursing_beds(scope: Scope) -> Select[Any]:
    """护理型床位 of 养老机构."""
    amount = of_the_month(scope, FacilityMonth.nursing_snapshot, Facility.beds_nursing)
    return facilities(scope, is_home, amount=amount)


def elders(scope: Scope) -> tuple[str, ...]:
    """Which elders the beds are for (口径)."""
    return ("pop60_res",) if scope.basis.elder_population == RESIDENT else ("pop60_reg",)


def homes(scope: Scope) -> Select[Any]:
    """养老机构 in use."""
    return facilities(scope, is_home)


def good_homes(scope: Scope) -> Select[Any]:
    """养老机构 that keep to GB/T 35796."""
    return facilities(scope, is_home, Facility.meets_gbt35796.is_(True))


def regional_centres(scope: Scope) -> Select[Any]:
    """区域性养老服务中心, of that type or serving as one."""
    return facilities(scope, or_(Facility.facility_type == REGIONAL, Facility.is_regional_center.is_(True)))


def smart(scope: Scope) -> Select[Any]:
    """智慧养老院、智慧养老服务社区."""
    return facilities(scope, Facility.is_smart.is_(True))


def unfilled(side: Rows, words: str) -> Any:
    """Says of how many facilities a number is not filled in."""

    def note(session: Session, scope: Scope) -> Iterator[str]:
        blank = sum(one.blank for one in side.sums(session, scope).values())
        if blank:
            yield f"{blank}个{words}，没有计入"

    return note


def number_of(side: Any, gap: str = "个", **options: Any) -> Formula:
    """A plain number of facilities; the target is the county's."""
    return Formula(side, kind=COUNT, gap=gap, of_the_county=True, **{"known": ANY, **options})


BEDS, NURSING = Rows(FACILITY, beds), Rows(FACILITY, nursing_beds)
RESCUE_CENTRE = Either(of_types([RESCUE]), county_figures.figure("rescue_center"))

FORMULAS = {
    "I07": Formula(
        BEDS,
        Rows("village_year_base", lambda scope: figures(scope, elders(scope), elders(scope)[0])),
        PER_THOUSAND, gap="张", known=ANY,
        notes=(years_used_of(elders), unfilled(BEDS, "养老服务设施没有填床位数")),
    ),
    "I19": Formula(
        NURSING, Rows(FACILITY, beds_of_homes), gap="张",
        notes=(unfilled(NURSING, "养老机构没有填护理型床位数"),),
    ),
    "I24": number_of(of_types([COMPLEX])),
    "I25": number_of(Rows(FACILITY, regional_centres)),
    "I26": number_of(of_types([COUNTY_HOME], Facility.medical_mode.in_(WITH_DOCTORS)), gap="所"),
    "I27": Formula(Rows(FACILITY, good_homes), Rows(FACILITY, homes), gap="个养老机构"),
    "I28": number_of(Rows(FACILITY, smart)),
    "I29": number_of(RESCUE_CENTRE, known=RESCUE_CENTRE, notes=(county_figures.entered("rescue_center"),)),
}  # fmt: skip
