"""Every register is entered, listed, exported, imported, remembered, sent and taken in by the same machinery."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from every_register import another, made, pointers, told, whole
from service_desk import MONTH, Desks, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import TOWNSHIP, Register
from anyue_desktop.core.types import Ref, Refs
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.report_package import MONTHLY, SPECIAL
from anyue_desktop.services import columns
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.sheets.column import REQUIRED
from anyue_desktop.sheets.template import FIRST_ROW, HEADER_ROW

EACH = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
SENT = [  # what the county keeps stays there; a report is written by the seal itself
    one for one in REGISTERS.values() if one.keeper == TOWNSHIP and one.name != "report_package"
]
EACH_SENT = pytest.mark.parametrize("register", SENT, ids=[one.name for one in SENT])


def stored(workspace: Workspace, register: Register, identity: str) -> dict[str, Any]:
    """Returns what is kept of what a person said of a record."""
    return told(register, workspace.records.get(register.name, identity))


def only(workspace: Workspace, register: Register) -> str:
    """Returns the id of the only record."""
    (identity,) = workspace.records.ids(Query(register.name))
    return identity


def fill_template(workspace: Workspace, path: Path, register: Register, said: dict[str, Any]) -> Path:
    """Writes a register's template and what an officer says into its first row."""
    workspace.exporting.template(register.name, path)
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    at = {str(cell.value).removesuffix(REQUIRED): cell.column for cell in page[HEADER_ROW] if cell.value}
    for column in columns.typed_columns(register):
        if said.get(column.path) is not None:
            cell = page.cell(FIRST_ROW, at[column.label])
            cell.value, cell.data_type = column.field.type.show(said[column.path]), "s"
    book.save(path)
    return path


def row_of(workspace: Workspace, register: Register, pointing: dict[str, Any]) -> dict[str, Any]:
    """Returns what a row says: the record's own fields, and by which words it names what it points to."""
    said = told(register, whole(register))
    for column in columns.typed_columns(register):
        segment, dot, rest = column.path.partition(".")
        reference = columns.reference(register, segment) if dot else None
        if reference is not None and columns.is_elsewhere(register, column.path):
            identity = pointing[reference.key]
            first = identity if isinstance(identity, str) else identity[0]
            target = register.target(reference.key)
            (found,) = workspace.records.values(target, [first], [rest])
            said[column.path] = found[rest]
    return said


@EACH
def test_a_whole_record_is_saved_as_it_was_said(register: Register, keeper: Workspace) -> None:
    identity = made(keeper, register.name)
    said = {path: value for path, value in told(register, whole(register)).items() if value is not None}
    assert stored(keeper, register, identity).items() >= said.items()


@EACH
def test_a_filled_template_gives_the_record_back(register: Register, keeper: Workspace, tmp_path: Path) -> None:
    pointing = pointers(keeper, register, {})
    path = fill_template(keeper, tmp_path / "模板.xlsx", register, row_of(keeper, register, pointing))
    before = set(keeper.records.ids(Query(register.name)))
    plan = keeper.importing.plan(register.name, [path])
    assert (plan.new, plan.bad) == (1, 0), [(one.field, one.message) for one in plan.problems]
    assert [sheet.unknown for sheet in plan.sheets] == [[]] * len(plan.sheets)
    keeper.importing.commit(plan)
    (identity,) = set(keeper.records.ids(Query(register.name))) - before
    said = {path: value for path, value in told(register, whole(register)).items() if value is not None}
    assert stored(keeper, register, identity).items() >= said.items()
    assert keeper.records.get(register.name, identity).items() >= pointing.items()
    again = keeper.importing.plan(register.name, [path])
    assert (again.changed, again.same) == ((0, 1) if register.natural_key else (0, 0))


@EACH
def test_a_change_is_remembered_and_a_deletion_can_be_taken_back(register: Register, keeper: Workspace) -> None:
    identity = made(keeper, register.name)
    key, other = another(register)
    before = keeper.records.get(register.name, identity)[key]
    changed = keeper.records.set(register.name, identity, {key: other}, action="改正")
    assert changed.saved, changed.problems
    newest = keeper.records.history(register.name, identity)[0]
    changes = {change.field: (change.old, change.new) for change in newest.changes}
    assert changes[key] == (register.show(key, before), register.show(key, other))
    keeper.records.put_back(register.name, identity, key, 1)
    assert keeper.records.get(register.name, identity)[key] == before
    keeper.records.delete(register.name, identity, "误录")
    assert keeper.records.ids(Query(register.name)) == []
    assert keeper.records.ids(Query(register.name, deleted=True)) == [identity]
    keeper.records.restore(register.name, identity)
    assert keeper.records.ids(Query(register.name)) == [identity]


