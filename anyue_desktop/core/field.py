"""A field of a register, as every surface sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anyue_desktop.core.field_type import FieldType


class Need(StrEnum):
    """When a field must be filled."""

    DRAFT = "draft"  # nothing can be saved without it
    REPORT = "report"  # wanted in a complete record; missing means 信息不全
    CONDITIONAL = "conditional"  # a rule says when
    OPTIONAL = "optional"
    AUTO = "auto"  # the program fills it


class Privacy(StrEnum):
    """How a value must be treated (个人信息保护法 art 28)."""

    PUBLIC = "public"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


@dataclass(frozen=True)
class Field:
    """One column of a register: what it is called, what it holds and who may see it."""

    key: str
    label: str
    type: FieldType[Any]
    need: Need = Need.OPTIONAL
    privacy: Privacy = Privacy.PERSONAL
    section: str = ""
    listed: bool = False  # stands in the on-screen list
    printed: bool = False  # stands in ledgers
    exported: bool = True  # travels in packages
    default: Any = None
    headers: tuple[str, ...] = ()  # other spellings accepted in a workbook's header
    help: str = ""

    @property
    def typed(self) -> bool:
        """Whether a person fills this field."""
        return self.need is not Need.AUTO
