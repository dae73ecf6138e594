"""Children under 14: everything about them is sensitive, whatever the field says (个人信息保护法 art 28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from anyue_desktop.core.dates import age_on
from anyue_desktop.core.field import Privacy
from anyue_desktop.core.masking import mask
from anyue_desktop.core.register import Register
from anyue_desktop.services.columns import Column
from anyue_desktop.services.query import PERSON, person_path

SENSITIVE_BELOW = 14


def birth_path(register: Register) -> str:
    """Returns the path to the birth date of the person a record is about; blank where it is about nobody."""
    segments = person_path(register)
    return "" if segments is None else ".".join((*segments, "birth_date"))


def is_young(born: date | None, today: date) -> bool:
    """Whether somebody is under 14."""
    return born is not None and age_on(born, today) < SENSITIVE_BELOW


def tells_of_child(column: Column) -> bool:
    """Whether a column says something of the child or the family, not of the officials who look after them."""
    return column.register.name == PERSON or column.field.privacy is Privacy.SENSITIVE


def hidden_of_child(row: Mapping[str, Any], shown: Sequence[Column]) -> dict[str, str]:
    """Returns the masked texts of what is hidden of a child though it is shown of others, by path."""
    hidden = {}
    for one in filter(tells_of_child, shown):
        value = row[one.path]
        if value is not None and (text := mask(one.field, value, minor=True)) != mask(one.field, value):
            hidden[one.path] = text
    return hidden
