"""社区综合服务设施 and self-government of villages (I09, I15, I20–I22, I35)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from anyue_desktop.indicators import base_figures
from anyue_desktop.indicators.base_figures import BASE, VILLAGES, figures, years_used, years_used_of
from anyue_desktop.indicators.basis import RESIDENT
from anyue_desktop.indicators.care_places import unfilled
from anyue_desktop.indicators.facility_rows import ANY, FACILITY, area, facilities, of_types
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import Kind
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Counted, Rows
from anyue_desktop.registers import Facility

COMMUNITY = "S01"  # codelist facility_type
URBAN = "1"  # codelist area_kind
LARGE = 300  # ㎡ (四章二节)
PER_HUNDRED = Kind(factor=100, places=1, step=1)

ALL = of_types([COMMUNITY])
is_community = Facility.facility_type == COMMUNITY
in_new_estate = (
    is_community,
    Facility.in_new_estate.is_(True),
    Facility.floor_area.is_not(None),
    Facility.households_served.is_not(None),
)


def areas(scope: Scope) -> Select[Any]:
    """Floor areas in ㎡."""
    return facilities(scope, is_community, amount=area)


def large(scope: Scope) -> Select[Any]:
    """Those of at least 300㎡."""
    return facilities(scope, is_community, area >= LARGE)


def areas_in_estates(scope: Scope) -> Select[Any]:
    """Floor areas in new housing estates whose households are known."""
    return facilities(scope, *in_new_estate, amount=area)


def households_of_estates(scope: Scope) -> Select[Any]:
    """Households of the new housing estates."""
    return facilities(scope, *in_new_estate, amount=Facility.households_served)


def households(scope: Scope) -> tuple[str, ...]:
    """Which households the areas are for (口径)."""
    return ("households_res",) if scope.basis.households == RESIDENT else ("households_reg",)


def urban(scope: Scope) -> Select[Any]:
    """Those in 城市社区."""
    base, first = base_figures.newest(scope, "area_kind")
    joined = facilities(scope, is_community).join(base, base.c.village_code == Facility.division_code)
    return joined.where(first, base.c.area_kind == URBAN)


def renovated(scope: Scope) -> Select[Any]:
    """Of these, the ones whose 亲民化改造 is done."""
    return urban(scope).where(Facility.renovated.is_(True))


AREAS = Rows(FACILITY, areas)

FORMULAS = {
    "I09": Formula(of_types([COMMUNITY], Facility.has_volunteer_site.is_(True)), ALL, gap="处"),
    "I15": Formula(
        AREAS,
        Rows(BASE, lambda scope: figures(scope, households(scope), households(scope)[0])),
        PER_HUNDRED, gap="㎡", known=ANY,
        notes=(years_used_of(households), unfilled(AREAS, "社区综合服务设施没有填建筑面积")),
    ),
    "I20": Formula(
        Rows(FACILITY, large), ALL, gap="处",
        notes=(unfilled(AREAS, "设施没有填建筑面积"),),
    ),
    "I21": Formula(Rows(FACILITY, areas_in_estates), Rows(FACILITY, households_of_estates), PER_HUNDRED, gap="㎡"),
    "I22": Formula(
        Rows(FACILITY, renovated), Rows(FACILITY, urban), gap="处",
        notes=(years_used("area_kind", word="城乡类型用的"),),
    ),
    "I35": Formula(
        Rows(BASE, lambda scope: figures(scope, ("has_charter",), has_charter=True), Counted.VILLAGES),
        VILLAGES, gap="个村（社区）",
        known=Rows(BASE, lambda scope: figures(scope, ("has_charter",))),
        notes=(years_used("has_charter", word="用的"),),
    ),
}  # fmt: skip
