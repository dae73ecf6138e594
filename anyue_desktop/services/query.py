"""What an officer asks of a list, and the SQL that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, false, func, or_, select, type_coerce
from sqlalchemy.orm import aliased

from anyue_desktop.core import clock
from anyue_desktop.core.dates import first_day, last_day, month_of
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Codes, Date, Division, Month, Name, Refs, Text
from anyue_desktop.db import search
from anyue_desktop.registers import RECORDS, REGISTERS, Person
from anyue_desktop.services.columns import Column, column, not_a_field, reference, reference_key, sheet_columns
from anyue_desktop.services.worklists import WORKLISTS, Worklist

PERSON = "person"
EVERY_UNIT = 1000  # more units than the county has


@dataclass(frozen=True)
class Query:
    """One question to a list: search text, exact values, a worklist, an order."""

    register: str
    search: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)  # dotted path -> value
    worklist: str = ""
    month: str = ""  # YYYY-MM, for worklists of a month
    during: str = ""  # YYYY-MM: only what is dated in this month, where a day or month tells records apart
    only: tuple[str, ...] | None = None  # particular records, such as those behind a number
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
        """Returns the SQL column at the end of a dotted path; of several records, their texts divided by 、.

        Raises:
            UserError: there is no such field.
        """
        *segments, key = path.split(".")
        *before, last = segments or [""]
        several = reference(self._register_at(before), last) if segments else None
        if several is not None and isinstance(several.type, Refs):
            return _texts_of(getattr(self._entity(before), several.key), several.type.target, key)
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

    def _register_at(self, segments: list[str]) -> Register:
        register = self.register
        for segment in segments:
            known = reference(register, segment)
            if known is not None:
                register = REGISTERS[register.target(known.key)]
        return register

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
    names = [one for one in sheet_columns(register) if one.register.name == PERSON and one.path.endswith(".name")]
    paths = [one.path.split(".")[:-1] for one in names]
    return min(paths, key=len, default=None)


def matching_count(register: Register, query: Query) -> Select[Any]:
    """Returns the SELECT of how many records a query asks for."""
    statement = Statement(register)
    conditions = _conditions(statement, query)
    return statement.select(func.count()).where(and_(*conditions))


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
    if query.only is not None:
        conditions.append(record.id.in_(_each(query.only)))
    if query.during:
        conditions.append(_dated(statement, query.during))
    if query.search.strip():
        conditions.append(_found(statement, query.search))
    if query.worklist:
        month = query.month or month_of(clock.today())
        conditions.append(_worklist(statement.register, query.worklist).condition(record, month))
    return conditions


def _each(ids: Sequence[str]) -> Select[Any]:
    """The ids as rows: a list of any length is one parameter."""
    return select(func.json_each(json.dumps(ids)).table_valued("value").c.value)


def dating(register: Register) -> Field | None:
    """Returns the day or month that tells records of a register apart: 探访日期, 月份; None where there is none."""
    keys = [*register.natural_key, *(one.key for one in register.fields if one.need is Need.DRAFT)]
    dated = (register.field(key) for key in keys)
    return next((one for one in dated if isinstance(one.type, Date | Month)), None)


def _dated(statement: Statement, month: str) -> ColumnElement[bool]:
    known = dating(statement.register)
    if known is None:
        raise UserError(f"“{statement.register.title}”不分月份", "请不要按月份查找")
    at: ColumnElement[Any] = statement.at(known.key)
    if isinstance(known.type, Month):
        return at == month
    return at.between(first_day(month), last_day(month))


def _worklist(register: Register, name: str) -> Worklist:
    found = WORKLISTS[register.name].get(name)
    if found is None:
        known = "、".join(WORKLISTS[register.name])
        raise UserError(f"“{register.title}”没有名为“{name}”的清单", f"可用的有：{known or '无'}")
    return found


def _found(statement: Statement, text: str) -> ColumnElement[bool]:
    """Records about a person are found by the person; others by the words and villages their list shows."""
    person = statement.to_person()
    if person is not None:
        return person.id.in_(select(Person.id).where(search.matching(text)))  # type: ignore[no-any-return]
    wanted = searched(statement.register)
    return and_(*(or_(false(), *_said(statement, wanted, word)) for word in text.split()))


def searched(register: Register) -> list[Column]:
    """Returns what is searched of records about no person: the words and villages their list shows."""
    return [one for one in sheet_columns(register) if isinstance(one.field.type, Text | Name | Division)]


def _said(statement: Statement, wanted: Sequence[Column], word: str) -> Iterator[ColumnElement[bool]]:
    villages = [one.code for one in divisions().search(word, limit=EVERY_UNIT)]
    for one in wanted:
        if isinstance(one.field.type, Division):
            yield statement.at(one.path).in_(villages)
        else:
            yield func.instr(func.lower(statement.at(one.path)), word.lower()) > 0


def _texts_of(ids: Any, target: str, key: str) -> Any:
    record: Any = aliased(RECORDS[target])
    each = func.json_each(type_coerce(ids, String)).table_valued("value")
    texts = select(func.group_concat(getattr(record, key), "、")).where(record.id == each.c.value)
    return texts.correlate_except(record, each).scalar_subquery()


def _equals(statement: Statement, path: str, value: Any) -> Any:
    at = statement.at(path)
    if value is None:
        return at.is_(None)
    if isinstance(column(statement.register, path).field.type, Codes):
        return type_coerce(at, String).contains(f'"{value}"', autoescape=True)
    return at == value
