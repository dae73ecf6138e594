"""L7 留守儿童统计表: the heading tree of the national children's system, a row a village (registers.md G.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on, last_day
from anyue_desktop.core.sheet import Cell, Column, Heading, Section, Sheet
from anyue_desktop.registers import ChildCase, Person
from anyue_desktop.services.printing.children import looked_after_in
from anyue_desktop.services.printing.listing import TOTAL, sheet_of
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.places import Places, places_of

LEFT_BEHIND = "01"  # codelist child_type
UNKNOWN = "未采集"
AGES, SEXES = ("0—5岁", "6—13岁", "14—16岁"), {"1": "男", "2": "女"}
NOTES = (
    "说明：统计在册的农村留守儿童，年龄按统计月份最后一日计算，年满16周岁尚未退出的计入14—16岁，请及时核对退出；"
    "没有填写的计入“未采集”；救助措施一人可有多项，各栏相加可以大于合计。",
)
VILLAGE_MM, SUM_MM = 24.0, 12.0

Child = Mapping[str, Any]
Heads = tuple[str, ...]  # 年龄段, 0—5岁, 男


@dataclass(frozen=True)
class Branch:
    """One part of the tree: its headings in order, and under which of them a child counts."""

    heads: tuple[Heads, ...]
    of: Callable[[Child, date], Iterable[Heads]]
    width_mm: float
    turns: bool = False  # begins a further table on paper


def _coded(title: str, list_name: str, key: str, width_mm: float, *, turns: bool = False) -> Branch:
    known = codes.code_list(list_name)
    names = {item.code: (title, item.short_name) for item in known.items}
    unknown = (title, UNKNOWN)

    def of(child: Child, day: date) -> Iterable[Heads]:
        value = child[key]
        chosen = (value,) if isinstance(value, str) else value or ()
        return [names.get(code, unknown) for code in chosen] or [unknown]

    return Branch((*names.values(), unknown), of, width_mm, turns)


def _by_age(child: Child, day: date) -> Iterable[Heads]:
    born, sex = child["birth_date"], SEXES.get(child["sex"] or "")
    if born is None or sex is None:
        return [(AGE, UNKNOWN)]
    age = age_on(born, day)
    return [(AGE, AGES[(age > 5) + (age > 13)], sex)]


def _by_boarding(child: Child, day: date) -> Iterable[Heads]:
    return [(BOARDING, {True: "是", False: "否"}.get(child["is_boarding"], UNKNOWN))]


AGE, BOARDING = "年龄段", "寄宿"
TREE = (
    Branch((*((AGE, age, sex) for age in AGES for sex in SEXES.values()), (AGE, UNKNOWN)), _by_age, 9.5),
    _coded("教育情况", "school_stage", "school_stage", 11),
    _coded("户籍性质", "hukou_kind", "hukou_kind", 13),
    _coded("健康状况", "health_status", "health_status", 12, turns=True),
    Branch(tuple((BOARDING, word) for word in ("是", "否", UNKNOWN)), _by_boarding, 10),
    _coded("委托照料原因", "entrust_reason", "entrust_reason", 16.5),
    _coded("实际监护", "actual_carer", "actual_carer_kind", 12),
    _coded("监护情况", "guardianship_level", "guardianship_level", 11, turns=True),
    _coded("救助措施", "child_assistance", "assistance_got", 13),
)
HEADS = tuple(dict.fromkeys(heads for branch in TREE for heads in branch.heads))


def left_behind_children(number: str, office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the ledger, one row a place."""
    places, day = places_of(office, order), last_day(order.month)
    with office.store.read() as session:
        children = list(_children(session, order, places))
        names = places.all(session, ChildCase.__tablename__, (place for place, _ in children))
        notes = (*NOTES, *places.notes(session, ChildCase.__tablename__))
    rows = tuple(_cells(places.name(one), [child for at, child in children if at == one], day) for one in names)
    totals = _cells(TOTAL, [child for _, child in children], day)
    section = Section(tuple(_columns(places.title)), rows, totals)
    return sheet_of(number, heading, [section], "人", notes, personal=False)


def _columns(title: str) -> Iterator[Column]:
    yield Column(title, VILLAGE_MM)
    yield Column(TOTAL, SUM_MM)
    for branch in TREE:
        for number, heads in enumerate(dict.fromkeys(branch.heads)):
            *above, last = heads
            yield Column(last, branch.width_mm, groups=tuple(above), turns=branch.turns and number == 0)


def _cells(name: str, children: list[Child], day: date) -> tuple[Cell, ...]:
    counts = Counter(heads for child in children for branch in TREE for heads in set(branch.of(child, day)))
    return (name, len(children), *(counts[heads] for heads in HEADS))


def _children(session: Session, order: LedgerOrder, places: Places) -> Iterator[tuple[str, Child]]:
    """Gives the children left behind that are on the list, each with the place it counts for."""
    keys = ("child_types", "school_stage", "is_boarding", "entrust_reason", "actual_carer_kind", "guardianship_level",
            "assistance_got")  # fmt: skip
    about = (Person.birth_date, Person.sex, Person.hukou_kind, Person.health_status, Person.residence_division)
    asked = (
        select(ChildCase.township_code, *about, *(getattr(ChildCase, key) for key in keys))
        .join(Person, Person.id == ChildCase.person_id)
        .where(
            looked_after_in(ChildCase, order.month),
            type_coerce(ChildCase.child_types, String).contains(f'"{LEFT_BEHIND}"'),
            *places.within(ChildCase),
        )
    )
    for row in session.execute(asked).mappings():
        yield places.of(row["township_code"], row["residence_division"]), dict(row)
