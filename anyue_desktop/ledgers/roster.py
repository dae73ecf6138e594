"""L1 特殊困难老年人花名册."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Sheet
from anyue_desktop.ledgers.catalogue import LEDGERS

NUMBER = "L1"
TEXT_SIZE = 8.0  # sixteen columns, none of them abridged
COLUMNS = (
    Column("序号", 9),
    Column("村（社区）", 17),
    Column("组（社）", 11),
    Column("姓名", 15),
    Column("性别", 8),
    Column("年龄", 8),
    Column("身份证号", 31),
    Column("困难类别", 25, Align.LEFT),
    Column("自理能力", 14),
    Column("残疾类别等级", 14),
    Column("居住状况", 19),
    Column("联系电话", 20.5),
    Column("紧急联系人及电话", 20.5),
    Column("探访责任人及电话", 20.5),
    Column("纳入日期", 17.5),
    Column("备注", 17, Align.LEFT),
)


@dataclass(frozen=True)
class RosterRow:
    """One elder; numbers and names come masked or not, as the caller may show them. Age is that of the month's end."""

    village: str
    group: str
    name: str
    sex: str
    age: int | None
    id_number: str
    categories: str
    self_care: str = ""
    disability: str = ""
    living: str = ""
    phone: str = ""
    emergency_contact: str = ""
    responsible: str = ""
    enrolled_on: date | None = None
    remark: str = ""

    def cells(self) -> tuple[Cell, ...]:
        """Returns the values in print order, without the running number."""
        who = (self.village, self.group, self.name, self.sex, self.age, self.id_number)
        state = (self.categories, self.self_care, self.disability, self.living)
        contacts = (self.phone, self.emergency_contact, self.responsible)
        return (*who, *state, *contacts, self.enrolled_on, self.remark)


def roster(rows: Iterable[RosterRow], heading: Heading) -> Sheet:
    """Returns the roster of elders in the order given."""
    people = tuple(rows)
    numbered = tuple((number, *row.cells()) for number, row in enumerate(people, start=1))
    return Sheet(NUMBER, LEDGERS[NUMBER], heading, COLUMNS, numbered, _totals(people), text_size=TEXT_SIZE)


def _totals(people: tuple[RosterRow, ...]) -> tuple[Cell, ...]:
    men, women = (sum(row.sex == sex for row in people) for sex in ("男", "女"))
    told = {0: "合计", 3: f"{len(people)}人", 7: f"男{men}人，女{women}人"}
    return tuple(told.get(place, "") for place in range(len(COLUMNS)))
