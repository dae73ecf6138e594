"""未成年人保护: the county's institution (I02, I33), the townships' stations (I03, I36), those in post (I23, I34)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, exists, func, literal, or_, type_coerce

from anyue_desktop.core.divisions import TOWNSHIP
from anyue_desktop.indicators import county_figures
from anyue_desktop.indicators.base_figures import VILLAGES
from anyue_desktop.indicators.facility_rows import ANY, FACILITY, facilities, of_types
from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.kinds import COUNT, Kind
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Counted, Either, OfTheTownship, Places, Rows, gives
from anyue_desktop.registers import Facility, ProtectStaff, StaffTraining
from anyue_desktop.registers.protect_staff import DIRECTOR, SUPERVISOR

STAFF = "protect_staff"
CENTRE, STATION = "C01", "C02"  # codelist facility_type
TOWNSHIPS = Places(TOWNSHIP)
OF_A_TOWNSHIP = "%000"
YES_OR_NO = Kind(divided=False, words=("未达成", "已达成"))


def with_a_facility(facility_type: str) -> Rows:
    """A side that counts the townships which have a facility of a type in use."""
    return Rows(FACILITY, lambda scope: facilities(scope, Facility.facility_type == facility_type), Counted.TOWNSHIPS)


def townships_with(facility_type: str, **options: Any) -> Formula:
    """The share of the townships that have a facility of a type in use."""
    return Formula(with_a_facility(facility_type), TOWNSHIPS, gap="个乡镇", known=ANY, **options)


def in_post(scope: Scope) -> ColumnElement[bool]:
    """In post on the day of judgement; from the day of leaving on no more."""
    day = scope.as_of
    return and_(
        ProtectStaff.deleted_at.is_(None),
        or_(ProtectStaff.on_date.is_(None), ProtectStaff.on_date <= day),
        or_(ProtectStaff.off_date.is_(None), ProtectStaff.off_date > day),
    )


def _staff(*conditions: Any) -> Select[Any]:
    """Staff; whoever holds two posts counts once."""
    village = case((ProtectStaff.duty_division.not_like(OF_A_TOWNSHIP), ProtectStaff.duty_division))
    person = func.coalesce(ProtectStaff.id_number, ProtectStaff.id)
    return gives(ProtectStaff.id, ProtectStaff.township_code, village, person=person).where(*conditions)


def for_children(scope: Scope) -> Select[Any]:
    """儿童督导员 and 儿童主任 in post."""
    return _staff(in_post(scope), ProtectStaff.role.in_((SUPERVISOR, DIRECTOR)))


def trained(scope: Scope) -> Select[Any]:
    """Those of them who attended at least one training in the year so far."""
    attended = exists().where(
        StaffTraining.deleted_at.is_(None),
        StaffTraining.trained_on.between(date(scope.year, 1, 1), scope.as_of),
        type_coerce(StaffTraining.attendees, String).contains(literal('"') + ProtectStaff.id + '"'),
    )
    return for_children(scope).where(attended)


def directors(scope: Scope) -> Select[Any]:
    """儿童主任 in post."""
    return _staff(in_post(scope), ProtectStaff.role == DIRECTOR)


def ever_registered(scope: Scope) -> Select[Any]:
    """Anybody registered at all."""
    return _staff(ProtectStaff.deleted_at.is_(None))


INSTITUTION = Either(of_types([CENTRE]), county_figures.figure("minor_center"))

FORMULAS = {
    "I02": Formula(
        INSTITUTION, kind=COUNT, gap="个", known=INSTITUTION, of_the_county=True,
        notes=(county_figures.entered("minor_center"),),
    ),
    "I03": townships_with(STATION),
    "I36": townships_with(STATION),
    "I23": Formula(Rows(STAFF, trained, Counted.PERSONS), Rows(STAFF, for_children, Counted.PERSONS)),
    "I33": Formula(
        county_figures.figure("minor_center_std"), kind=YES_OR_NO, gap="项",
        known=county_figures.figure("minor_center_std"), of_the_county=True,
        notes=(county_figures.entered("minor_center_std"),),
    ),
    "I34": Formula(
        Rows(STAFF, directors, Counted.VILLAGES), VILLAGES, gap="个村（社区）",
        known=OfTheTownship(Rows(STAFF, ever_registered)),
    ),
}  # fmt: skip
