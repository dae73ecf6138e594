"""QD 入户探访清单 and QZ 儿童走访清单: whom to see, for each visitor a page to take along and fill in by hand."""

from __future__ import annotations

from typing import Any

from anyue_desktop.indicators.visit_rate import active_in
from anyue_desktop.services.printing import children, elders
from anyue_desktop.services.printing.listing import LEFT, NO_VILLAGE, ListColumn, Listing, people
from anyue_desktop.services.printing.telling import BY_HAND, NUMBER, Row, Told, age, shown

NOBODY = "（未定）"
VILLAGE = "person.residence_division"
BY_HAND_COLUMNS = tuple(
    ListColumn(title, width, BY_HAND)
    for title, width in (
        ("日期", 16), ("方式", 14), ("见到本人", 13), ("健康", 14), ("安全", 18), ("需求", 22), ("签字", 22),
    )
)  # fmt: skip
HOW_TO = "填写：方式写上门、电话或视频；见到本人{seen}；健康、安全写见到的情况，没有问题写“好”“无”。"
OF_ELDERS = HOW_TO.format(seen="写“是”，只说上话写“通话”，没有见到写“没见到”“无人”“拒访”或“住院”")
OF_CHILDREN = HOW_TO.format(seen="写是或否")


def _carried_by(who: str, name: str, phone: str) -> Told:
    """The line above a visitor's page: village, visitor, telephone."""

    def tell(row: Row) -> str:
        village = row.text(VILLAGE) or NO_VILLAGE
        return f"村（社区）：{village}　{who}：{row.contact(name, phone) or NOBODY}"

    return Told((VILLAGE, name, phone), tell)


def _by_visitor(name: str) -> Any:
    return lambda row: (row[VILLAGE] or "", row[name] or "")


ELDER_WALK = Listing(
    elders.CASE,
    (
        ListColumn("序号", 9, NUMBER),
        ListColumn("姓名", 18, shown("person.name"), total=people),
        ListColumn("性别", 9, shown("person.sex")),
        ListColumn("年龄", 9, age()),
        ListColumn("组（社）", 13, shown("person.group_name")),
        ListColumn("类别", 26, elders.categories(), LEFT),
        ListColumn("联系电话", 22, shown("person.phone")),
        ListColumn("上次探访", 18, shown("last_visit_date")),
        ListColumn("应探访日期", 18, shown("next_due_date")),
        *BY_HAND_COLUMNS,
    ),
    active_in,
    VILLAGE,
    together=_carried_by("探访责任人", "responsible_name", "responsible_phone"),
    order=_by_visitor("responsible_name"),
    notes=(OF_ELDERS,),
)

CHILD_WALK = Listing(
    children.CASE,
    (
        ListColumn("序号", 9, NUMBER),
        ListColumn("儿童编号", 27, shown("case_no")),
        ListColumn("姓名", 15, shown("person.name"), total=people),
        ListColumn("性别", 9, shown("person.sex")),
        ListColumn("年龄", 9, age()),
        ListColumn("组（社）", 11, shown("person.group_name")),
        ListColumn("类别", 22, children.kinds(), LEFT),
        ListColumn("联系电话", 21, shown("person.phone")),
        ListColumn("上次走访", 18, shown("last_visit_date")),
        ListColumn("应走访日期", 18, shown("next_due_date")),
        *BY_HAND_COLUMNS,
    ),
    children.looked_after_in,
    VILLAGE,
    together=_carried_by("儿童主任", "director_name", "director_phone"),
    order=_by_visitor("director_name"),
    of_children=True,
    notes=(OF_CHILDREN,),
)
