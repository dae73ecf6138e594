"""享受待遇 of made-up children, as their file says of the support they get; the amounts are made up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from anyue_desktop.core.dates import month_of
from anyue_desktop.services.practice.child_cases import ChildFile
from anyue_desktop.services.practice.draw import Draw
from anyue_desktop.services.practice.setting import Setting

Values = dict[str, Any]

BENEFITS = {  # by codelist child_assistance: codelist subsidy_type and the amount a month
    "02": ("09", "365"),
    "03": ("07", "819"),
    "07": ("05", "100"),
    "08": ("06", "80"),
    "09": ("10", "1000"),
    "10": ("11", "1000"),
}
BY_CARD, SELF, NO_LONGER_DUE = "3", "01", "3"


def write_benefits(setting: Setting, draw: Draw, child: ChildFile) -> None:
    """Writes what a child gets by the month, paid to whoever cares for it."""
    payee = child.family.carer or child.person
    for kind, amount in (BENEFITS[one] for one in child.family.kind.assistance if one in BENEFITS):
        values: Values = {
            "person_id": child.person["id"],
            "benefit_type": kind,
            "amount_month": Decimal(amount),
            "start_month": month_of(child.enrolled),
            "payee_name": payee["name"],
            "payee_relation": child.family.carer_relation or SELF,
            "pay_method": BY_CARD,
            "approved_on": child.enrolled,
        }
        if child.left:
            values |= {"end_month": month_of(child.left), "stop_reason": NO_LONGER_DUE}
        setting.book.write("person_benefit", draw, child.enrolled, values)
