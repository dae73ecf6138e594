"""Looking at registers: ids of a question, rows of ids, one record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.masking import mask
from anyue_desktop.core.register import OWNER, Register
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, Record
from anyue_desktop.services import columns
from anyue_desktop.services.access import enterable, holds, keeps, open_registers, permitted
from anyue_desktop.services.columns import Column
from anyue_desktop.services.minors import birth_path, is_young, tells_of_child
from anyue_desktop.services.query import Query, Statement, matching_count, matching_ids, person_path, searched

BLOCK = 500  # ids in one IN (...) of SQL
PROTECT = Role.PROTECT.value


class Lists:
    """What a list shows. Rows are texts by dotted path; values are the record's own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def registers(self) -> list[Register]:
        """Returns the registers the operator may look into."""
        return list(open_registers(self._store).values())

    def register(self, name: str) -> Register:
        """Returns a register by table name or title.

        Raises:
            UserError: there is none, or it is open to another role only.
        """
        return permitted(self._store, name)

    def keeps(self, register: str) -> bool:
        """Whether records of this register are entered here; a county only reads those of its townships."""
        return keeps(self._store, self.register(register))

    def enterable(self, name: str) -> Register:
        """Returns a register to enter records of, by table name or title.

        Raises:
            UserError: there is none, it is open to another role only, or another edition keeps it.
        """
        return enterable(self._store, name)

    def columns(self, register: str) -> list[Column]:
        """Returns the columns of a register's list, in order; a county also sees whose record it is."""
        known = self.register(register)
        first, *rest = columns.sheet_columns(known)
        owner = [] if self.keeps(register) else [columns.column(known, OWNER)]
        return [first, *owner, *rest]

    def embedded(self, register: str) -> Register | None:
        """Returns the register entered together with this one."""
        return columns.embedded(self.register(register))

    def searched(self, register: str) -> list[str] | None:
        """Returns the labels of what a search looks through; None where records are found by their person."""
        known = self.register(register)
        return [one.label for one in searched(known)] if person_path(known) is None else None

    def total(self, register: str) -> int:
        """Returns how many living records a register has."""
        record = RECORDS[self.register(register).name]
        with self._store.read() as session:
            return session.scalar(select(func.count()).select_from(record).where(record.deleted_at.is_(None))) or 0

    def ids(self, query: Query) -> list[str]:
        """Returns the ids a question asks for, in its order."""
        with self._store.read() as session:
            return list(session.scalars(matching_ids(self.register(query.register), query)))

    def count(self, query: Query) -> int:
        """Returns how many records a question asks for."""
        with self._store.read() as session:
            return session.scalar(matching_count(self.register(query.register), query)) or 0

    def rows(self, register: str, ids: Sequence[str], *, masked: bool = True) -> list[dict[str, str]]:
        """Returns the shown texts of these records, in the order of `ids`; a vanished record is left out.

        The names of children under 14 are masked as well, unless the operator is the one who protects them.
        """
        return self._texts(self.register(register), ids, self.columns(register), masked=masked)

    def values(self, register: str, ids: Sequence[str], paths: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Returns values by dotted path (the list's columns unless `paths` says others), in the order of `ids`."""
        known = self.register(register)
        wanted = list(paths) or [column.path for column in self.columns(register)]
        with self._store.read() as session:
            found = {row["id"]: row for block in _blocks(ids) for row in _values(session, known, wanted, block)}
        return [found[one] for one in ids if one in found]

    def get(self, register: str, identity: str) -> dict[str, Any]:
        """Returns all values of one record; an embedded record stands under its segment, `values["person"]`.

        Raises:
            UserError: there is no such record.
        """
        known = self.register(register)
        with self._store.read() as session:
            record = session.get(RECORDS[known.name], identity)
            if record is None:
                raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "它可能已被别的操作改动，请刷新列表")
            result = plain(record)
            inner = columns.embedded(known)
            if inner is not None and result[known.embeds]:
                within = session.get(RECORDS[inner.name], result[known.embeds])
                result[columns.embedded_segment(known)] = plain(within) if within else {}
            return result

    def facts(self, register: str, identity: str) -> dict[str, str]:
        """Returns the masked texts of a whole record, by the paths of `read_columns`.

        Raises:
            UserError: there is no such record.
        """
        known = self.register(register)
        found = self._texts(known, [identity], columns.read_columns(known), masked=True)
        if not found:
            raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "它可能已被别的操作改动，请刷新列表")
        return found[0]

    def read_columns(self, register: str) -> list[Column]:
        """Returns everything there is to read of a record of this register."""
        return columns.read_columns(self.register(register))

    def caption(self, register: str, identity: str) -> str:
        """Returns the text that names a record to a person."""
        path = self.register(register).caption
        found = self.values(register, [identity], [path])
        return str(found[0].get(path) or "") if found else ""

    def _texts(
        self, known: Register, ids: Sequence[str], shown: Sequence[Column], *, masked: bool
    ) -> list[dict[str, str]]:
        born = birth_path(known)
        hidden = masked and bool(born) and not holds(self._store, PROTECT)
        wanted = [*dict.fromkeys([*(one.path for one in shown), *([born] if hidden else [])])]
        today = clock.today()
        return [
            show_row(row, shown, masked=masked, young=hidden and is_young(row[born], today))
            for row in self.values(known.name, ids, wanted)
        ]


def plain(record: Record) -> dict[str, Any]:
    """Returns the values of a mapped record as a plain dictionary."""
    return {attribute.key: getattr(record, attribute.key) for attribute in record.__mapper__.column_attrs}


def show_row(row: dict[str, Any], shown: Sequence[Column], *, masked: bool, young: bool = False) -> dict[str, str]:
    """Returns the texts of a row of values; what identifies a person is masked unless asked otherwise."""
    texts = {"id": str(row["id"])}
    for one in shown:
        value = row.get(one.path)
        if value is None:
            texts[one.path] = ""
        else:
            minor = young and tells_of_child(one)
            texts[one.path] = mask(one.field, value, minor=minor) if masked else one.field.type.show(value)
    return texts


def _values(session: Session, register: Register, paths: Sequence[str], ids: Sequence[str]) -> list[dict[str, Any]]:
    statement = Statement(register)
    at = [statement.at(path) for path in paths]
    rows = session.execute(statement.select(statement.record.id, *at).where(statement.record.id.in_(ids)))
    return [{"id": row[0], **dict(zip(paths, row[1:], strict=True))} for row in rows]


def _blocks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK)]
