"""Entering records: what follows from what is typed, what is wrong with it, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.register import Neighbours, Register, Values, is_blank
from anyue_desktop.db.neighbours import SqlNeighbours
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, Person, Record
from anyue_desktop.services import columns
from anyue_desktop.services.access import enterable, permitted
from anyue_desktop.services.hanging import refuse_if_needed, refuse_if_orphaned
from anyue_desktop.services.lists import plain
from anyue_desktop.services.marking import MOVED
from anyue_desktop.services.numbering import Serials
from anyue_desktop.services.reasons import tidy_reason

BY_HAND, FROM_WORKBOOK, FROM_GRID = "1", "2", "5"  # codelist data_source
TO_REPORT, CORRECTED = "1", "5"  # codelist report_state
SENT_STATES = ("2", "3", "4", "5")
UNSAVED = "00000000-0000-7000-8000-000000000000"  # the embedded record while it has no id yet


@dataclass(frozen=True)
class Saved:
    """What came of saving: `saved` is False when a 逻辑错误 stands in the way; what was typed stays a draft."""

    id: str
    revision: int
    problems: list[Problem]
    saved: bool


class WithEmbedded:
    """Neighbours that also know the record entered together with this one, saved or not."""

    def __init__(self, inner: Neighbours, register: str, values: Values) -> None:
        self._inner = inner
        self._register = register
        self._values = values

    def parent(self, register: str, identity: str) -> Values | None:
        """Returns the embedded record as typed, others as stored."""
        if register == self._register and identity == self._values.get("id"):
            return self._values
        return self._inner.parent(register, identity)

    def others(self, register: str, match: Values) -> Sequence[Values]:
        """Returns the stored records that match."""
        return self._inner.others(register, match)


class Entries:
    """Entering one record of any register, together with the record it embeds."""

    def __init__(self, store: Store, context: Callable[[], Context]) -> None:
        self._store = store
        self._context = context

    def start(self, register: str, **given: Any) -> dict[str, Any]:
        """Returns the values a new record starts with."""
        known = enterable(self._store, register)
        values = {**known.defaults(), **given}
        inner = columns.embedded(known)
        if inner is not None:
            segment = columns.embedded_segment(known)
            values[segment] = {**inner.defaults(), **values.get(segment, {})}
        return values

    def fill(self, register: str, values: Values) -> dict[str, Any]:
        """Returns the values with what follows from them: birth date from the ID number, the last visitor, totals."""
        with self._store.read() as session:
            return self._filled(permitted(self._store, register), values, SqlNeighbours(session))

    def check(self, register: str, values: Values) -> list[Problem]:
        """Returns all problems; those of the embedded record point to dotted paths such as `person.name`."""
        with self._store.read() as session:
            return self._checked(permitted(self._store, register), values, SqlNeighbours(session))

    def save(self, register: str, values: Values, *, action: str = "", source: str = BY_HAND) -> Saved:
        """Saves a record with the one it embeds, unless a 逻辑错误 stands in the way."""
        return self.save_all(register, [values], action=action, source=source)[0]

    def save_all(
        self, register: str, rows: Sequence[Values], *, action: str = "", source: str = BY_HAND
    ) -> list[Saved]:
        """Saves the records that have no 逻辑错误 as one business action; says of each what came of it."""
        known = enterable(self._store, register)
        with self._store.read() as session:
            neighbours = SqlNeighbours(session)
            whole = [self._filled(known, self._recognised(session, known, row), neighbours) for row in rows]
            problems = [self._checked(known, row, neighbours) for row in whole]
        results = [Saved("", 0, found, saved=False) for found in problems]
        good = [number for number, found in enumerate(problems) if not has_error(found)]
        if not good:
            return results
        with self._store.work(action or f"录入{known.title}") as work:
            serials = Serials(work.session)
            written = {number: self._write(work.session, serials, known, whole[number], source) for number in good}
            work.session.flush()
            for number, record in written.items():
                results[number] = Saved(record.id, record.revision, problems[number], saved=True)
        return results

    def set(self, register: str, identity: str, changes: Values, *, action: str = "") -> Saved:
        """Changes fields of one record; keys of the embedded record are dotted (`person.phone`)."""
        known = enterable(self._store, register)
        with self._store.read() as session:
            values = self._stored(session, known, identity)
        for path, value in changes.items():
            columns.place(known, values, path, value)
        return self.save(register, values, action=action or f"修改{known.title}")

    def delete(self, register: str, identity: str, reason: str = "") -> None:
        """Moves a record to the recycle bin; the deletion travels with the next package.

        Raises:
            UserError: there is no such record, or others hang on it.
        """
        known, written = enterable(self._store, register), tidy_reason(reason)
        with self._store.work(f"删除{known.title}") as work:
            record = self._living(work.session, known, identity)
            refuse_if_needed(work.session, known, identity)
            work.delete(record, written)

    def restore(self, register: str, identity: str) -> None:
        """Takes a record out of the recycle bin.

        Raises:
            UserError: there is no such record, or what it hangs on lies in the recycle bin itself.
        """
        known = enterable(self._store, register)
        with self._store.work(f"恢复{known.title}") as work:
            record = work.session.get(RECORDS[known.name], identity)
            if record is None:
                raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "请刷新列表")
            if record.report_state == MOVED:
                raise UserError(f"这条“{known.title}”{record.return_reason}，不能恢复", "确实要转回来的，请向县局申请")
            refuse_if_orphaned(work.session, known, record)
            record.deleted_at = None
            record.report_state = next_state(record.report_state)

    def find_person(self, id_number: str) -> dict[str, Any] | None:
        """Returns the living person with this ID number, for the hint who it is and where."""
        with self._store.read() as session:
            found = _person_with(session, id_number)
            return plain(found) if found else None

    def _filled(self, known: Register, values: Values, neighbours: Neighbours) -> dict[str, Any]:
        inner = columns.embedded(known)
        result = dict(values)
        if inner is None:
            return known.filled(result, self._context(), neighbours)
        segment = columns.embedded_segment(known)
        within = inner.filled({"id": UNSAVED, **result.get(segment, {})}, self._context(), neighbours)
        result = known.filled(
            {**result, known.embeds: within["id"]},
            self._context(),
            WithEmbedded(neighbours, inner.name, within),
        )
        return {**result, segment: within}

    def _checked(self, known: Register, values: Values, neighbours: Neighbours) -> list[Problem]:
        inner = columns.embedded(known)
        own = {"township_code": self._context().owner, **values}
        if inner is None:
            return known.check(own, self._context(), neighbours)
        segment = columns.embedded_segment(known)
        within = {"id": UNSAVED, "township_code": self._context().owner, **values.get(segment, {})}
        problems = [problem.within(f"{segment}.") for problem in inner.check(within, self._context(), neighbours)]
        together = WithEmbedded(neighbours, inner.name, within)
        return problems + known.check({**own, known.embeds: within["id"]}, self._context(), together)

    def _recognised(self, session: Session, known: Register, values: Values) -> dict[str, Any]:
        """Lets a new case belong to the person already registered under the same ID number."""
        segment = columns.embedded_segment(known)
        within = values.get(segment) if segment else None
        if not within or within.get("id") not in (None, UNSAVED) or not within.get("id_number"):
            return dict(values)
        person = _person_with(session, within["id_number"])
        if person is None:
            return dict(values)
        typed = {key: value for key, value in within.items() if key != "id" and not is_blank(value)}
        return {**values, segment: {**plain(person), **typed}}

    def _write(
        self, session: Session, serials: Serials, known: Register, values: dict[str, Any], source: str
    ) -> Record:
        inner = columns.embedded(known)
        if inner is not None:
            within = self._write(session, serials, inner, values[columns.embedded_segment(known)], source)
            values = {**values, known.embeds: within.id}
        identity = values.get("id")
        record = session.get(RECORDS[known.name], identity) if identity not in (None, UNSAVED) else None
        if record is None:
            return self._insert(session, serials, known, values, source)
        if record.deleted_at is not None:
            raise UserError(f"这条“{known.title}”已在回收站里，不能保存", "请先在回收站里恢复它")
        _update(record, known, values)
        return record

    def _insert(
        self, session: Session, serials: Serials, known: Register, values: dict[str, Any], source: str
    ) -> Record:
        own = {key: value for key, value in values.items() if key in own_keys(known)}
        township = self._context().owner
        record = RECORDS[known.name](
            **{**own, "id": new_id(), "township_code": township, "source": source, "report_state": TO_REPORT}
        )
        session.add(record)
        serials.number(known, record)
        return record

    def _stored(self, session: Session, known: Register, identity: str) -> dict[str, Any]:
        values = plain(self._living(session, known, identity))
        inner = columns.embedded(known)
        if inner is not None:
            within = session.get(RECORDS[inner.name], values[known.embeds])
            values[columns.embedded_segment(known)] = plain(within) if within else {}
        return values

    def _living(self, session: Session, known: Register, identity: str) -> Record:
        record = session.get(RECORDS[known.name], identity)
        if record is None or record.deleted_at is not None:
            raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "它可能已被删除，请刷新列表")
        return record


def has_error(problems: Sequence[Problem]) -> bool:
    """Whether a 逻辑错误 is among the problems."""
    return any(problem.kind is Kind.ERROR for problem in problems)


def next_state(state: str | None) -> str:
    """Returns the 上报状态 of a record after a change: what was sent before is now 已更正."""
    return CORRECTED if state in SENT_STATES else TO_REPORT


def own_keys(known: Register) -> set[str]:
    """Returns the stored keys a person or a filling may set."""
    technical = {"township_code", "created_at", "created_by", "updated_at", "updated_by", "source", "report_state"}
    columns_of = {column.key for column in RECORDS[known.name].__table__.columns}
    return ({one.key for one in known.fields} & columns_of - technical - {"return_reason"}) | {"explanations"}


def _update(record: Record, known: Register, values: Mapping[str, Any]) -> None:
    changed = False
    for key in own_keys(known) & set(values):
        value = None if is_blank(values[key]) else values[key]
        if getattr(record, key) != value:
            setattr(record, key, value)
            changed = True
    if changed:
        record.report_state = next_state(record.report_state)


def _person_with(session: Session, id_number: str) -> Person | None:
    living = select(Person).where(Person.id_number == id_number, Person.deleted_at.is_(None))
    return session.scalars(living.limit(1)).first()
