"""Importing village workbooks: dry run, import, marked workbook, undo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.garbage import nothing_thrown_away
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.register import Register
from anyue_desktop.db import chain
from anyue_desktop.db.neighbours import IndexedNeighbours
from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import Operation
from anyue_desktop.db.undo import undo_batch
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.access import enterable, open_registers, permitted
from anyue_desktop.services.columns import Column
from anyue_desktop.services.importing.plan import ImportPlan, ImportResult, SheetPlan, Source
from anyue_desktop.services.importing.planner import Planner
from anyue_desktop.services.importing.remembered import keep, recall
from anyue_desktop.services.importing.writing import write
from anyue_desktop.services.numbering import Serials
from anyue_desktop.sheets.header import samples
from anyue_desktop.sheets.marks import returned_name
from anyue_desktop.sheets.raw import RawWorkbook
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.row_reader import read_rows
from anyue_desktop.sheets.table import Table, read_table

IMPORT, UNDO = "导入表格", "撤销导入"
KEPT_NAMES = 200


@dataclass(frozen=True)
class Batch:
    """An import that was made."""

    id: str
    register: str
    at: str
    operator: str
    files: list[str]
    new: int
    changed: int
    undone: bool


@dataclass(frozen=True)
class Undone:
    """What taking an import back did; `kept` names the records that were changed or used since."""

    removed: int
    restored: int
    kept: list[str] = field(default_factory=list)


class Importing:
    """Takes village workbooks in."""

    def __init__(self, store: Store, context: Callable[[], Context], caption: Callable[[str, str], str]) -> None:
        self._store = store
        self._context = context
        self._caption = caption

    def columns(self, register: str) -> list[Column]:
        """Returns every column a workbook of this register may have."""
        return columns.workbook_columns(columns.register_named(register))

    def plan(
        self,
        register: str,
        files: Sequence[Path],
        *,
        defaults: Mapping[str, str] | None = None,
        mapping: Mapping[str, str] | None = None,
        pasted: RawWorkbook | None = None,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Reads the workbooks and says what an import would do; nothing is written.

        Args:
            register: table name or title.
            files: the workbooks.
            defaults: values for what the files lack, by path, key or label.
            mapping: the officer's choice for headers, header text → path; an empty path leaves the column out.
            pasted: cells copied from another program, read as one more file.
            progress: told about every row; may cancel.

        Raises:
            UserError: a file is no workbook; a default cannot be read.
        """
        known = enterable(self._store, register)
        wanted = columns.workbook_columns(known)
        followed = progress or Progress()
        plan = ImportPlan(known.name, [*files, *([pasted.path] if pasted else [])], dict(mapping or {}))
        with nothing_thrown_away(), self._store.read() as session:
            plan.operation = chain.head(session).length
            planner = Planner(plan, IndexedNeighbours(session), self._context(), self._defaults(known, defaults or {}))
            for path in files:
                self._plan_book(plan, planner, read_workbook(path, followed), wanted, session, followed)
            if pasted is not None:
                self._plan_book(plan, planner, pasted, wanted, session, followed)
        return plan

    def commit(self, plan: ImportPlan, *, progress: Progress | None = None) -> ImportResult:
        """Writes the good rows as one batch that can be taken back as a whole.

        Raises:
            UserError: records changed since the dry run, so that what it said may no longer be so.
        """
        batch = new_id()
        followed = progress or Progress()
        followed.check()
        with nothing_thrown_away(), self._store.work(IMPORT, plan.register, batch) as work:
            _refuse_outdated(work.session, plan)
            work.facts.update(files=[path.name for path in plan.files], new=plan.new, changed=plan.changed)
            self._remember(work.session, plan)
            serials = Serials(work.session)
            for name, record in RECORDS.items():
                rows = plan.staged.rows.get(name, {})
                if rows:
                    followed.stage(f"写入{REGISTERS[name].title}", len(rows))
                    write(work, serials, REGISTERS[name], record, plan.staged)
        return ImportResult(batch, plan.new, plan.changed, plan.same, plan.bad, plan.duplicates, plan.problems)

    def write_errors(self, plan: ImportPlan, target: Path) -> Path:
        """Gives the officer's own workbook back with the bad cells marked and a 错误原因 column.

        Of several workbooks the second and later ones stand beside `target` under their own names.

        Raises:
            UserError: there is nothing to mark, or the file cannot be written.
        """
        from anyue_desktop.sheets.returned import write_returned  # noqa: PLC0415 - openpyxl takes 0.3 s to load

        marked = [(source, marks) for source in plan.sources if (marks := plan.marks(source.book.path.name))]
        if not marked:
            raise UserError("没有有误的行，不需要标注", "可以直接导入")
        for number, (source, marks) in enumerate(marked):
            path = target if number == 0 else target.with_name(returned_name(source.book.path))
            write_returned(path, source.book, source.tables, marks)
        return target

    def undo(self, batch: str) -> Undone:
        """Takes an import back: new records go to the recycle bin, changed ones are as before.

        Raises:
            UserError: there is no such batch, or it is of a register open to another role only.
        """
        self._refuse_closed(batch)
        with self._store.work(UNDO) as work:
            outcome = undo_batch(work, batch)
        kept = [self._caption(one.register, one.record_id) or one.record_id for one in outcome.kept[:KEPT_NAMES]]
        return Undone(outcome.removed, outcome.restored, kept)

    def batches(self) -> list[Batch]:
        """Returns the imports made so far into the registers the operator may look into, the newest first."""
        seen = open_registers(self._store)
        return [one for one in self._all_batches() if one.register in seen]

    def _remember(self, session: Session, plan: ImportPlan) -> None:
        wanted = columns.workbook_columns(REGISTERS[plan.register])
        for source in plan.sources:
            for table in source.tables:
                keep(session, plan.register, table, wanted, plan.choices)

    def _refuse_closed(self, batch: str) -> None:
        for one in self._all_batches():
            if one.id == batch:
                permitted(self._store, one.register)

    def _all_batches(self) -> list[Batch]:
        with self._store.read() as session:
            rows = session.scalars(
                select(Operation).where(Operation.act.in_((IMPORT, UNDO))).order_by(Operation.n.desc())
            ).all()
        names = {one.id: one.name for one in self._store.vault.operators()}
        facts = [(row, json.loads(row.obj)) for row in rows]
        undone = {found["undone"] for _, found in facts if "undone" in found}
        return [
            Batch(
                found["batch"],
                found.get("subject", ""),
                row.at,
                names.get(row.op, row.op),
                found.get("files", []),
                found.get("new", 0),
                found.get("changed", 0),
                found["batch"] in undone,
            )
            for row, found in facts
            if row.act == IMPORT and "batch" in found
        ]

    def _plan_book(
        self,
        plan: ImportPlan,
        planner: Planner,
        book: RawWorkbook,
        wanted: Sequence[Column],
        session: Session,
        progress: Progress,
    ) -> None:
        path = book.path
        tables: list[Table] = []
        for sheet in book.sheets:
            first = read_table(sheet, wanted, self._context(), file_name=path.stem)
            earlier = recall(session, plan.register, first, wanted)
            table = self._remapped(first, wanted, path, {**earlier, **plan.choices})
            tables.append(table)
            remembered = tuple(header for header in earlier if header not in plan.choices)
            plan.sheets.append(replace(_sheet_plan(path, table), remembered=remembered))
        plan.sources.append(Source(book, tables))
        for table in tables:
            for read in read_rows(table, wanted, self._context(), epoch_1904=book.epoch_1904, progress=progress):
                planner.take(path.name, table, read)

    def _remapped(self, table: Table, wanted: Sequence[Column], path: Path, mapping: Mapping[str, str]) -> Table:
        if not mapping or table.header is None:
            return table
        by_path = {column.path: column for column in wanted}
        chosen = {cell.letter: by_path.get(mapping[cell.text]) for cell in table.header.cells if cell.text in mapping}
        header = table.header.remapped(chosen)
        return read_table(table.sheet, wanted, self._context(), file_name=path.stem, header=header)

    def _defaults(self, register: Register, given: Mapping[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, text in given.items():
            column = columns.find_column(register, name)
            try:
                values[column.path] = column.field.type.parse(text, self._context()).value
            except BadValue as error:
                raise UserError(f"“{column.label}”的默认值有误：{error}", "请改正后再导入") from error
        return values


def _sheet_plan(path: Path, table: Table) -> SheetPlan:
    header = table.header
    if header is None:
        return SheetPlan(path.name, table.sheet.name, 0, [], [], 0, 0, table.message)
    shown = samples(table.sheet, header)
    mapping = [
        (
            cell.text,
            cell.column.path if cell.column else None,
            cell.column.label if cell.column else "",
            "、".join(shown.get(cell.letter, [])),
        )
        for cell in header.cells
    ]
    return SheetPlan(
        file=path.name,
        sheet=table.sheet.name,
        header_row=header.bottom,
        mapping=mapping,
        unknown=[cell.text for cell in header.unknown],
        hidden_rows=table.hidden_rows,
        rows=len(table.rows),
        message=table.message,
    )


def _refuse_outdated(session: Session, plan: ImportPlan) -> None:
    """Whole records are written as the dry run saw them, so nobody may have changed any in between."""
    later = session.scalars(select(Operation.obj).where(Operation.n > plan.operation))
    if any(json.loads(obj).get("counts") for obj in later):
        raise UserError("预览之后台账又有改动，没有导入", "请重新预览，核对后再导入")
