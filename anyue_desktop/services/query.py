"""What an officer asks of a list, and the SQL that answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, select, type_coerce
from sqlalchemy.orm import aliased

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Codes
from anyue_desktop.db import search
from anyue_desktop.registers import RECORDS, REGISTERS, Person
from anyue_desktop.services.columns import column, not_a_field, reference_key
from anyue_desktop.services.worklists import WORKLISTS, Worklist

PERSON = "person"


@dataclass(frozen=True)
class Query:
    """One question to a list: search text, exact values, a worklist, an order."""

    register: str
    search: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)  # dotted path -> value
    worklist: str = ""
    month: str = ""  # YYYY-MM, for worklists of a month
    order: str = ""  # dotted path; "-" before it turns the order round
    deleted: bool = False  # the recycle bin instead of the register


class Statement:
    """Builds one SELECT over a register, joining the records its paths lead to."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.record: Any = RECORDS[register.name]
        self._joined: dict[str, Any] = {}  # dotted path → alias of the record there
        self._joins: list[tuple[Any, ColumnElement[bool]]] = []

    def at(self, path: str) -> Any:
        """Returns the SQL column at the end of a dotted path.

        Raises:
            UserError: there is no such field.
        """
        *segments, key = path.split(".")
        found = getattr(self._entity(segments), key, None)
        if found is None:
            raise not_a_field(self.register, path)
        return found

    def select(self, *columns: Any) -> Select[Any]:
        """Returns a SELECT of these columns with all joins the paths asked for."""
        statement = select(*columns).select_from(self.record)
        for target, on in self._joins:
            statement = statement.outerjoin(target, on)
        return statement

    def to_person(self) -> Any:
        """Returns the person a record is about, through its references; None where it is about nobody."""
        segments = person_path(self.register)
        return None if segments is None else self._entity(segments)

    def _entity(self, segments: list[str]) -> Any:
        entity: Any = self.record
        register, walked = self.register, ""
        for segment in segments:
            walked += f".{segment}"
            key = reference_key(segment)
            if key not in register.by_key:
                raise not_a_field(self.register, ".".join(segments))
            target = register.target(key)
            if walked not in self._joined:
                alias = aliased(RECORDS[target])
                self._joined[walked] = alias
                self._joins.append((alias, getattr(entity, key) == alias.id))
            register = REGISTERS[target]
            entity = self._joined[walked]
        return entity


def person_path(register: Register) -> list[str] | None:
    """Returns the segments that lead from a register to its person; empty for the person itself."""
    if register.name == PERSON:
        return []
    for path in register.sheet:
        *segments, key = path.split(".")
        if key == "name" and segments and segments[-1] == PERSON:
            return segments
    return None


def matching_ids(register: Register, query: Query) -> Select[Any]:
    """Returns the SELECT of the ids a query asks for, in its order."""
    statement = Statement(register)
    conditions = _conditions(statement, query)
    order = [_ordering(statement, path) for path in ((query.order,) if query.order else register.order)]
    return statement.select(statement.record.id).where(and_(*conditions)).order_by(*order, statement.record.id)


def _ordering(statement: Statement, path: str) -> Any:
    at = statement.at(path.removeprefix("-"))
    return at.desc() if path.startswith("-") else at.asc()


def _conditions(statement: Statement, query: Query) -> list[ColumnElement[bool]]:
    record = statement.record
    conditions = [record.deleted_at.is_not(None) if query.deleted else record.deleted_at.is_(None)]
    for path, value in query.where.items():
        conditions.append(_equals(statement, path, value))
    person = statement.to_person() if query.search.strip() else None
    if person is not None:
        conditions.append(person.id.in_(select(Person.id).where(search.matching(query.search))))
    if query.worklist:
        conditions.append(_worklist(statement.register, query.worklist).condition(record, query.month))
    return conditions


def _worklist(register: Register, name: str) -> Worklist:
    found = WORKLISTS.get(name)
    if found is None or found.register != register.name:
        known = "、".join(key for key, one in WORKLISTS.items() if one.register == register.name)
        raise UserError(f"“{register.title}”没有名为“{name}”的清单", f"可用的有：{known or '无'}")
    return found


def _equals(statement: Statement, path: str, value: Any) -> Any:
    at = statement.at(path)
    if value is None:
        return at.is_(None)
    if isinstance(column(statement.register, path).field.type, Codes):
        return type_coerce(at, String).contains(f'"{value}"', autoescape=True)
    return at == value
