"""What a machine can check of the architecture: sizes, names, and that every field is declared whole."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import types as sql

from anyue_desktop.core import codes, types
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.register import Register
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.columns import CodeSet, Exact, sql_type
from anyue_desktop.services.columns import sheet_columns, typed_columns
from anyue_desktop.sheets.column import spelling
from tools import make_glossary

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "anyue_desktop" / "db" / "migrations" / "versions"  # drafted by alembic, never edited again
SOURCES = sorted(path for path in (ROOT / "anyue_desktop").rglob("*.py") if VERSIONS not in path.parents)
FILE_LINES, FUNCTION_LINES = 300, 40
VAGUE_NAMES = re.compile(r"(utils?|helpers?|managers?|misc|common)(_.*)?|.*_(utils?|helpers?|managers?)")
CONTEXT = Context(today=date(2026, 11, 23), township="512021101000")
SAMPLES: dict[type, Any] = {
    types.Date: date(1941, 3, 5),
    types.Group: "3组",
    types.Moment: "2026-11-03 09:30",
    types.Month: "2026-10",
    types.Name: "阿的·木果",
    types.Phone: "13800001111",
    types.Photos: (f"{'0a' * 32} 20480 入户.jpg",),
    types.Ref: "01890a5d-ac96-774b-bcce-b302099a8057",
    types.Refs: ("01890a5d-ac96-774b-bcce-b302099a8057", "01890a5d-ac96-774b-bcce-b302099a8058"),
    types.ResidentId: "512099194103051225",
    types.Text: "老屋基7号",
    types.TimeOfDay: "09:30",
    types.YesNo: True,
}
UNITS = {"county": "512021000000", "township": "512021101000"}
SQL_TYPES: dict[type, type] = {
    types.Codes: CodeSet,
    types.Photos: CodeSet,
    types.Date: sql.Date,
    types.Integer: sql.Integer,
    types.Minutes: sql.Integer,
    types.Number: Exact,
    types.Refs: CodeSet,
    types.YesNo: sql.Boolean,
}
FIELDS = [(register, one) for register in REGISTERS.values() for one in register.fields]
NAMED = pytest.mark.parametrize(("register", "one"), FIELDS, ids=[f"{r.name}.{f.key}" for r, f in FIELDS])
EACH_REGISTER = pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)


def sample(kind: Any) -> Any:
    if isinstance(kind, types.Code):
        return kind.list.codes[0]
    if isinstance(kind, types.Codes):
        return tuple(code for code in kind.list.codes if code != kind.exclusive)[:2]
    if isinstance(kind, types.Integer):
        return kind.low
    if isinstance(kind, types.Number):
        return round((Decimal(kind.low) + Decimal(kind.high)) / 2, kind.places)
    if isinstance(kind, types.Division):
        return UNITS.get(kind.level, "512021101200")
    return SAMPLES[type(kind)]


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def repeated(labels: Iterable[str]) -> list[str]:
    return [label for label, times in Counter(labels).items() if times > 1]


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: length for path, length in lengths.items() if length > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path, node in functions()
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_module_names_say_what_is_inside() -> None:
    assert [path.relative_to(ROOT) for path in SOURCES if VAGUE_NAMES.fullmatch(path.stem)] == []


def test_the_glossary_says_what_is_declared() -> None:
    assert make_glossary.TARGET.read_text(encoding="utf-8") == make_glossary.glossary(), (
        "run: python -m tools.make_glossary"
    )


@EACH_REGISTER
def test_no_two_fields_of_a_register_share_a_label(register: Register) -> None:
    assert repeated(one.label for one in register.fields) == []


@EACH_REGISTER
def test_no_two_fields_of_a_form_share_a_label(register: Register) -> None:
    embedded = REGISTERS[register.target(register.embeds)].fields if register.embeds else ()
    assert repeated(one.label for one in (*embedded, *register.fields) if one.section) == []


@EACH_REGISTER
def test_no_header_of_a_workbook_could_mean_two_columns(register: Register) -> None:
    meanings: dict[str, set[str]] = {}
    for column in typed_columns(register):
        for text in (column.label, *column.field.headers):
            meanings.setdefault(spelling(text), set()).add(column.path)
    assert {text: paths for text, paths in meanings.items() if len(paths) > 1} == {}


@EACH_REGISTER
def test_what_a_register_names_exists(register: Register) -> None:
    assert register.title
    assert len(set(register.sheet)) == len(register.sheet)
    assert [column.path for column in sheet_columns(register)] == list(register.sheet)
    assert not register.embeds or register.target(register.embeds) in REGISTERS
    assert register.numbering is None or register.numbering.key in register.by_key


@EACH_REGISTER
def test_a_record_belongs_to_a_unit_of_those_who_keep_it(register: Register) -> None:
    assert register.keeper in UNITS
    assert getattr(register.field("township_code").type, "level") == register.keeper  # noqa: B009 - only divisions have it


@EACH_REGISTER
def test_default_values_are_allowed(register: Register) -> None:
    for key, value in register.defaults().items():
        assert register.field(key).type.check(value, CONTEXT) is None, key


@NAMED
def test_a_field_of_codes_has_its_list(register: Register, one: Field) -> None:
    name = getattr(one.type, "list_name", None)
    if name is not None:
        assert codes.code_list(name).items, name


@NAMED
def test_a_field_refers_to_a_register_that_exists(register: Register, one: Field) -> None:
    if isinstance(one.type, types.Ref | types.Refs):
        assert one.type.target in REGISTERS


@NAMED
def test_a_field_has_the_column_of_its_type(register: Register, one: Field) -> None:
    expected = SQL_TYPES.get(type(one.type), sql.String)
    assert isinstance(sql_type(one.type), expected)
    attribute = RECORDS[register.name].__mapper__.attrs[one.key]
    assert isinstance(attribute.columns[0].type, expected)


@NAMED
def test_a_value_survives_being_shown_and_read(register: Register, one: Field) -> None:
    value = sample(one.type)
    assert one.type.check(value, CONTEXT) is None
    if isinstance(one.type, types.Photos):  # photographs are added, never typed
        with pytest.raises(BadValue):
            one.type.parse(one.type.show(value), CONTEXT)
    else:
        assert one.type.parse(one.type.show(value), CONTEXT).value == value


@NAMED
def test_a_value_survives_being_packed_and_unpacked(register: Register, one: Field) -> None:
    value = sample(one.type)
    assert one.type.load(one.type.dump(value)) == value
