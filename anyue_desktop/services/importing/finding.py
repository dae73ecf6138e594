"""Which person and which record a row of a workbook is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.register import Neighbours, Register, Values
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.columns import reference_key
from anyue_desktop.services.query import PERSON, person_path

NAMED = 5  # how many candidates a sentence lists


class Finder:
    """Finds persons and records by what a row says, among the stored and the staged ones."""

    def __init__(self, register: Register, neighbours: Neighbours) -> None:
        self.register = register
        self._neighbours = neighbours
        self.segments = person_path(register) or []

    @property
    def prefix(self) -> str:
        """The beginning of the paths that speak of the person: `case.person.`."""
        return "".join(f"{segment}." for segment in self.segments)

    def person(self, said: Values) -> Values | None:
        """Returns the person a row's own words mean, or None if nobody is registered.

        Raises:
            BadValue: several people fit.
        """
        if said.get("id_number"):
            return _one(self._neighbours.others(PERSON, {"id_number": said["id_number"]}), said)
        if not said.get("name"):
            return None
        match = {"name": said["name"]}
        if said.get("residence_division"):
            match["residence_division"] = said["residence_division"]
        found: Sequence[Values] = self._neighbours.others(PERSON, match)
        if said.get("birth_date"):
            found = [one for one in found if one.get("birth_date") in (None, said["birth_date"])]
        return _one(found, said)

    def reference(self, person: Values, own: Mapping[str, Any]) -> str:
        """Returns the id of the record the row belongs to: the person, or the person's case.

        Raises:
            BadValue: the person has no such record yet.
        """
        key = reference_key(self.segments[0])
        target = self.register.target(key)
        if target == PERSON:
            return str(person["id"])
        found = self._neighbours.others(target, {reference_key(self.segments[1]): person["id"]})
        if not found:
            title = REGISTERS[target].title
            raise BadValue(f"“{person['name']}”还没有建立“{title}”，请先导入或录入花名册")
        day = own.get("visit_date")
        fitting = [one for one in found if not one.get("exit_date") or (day and one["exit_date"] >= day)]
        newest = sorted(fitting or found, key=lambda one: str(one.get("enrol_date") or ""))
        return str(newest[-1]["id"])

    def record(self, values: Mapping[str, Any]) -> Values | None:
        """Returns the living record that these values speak of again, by the register's natural key."""
        key = self.register.natural_key
        if not key or values.get(key[0]) is None:
            return None
        found = self._neighbours.others(self.register.name, {one: values.get(one) for one in key})
        open_ones = [one for one in found if not one.get("exit_date")]
        return open_ones[0] if open_ones else None


def _one(found: Sequence[Values], said: Values) -> Values | None:
    if len(found) <= 1:
        return found[0] if found else None
    show = REGISTERS[PERSON].show
    places = "、".join(show("residence_division", one.get("residence_division")) for one in found[:NAMED])
    raise BadValue(f"有{len(found)}个“{said.get('name')}”（{places}），请填写身份证号以便区分")
