"""CB 催报单: which townships the county still waits for, to be telephoned and signed (ux.md, county console)."""

from __future__ import annotations

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Sheet, day_text
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.returning import REPORTED, WITH_RETURNS, Returning, UnitStatus

COLUMNS = (
    Column("序号", 12),
    Column("乡镇（街道）", 36, Align.LEFT),
    Column("情况", 20),
    Column("应报日期", 34),
    Column("逾期（天）", 22),
    Column("退回待改（条）", 30),
    Column("最近一次收到", 34),
    Column("电话催报：时间、接话人", 58, Align.LEFT),
)
WORDS = (
    "请没有上报的乡镇（街道）尽快上报；有退回的，改好以后再报一次。",
    "没有变化的月份也要上报，并写明空表说明。",
)


def reminder(office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
    """Returns the townships that have not reported a month, or have records to mend.

    Raises:
        UserError: there is nobody to remind.
    """
    returning = Returning(office.store, office.unit, office.lists)
    waiting = [one for one in returning.status(order.month) if one.state != REPORTED]
    if not waiting:
        raise UserError(f"{heading.period}各乡镇（街道）都已上报，也没有退回待改的，不用催报", "可以换一个月份再看")
    due = returning.due_day(order.month)
    late = max((clock.today() - due).days, 0)
    rows = tuple(_row(number, one, day_text(due), late) for number, one in enumerate(waiting, 1))
    missing = sum(one.state != WITH_RETURNS for one in waiting)
    told = f"共 {len(waiting)} 个：没有上报的 {missing} 个，有退回待改的 {len(waiting) - missing} 个。"
    return Sheet(order.ledger, "催报单", heading, COLUMNS, rows, measure="个", notes=(told, *WORDS), personal=False)


def _row(number: int, one: UnitStatus, due: str, late: int) -> tuple[Cell, ...]:
    behind = late if one.state != WITH_RETURNS and late else None
    return (number, one.unit, one.state, due, behind, one.returned or None, one.received_at[:10], "")
