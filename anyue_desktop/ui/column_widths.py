"""How wide a column of a list is before anybody changes it."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from anyue_desktop.core import types
from anyue_desktop.core.field import Field

EMS: dict[type, float] = {
    types.Name: 6,
    types.Date: 7,
    types.Month: 6,
    types.Moment: 9,
    types.TimeOfDay: 5,
    types.Integer: 5,
    types.Number: 6,
    types.YesNo: 4,
    types.Phone: 8,
    types.ResidentId: 11.5,
    types.Division: 8,
    types.Code: 8,
    types.Codes: 14,
    types.Text: 8,
}
OF_LISTS = {
    "sex": 3.5, "risk_level": 5, "report_state": 6, "self_care_level": 8.6, "relief_class": 10.5,
}  # fmt: skip
OF_FIELDS = {"group_name": 5}
WIDEST = 16.0


def width(field: Field, metrics: QFontMetrics) -> int:
    """Returns a width in pixels that suits what the field usually holds and its label."""
    listed = getattr(field.type, "list_name", "")
    ems = OF_FIELDS.get(field.key) or OF_LISTS.get(listed, EMS.get(type(field.type), 8))
    em = metrics.horizontalAdvance("中")
    return int(max(min(ems, WIDEST) * em, metrics.horizontalAdvance(field.label) + em) + em)
