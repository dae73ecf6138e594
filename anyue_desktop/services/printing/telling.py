"""How a ledger tells what is registered; masked unless somebody wrote down why not (registers.md H.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from anyue_desktop.core import clock, codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.masking import mask
from anyue_desktop.core.register import Register
from anyue_desktop.core.sheet import Cell
from anyue_desktop.core.types import Code, Codes, Number
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.columns import Column, column
from anyue_desktop.services.minors import tells_of_child

NONE = "00"


@dataclass(frozen=True)
class Teller:
    """How values are told: masked or not, and on which day somebody's age is taken."""

    unmasked: bool
    as_of: date
    today: date = field(default_factory=clock.today)


class Row:
    """One record of a ledger: its values by dotted path, and how each may be shown.

    `minor` hides names and free texts about a child, whatever its fields say.
    """

    def __init__(
        self, register: Register, values: Mapping[str, Any], tell: Teller, *, minor: bool = False, prefix: str = ""
    ) -> None:
        self.values = dict(values)
        self.number = 0  # 序号
        self.tell = tell
        self.minor = minor
        self._register = register
        self._prefix = prefix

    def __getitem__(self, path: str) -> Any:
        return self.values.get(self._prefix + path)

    def within(self, prefix: str) -> Row:
        """Returns the record a path leads to, as a row of its own: the case of a visit."""
        return Row(self._register, self.values, self.tell, minor=self.minor, prefix=self._prefix + prefix)

    def text(self, path: str) -> str:
        """Returns the text of a value, masked where its field asks for it."""
        value = self[path]
        if value is None:
            return ""
        seen = _column(self._register.name, self._prefix + path)
        if self.tell.unmasked:
            return seen.field.type.show(value)
        return mask(seen.field, value, minor=self.minor and tells_of_child(seen))

    def plain(self, path: str) -> str:
        """Returns the text of a value in full; only what tells of a child stays masked."""
        value = self[path]
        if value is None or self.minor:
            return self.text(path)
        return _column(self._register.name, self._prefix + path).field.type.show(value)

    def options(self, path: str, without: tuple[str, ...] = ()) -> tuple[tuple[str, bool], ...]:
        """Returns the answers of a coded field, and which were given; a code its list lacks stands at the end."""
        kind, value = _column(self._register.name, self._prefix + path).field.type, self[path]
        if not isinstance(kind, Code | Codes):
            return (("是", value is True), ("否", value is False))
        chosen = (value,) if isinstance(value, str) else tuple(value or ())
        listed = codes.code_list(kind.list_name)
        offered = [code for code in listed.codes if code in chosen or code not in without]
        unknown = [code for code in chosen if code not in listed]
        return tuple((listed.show(code), code in chosen) for code in (*offered, *unknown))

    def cell(self, path: str) -> Cell:
        """Returns a number or day as it is unless it is masked, anything else as text."""
        value, text = self[path], self.text(path)
        kind = _column(self._register.name, self._prefix + path).field.type
        plain = isinstance(value, int | Decimal | date) and not isinstance(value, bool)
        if not plain or text != kind.show(value):
            return text
        return round(value, kind.places) if isinstance(kind, Number) else value  # type: ignore[no-any-return]

    def short(self, path: str) -> str:
        """Returns the names of codes without what stands in brackets."""
        value = self[path]
        kind = _column(self._register.name, self._prefix + path).field.type
        if value is None or not isinstance(kind, Code | Codes):
            return ""
        known = codes.code_list(kind.list_name)
        items = [(code, known.item(code)) for code in ((value,) if isinstance(value, str) else value)]
        return "、".join(dict.fromkeys(item.short_name if item else code for code, item in items))

    def age(self, path: str) -> int | None:
        """Returns the age on the ledger's day."""
        born = self[path]
        return age_on(born, self.tell.as_of) if born else None

    def contact(self, name: str, phone: str) -> str:
        """Returns a name with its telephone number."""
        return " ".join(filter(None, (self.text(name), self.text(phone))))


@cache
def _column(register: str, path: str) -> Column:
    return column(REGISTERS[register], path)


@dataclass(frozen=True)
class Told:
    """What one column says of a record: the paths it reads, and how."""

    paths: tuple[str, ...]
    tell: Callable[[Row], Cell]


NUMBER = Told((), lambda row: row.number)
BY_HAND = Told((), lambda row: "")  # room to write


def shown(path: str) -> Told:
    """A value as it may be shown."""
    return Told((path,), lambda row: row.cell(path))


def plain(path: str) -> Told:
    """A value in full on the page of one person."""
    return Told((path,), lambda row: row.plain(path))


def short(path: str) -> Told:
    """Codes by their names without brackets."""
    return Told((path,), lambda row: row.short(path))


def joined(*paths: str) -> Told:
    """Texts one after another: 肢体残疾二级."""
    return Told(paths, lambda row: "".join(map(row.text, paths)))


def contact(name: str, phone: str) -> Told:
    """A name with its telephone number."""
    return Told((name, phone), lambda row: row.contact(name, phone))


def age(path: str = "person.birth_date") -> Told:
    """The age on the ledger's day."""
    return Told((path,), lambda row: row.age(path))


def beside(key: str) -> Told:
    """What was found out beside the record."""
    return Told((), lambda row: row[key])
