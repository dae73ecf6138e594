"""L14 补贴发放花名册: who is paid what in a month, with room to sign for it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.core.sheet import Cell
from anyue_desktop.services.printing.listing import LEFT, RIGHT, ListColumn, Listing, distinct, items, summed
from anyue_desktop.services.printing.telling import BY_HAND, NUMBER, Row, Told, shown

VILLAGE = "person.residence_division"
LAST_DIGITS = 4


def _paid_in(benefit: Any, month: str) -> ColumnElement[bool]:
    return and_(
        benefit.start_month <= month,
        or_(benefit.end_month.is_(None), benefit.end_month >= month),
    )


def _last_digits(row: Row) -> Cell:
    """Four digits, also where nothing is masked: whoever pays has the account (registers.md G.2, H.1)."""
    return str(row["bank_account"] or "")[-LAST_DIGITS:]


PAID = Listing(
    "person_benefit",
    (
        ListColumn("序号", 12, NUMBER),
        ListColumn("村", 28, shown(VILLAGE)),
        ListColumn("姓名", 28, shown("person.name"), total=distinct("person_id")),
        ListColumn("身份证号", 44, shown("person.id_number")),
        ListColumn("补贴类型", 56, shown("benefit_type"), LEFT, items("笔")),
        ListColumn("标准", 24, shown("amount_month"), RIGHT, summed("amount_month")),
        ListColumn("起领年月", 24, shown("start_month")),
        ListColumn("账号后四位", 24, Told(("bank_account",), _last_digits)),
        ListColumn("签字", 27, BY_HAND),
    ),
    _paid_in,
    VILLAGE,
    also=("person_id",),
    measure="人、元/月",
    text_size=9.0,
)
