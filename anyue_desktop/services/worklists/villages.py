"""Villages for which a record is still wanted: no list of records can show what is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from anyue_desktop.registers import ProtectStaff, VillageYearBase
from anyue_desktop.registers.protect_staff import DIRECTOR


@dataclass(frozen=True)
class VillageList:
    """Villages without a record, and what a new one begins with."""

    key: str
    title: str
    register: str
    have: Callable[[str], Select[Any]]  # YYYY-MM → the codes of villages that have one
    given: Callable[[str, str], dict[str, Any]]  # village, YYYY-MM → known values of the new record
    group: str = ""
    urgent: bool = False
    counted: bool = True

    @property
    def name(self) -> str:
        """Its name among all lists."""
        return f"{self.register}.{self.key}"


def _with_base(month: str) -> Select[Any]:
    of_year = (VillageYearBase.deleted_at.is_(None), VillageYearBase.year == int(month[:4]))
    return select(VillageYearBase.village_code).where(*of_year)


def _with_director(month: str) -> Select[Any]:
    in_post = (ProtectStaff.deleted_at.is_(None), ProtectStaff.role == DIRECTOR, ProtectStaff.off_date.is_(None))
    return select(ProtectStaff.duty_division).where(*in_post)


_LISTS = (
    VillageList(
        "without_base",
        "未填本年基础数据",
        "village_year_base",
        _with_base,
        lambda village, month: {"village_code": village, "year": int(month[:4])},
    ),
    VillageList(
        "without_director",
        "儿童主任空缺",
        "protect_staff",
        _with_director,
        lambda village, month: {"role": DIRECTOR, "duty_division": village},
    ),
)
VILLAGE_LISTS: dict[str, VillageList] = {one.name: one for one in _LISTS}