@EACH
def test_a_record_is_listed_and_exported(register: Register, keeper: Workspace, tmp_path: Path) -> None:
    identity = made(keeper, register.name)
    (row,) = keeper.records.rows(register.name, [identity])
    assert list(row) == ["id", *register.sheet]
    exported = keeper.exporting.export(register.name, tmp_path / "台账.xlsx", unmask_reason="核对")
    page = openpyxl.load_workbook(exported.path).worksheets[0]
    labels = [one.label for one in columns.sheet_columns(register)]
    lines = [[cell.value for cell in line][: len(labels)] for line in page.iter_rows()]
    assert labels in lines
    assert exported.rows == 1


@EACH
def test_what_was_typed_is_kept_as_a_draft(register: Register, keeper: Workspace) -> None:
    said = {key: value for key, value in whole(register).items() if key in register.by_key}
    keeper.records.save_draft(register.name, "新", said)
    kept = keeper.records.draft(register.name, "新")
    assert kept is not None
    assert {key: kept[key] for key in said} == said
    assert [one.register for one in keeper.records.drafts()] == [register.name]


@EACH_SENT
def test_the_county_gets_what_the_township_has(register: Register, desks: Desks) -> None:
    identity = made(desks.township, register.name)
    kinds = [MONTHLY, SPECIAL] if register.role else [MONTHLY]
    sealed = [desks.township.reporting.seal(MONTH, desks.stick, kind=kind) for kind in kinds]
    assert [(one.left_out, one.waiting) for one in sealed] == [([], 0)] * len(kinds)
    received = desks.receive()
    assert [(one.status, one.returned) for one in received] == [("OK", 0)] * len(kinds), received
    there, here = (one.records.get(register.name, identity) for one in (desks.county, desks.township))
    local = {"report_state", "return_reason", "import_batch_id", "source"}
    travels = [one.key for one in register.fields if one.exported and one.key not in local]
    assert {key: there[key] for key in travels} == {key: here[key] for key in travels}


@EACH_SENT
def test_a_correction_and_a_deletion_reach_the_county(register: Register, desks: Desks) -> None:
    identity = made(desks.township, register.name)
    kind = SPECIAL if register.role else MONTHLY
    desks.seal()
    desks.township.reporting.seal(MONTH, desks.stick, kind=kind)
    key, other = another(register)
    assert desks.township.records.set(register.name, identity, {key: other}).saved
    assert desks.township.reporting.seal(MONTH, desks.stick, kind=kind).counts[register.name] == 1
    desks.township.records.delete(register.name, identity, "误录")
    last = desks.township.reporting.seal(MONTH, desks.stick, kind=kind)
    assert last.counts[register.name] == 1
    assert {one.status for one in desks.receive(asked=[desks.site])} == {"OK"}
    assert value(desks.county, f"select deleted_at is not null from {register.name} where id = :id", id=identity)


@EACH
def test_no_open_register_points_to_one_that_is_open_to_a_role_only(register: Register) -> None:
    closed = {one.name for one in REGISTERS.values() if one.role}
    targets = {register.target(one.key) for one in register.fields if isinstance(one.type, Ref | Refs)}
    assert register.role or not targets & closed


@EACH
def test_a_register_points_only_to_those_of_the_same_keeper(register: Register) -> None:
    targets = {register.target(one.key) for one in register.fields if isinstance(one.type, Ref | Refs)}
    assert {REGISTERS[name].keeper for name in targets} <= {register.keeper}


@EACH
def test_who_keeps_a_register_enters_it_and_nobody_else(register: Register, desks: Desks) -> None:
    other = desks.county if register.keeper == TOWNSHIP else desks.township
    sentence = "县局不能修改乡镇的记录" if register.keeper == TOWNSHIP else "由县局填写，乡镇不用填报"
    with pytest.raises(UserError, match=sentence):
        other.records.save(register.name, whole(register))
    assert value(other, f"select count(*) from {register.name}") == 0
