"""Records entered and sought by words: FIELD=VALUE pairs, read exactly as the cells of a workbook are."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anyue_desktop.core.divisions import TOWNSHIP, VILLAGE
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.register import Register
from anyue_desktop.core.types import Codes, Division, Ref
from anyue_desktop.db.neighbours import SqlNeighbours
from anyue_desktop.db.store import Store
from anyue_desktop.services import columns
from anyue_desktop.services.access import enterable, permitted
from anyue_desktop.services.columns import Column, reference_key
from anyue_desktop.services.importing.finding import Finder
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records, Saved
from anyue_desktop.sheets.column import spelling
from anyue_desktop.sheets.raw import RawSheet
from anyue_desktop.sheets.row_reader import RowReader
from anyue_desktop.sheets.table import RawRow, Table

Words = Mapping[str, str]  # what the field is called (path, key or label) → text
ASK = "请核对后再试，什么都没有保存"


@dataclass(frozen=True)
class Entered:
    """What came of words: the record as saved, and what is worth a look in the words themselves."""

    saved: Saved
    notes: list[str]


@dataclass(frozen=True)
class Listing:
    """A page of a register: how many records fit the question, and the shown texts of the first of them."""

    total: int
    rows: list[dict[str, str]]


class ByWords:
    """Adds, changes and lists records named in words."""

    def __init__(self, store: Store, records: Records, context: Callable[[], Context]) -> None:
        self._store = store
        self._records = records
        self._context = context

    def add(self, register: str, words: Words) -> Entered:
        """Enters one record; of a visit, a benefit … the words also say whose it is: ID number, or name and village.

        Raises:
            UserError: a word or value cannot be read, or the person is not found or not the only one; nothing is saved.
        """
        known = enterable(self._store, register)
        values, notes = self._read(known, words)
        own = {path: value for path, value in values.items() if "." not in path}
        if columns.embedded(known) is not None:
            own[columns.embedded_segment(known)] = _within(known, values)
        own |= self._pointing(known, values, wanted=True)
        given = {key: value for key, value in self._records.start(known.name, **own).items() if value is not None}
        return Entered(self._records.save(known.name, given), notes)

    def set(self, register: str, identity: str, words: Words) -> Entered:
        """Changes the named fields of one record; a blank value empties the field.

        Raises:
            UserError: a word or value cannot be read, or there is no such record; nothing is saved.
        """
        known = enterable(self._store, register)
        self._require_own(known, words)
        values, notes = self._read(known, words)
        own = {path: value for path, value in values.items() if not columns.is_elsewhere(known, path)}
        emptied = {_reference(known, path).key: None for path in values.keys() - own.keys() if values[path] is None}
        changes = {**own, **emptied, **self._pointing(known, values, wanted=False)}
        return Entered(self._records.set(known.name, identity, changes), notes)

    def matching(self, register: str, words: Words) -> dict[str, Any]:
        """Returns the exact values a list is asked for, by path; of several codes a record must have the one named."""
        known = permitted(self._store, register)
        wanted: dict[str, Any] = {}
        for name, text in words.items():
            one = named_column(known, name)
            try:
                value = one.field.type.parse(text, self._context()).value
            except BadValue as error:
                raise UserError(f"“{one.label}”：{error}", "请改正后再查") from error
            wanted[one.path] = value[0] if value and isinstance(one.field.type, Codes) else value
        return wanted

    def rows(self, query: Query, limit: int, *, unmask_reason: str = "") -> Listing:
        """Returns the shown texts of what is asked for; masked, unless a reason is given, which is logged."""
        ids = self._records.ids(query)
        chosen = ids[:limit] if limit else ids
        reason = unmask_reason.strip()
        shown = self._records.rows(query.register, chosen, masked=not reason)
        if reason:
            self._store.note("unmask", {"register": query.register, "rows": len(shown), "reason": reason})
        return Listing(len(ids), shown)

    def key(self, register: str, name: str) -> str:
        """Returns the key of a register's own field, named by key or label.

        Raises:
            UserError: there is none.
        """
        return named_column(permitted(self._store, register), name).field.key

    def village(self, name: str) -> str:
        """Returns the code of a village named by code or name.

        Raises:
            UserError: there is none, or several.
        """
        try:
            return Division(VILLAGE).parse(name, self._context()).value or ""
        except BadValue as error:
            raise UserError(str(error), "请写村名或12位代码") from error

    def township(self, name: str) -> str:
        """Returns the code of a township named by code or name.

        Raises:
            UserError: there is none, or several.
        """
        try:
            return Division(TOWNSHIP).parse(name, self._context()).value or ""
        except BadValue as error:
            raise UserError(str(error), "请写乡镇（街道）名或12位代码") from error

    def _read(self, known: Register, words: Words) -> tuple[dict[str, Any], list[str]]:
        named = {name: _typed(known, name) for name in words}
        _require_different(named)
        cells = {one.path: words[name] for name, one in named.items() if words[name].strip()}
        wanted = [*columns.typed_columns(known), *named.values()]
        row = RowReader(Table(RawSheet("", []), None), wanted, self._context()).read(
            RawRow("", 0, tuple(cells), tuple(cells.values()))
        )
        if row.problems:
            raise UserError("；".join(str(problem) for problem in row.problems), ASK)
        blank = {one.path: None for name, one in named.items() if not words[name].strip()}
        return {**blank, **row.values}, [str(note) for note in row.notes]

    def _pointing(self, known: Register, values: Mapping[str, Any], *, wanted: bool) -> dict[str, Any]:
        """Returns the records the words name: by their id, by the person, by name."""
        with self._store.read() as session:
            try:
                return Finder(known, SqlNeighbours(session)).references(values, wanted=wanted)
            except BadValue as error:
                told = "、".join(one.label for one in columns.typed_columns(known) if "." in one.path)
                raise UserError(str(error), f"请写明是谁的记录，可以写：{told}") from error

    def _require_own(self, known: Register, words: Words) -> None:
        """What a record belongs to cannot be changed, nor fields of another record; whom it points to can."""
        for name in words:
            one = named_column(known, name)
            if columns.is_elsewhere(known, one.path) and _reference(known, one.path).need is Need.DRAFT:
                raise UserError(f"“{one.label}”属于“{one.register.title}”，不能从“{known.title}”修改", ASK)


def named_column(known: Register, name: str) -> Column:
    """Returns the field a person or script names by path, key, label or the header of a workbook.

    Raises:
        UserError: none or several have that name.
    """
    with contextlib.suppress(UserError):
        return columns.find_column(known, name)
    candidates = {one.path: one for one in columns.typed_columns(known)}
    candidates |= {one.path: one for one in columns.sheet_columns(known)}
    shown = {one.label for one in candidates.values()}  # 户主 is the head's name, not the head's id
    candidates |= {one.key: Column(one.key, one, known) for one in known.fields if one.label not in shown}
    wanted = spelling(name)
    found = [one for one in candidates.values() if wanted in map(spelling, (one.label, *one.field.headers))]
    if len(found) == 1:
        return found[0]
    near = found or [one for one in candidates.values() if one.field.typed and not isinstance(one.field.type, Ref)]
    raise UserError(
        f"“{known.title}”{'有几个项目都叫' if found else '没有'}“{name}”{'' if found else '这一项'}",
        f"可以写：{'、'.join(one.label for one in near)}",
    )


def _typed(known: Register, name: str) -> Column:
    one = named_column(known, name)
    if not one.field.typed and not columns.is_elsewhere(known, one.path):
        raise UserError(f"“{one.label}”由程序自动填写，不能直接录入", ASK)
    return one


def _reference(known: Register, path: str) -> Field:
    """Returns the reference a path begins with."""
    segment = path.split(".")[0]
    return known.by_key.get(reference_key(segment)) or known.field(segment)


def _require_different(named: Mapping[str, Column]) -> None:
    paths = [one.path for one in named.values()]
    for one in named.values():
        if paths.count(one.path) > 1:
            raise UserError(f"“{one.label}”写了两次", ASK)


def _within(known: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    prefix = f"{columns.embedded_segment(known)}."
    return {path.removeprefix(prefix): value for path, value in values.items() if path.startswith(prefix)}


__all__ = ["ByWords", "Entered", "Listing", "Words", "named_column"]
