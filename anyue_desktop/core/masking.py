"""How values are shown where not everything may be read (registers.md H.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from anyue_desktop.core import types
from anyue_desktop.core.field import Field, Privacy
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.core.groups import split_group
from anyue_desktop.core.names import mask_name
from anyue_desktop.core.phones import mask_phone
from anyue_desktop.core.resident_id import mask_id

HIDDEN = "***"

_VILLAGE_PART = re.compile(r"^.*?(?:村|社区)(?=[^村]|$)")
_HOUSE_PART = re.compile(r"[0-9一二三四五六七八九十]+(?:号|栋|幢|单元|室|楼).*$")


def mask(field: Field, value: Any, *, minor: bool = False) -> str:
    """Returns the masked text of a field's value; `minor` also hides names and free texts about children under 14.

    Public values, codes and amounts stay readable: what a ledger counts is not what identifies a person.
    """
    if value is None:
        return ""
    if field.privacy is Privacy.PUBLIC:
        return field.type.show(value)
    by_key = _BY_KEY.get(field.key)
    return by_key(value) if by_key else _mask_type(field.type, value, field.privacy, minor)


def mask_account(text: str) -> str:
    """Returns an account number with its last four digits readable."""
    return f"****{text[-4:]}" if len(text) > 4 else "****"


def mask_address(text: str) -> str:
    """Returns an address down to village and group: 土桥村3组."""
    place, group = split_group(text)
    if group:
        return place + group
    village = _VILLAGE_PART.match(text)
    return village[0] if village else _HOUSE_PART.sub("", text)


def mask_date(day: date) -> str:
    """Returns the year and month of a date."""
    return f"{day.year:04d}-{day.month:02d}"


def _mask_type(kind: FieldType[Any], value: Any, privacy: Privacy, minor: bool) -> str:
    if isinstance(kind, types.ResidentId):
        return mask_id(value)
    if isinstance(kind, types.Phone):
        return mask_phone(value)
    if isinstance(kind, types.Name):
        return mask_name(value) if minor else str(value)
    if isinstance(kind, types.Text) and not isinstance(kind, types.Group):
        return HIDDEN if minor or privacy is Privacy.SENSITIVE else kind.show(value)
    return kind.show(value)


# Fields whose type does not say what they hold.
_BY_KEY: dict[str, Callable[[Any], str]] = {
    "bank_account": mask_account,
    "disability_cert_no": mask_id,
    "residence_address": mask_address,
    "hukou_address": mask_address,
    "work_place": mask_address,
    "birth_date": mask_date,
}
