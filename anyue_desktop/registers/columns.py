"""One SQL type for each field type."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import lru_cache, singledispatch
from typing import Any

from sqlalchemy import Boolean, String
from sqlalchemy import Date as SqlDate
from sqlalchemy import Integer as SqlInteger
from sqlalchemy import Text as SqlText
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from anyue_desktop.core import types
from anyue_desktop.core.field_type import FieldType


@lru_cache(maxsize=4096)  # a county has hundreds of thousands of sets, but few different ones
def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class CodeSet(TypeDecorator[tuple[str, ...]]):
    """A set of codes or ids as a JSON array, so that any reader of the database understands it."""

    impl = SqlText
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Writes the codes; an empty set is no value."""
        return json.dumps(list(value)) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...] | None:
        """Reads the codes."""
        return _codes(value) if value else None


class Exact(TypeDecorator[Decimal]):
    """A decimal as text: SQLite has no exact number type, and money must not change."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Writes the digits as they are."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """Reads the digits as they are."""
        return None if value is None else Decimal(value)


class Explanations(TypeDecorator[dict[str, str]]):
    """The written reasons for soft problems that were kept, by the rule's code."""

    impl = SqlText
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Dialect) -> str | None:
        """Writes the reasons; none is no value."""
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, str] | None:
        """Reads the reasons."""
        return json.loads(value) if value else None


@singledispatch
def sql_type(kind: FieldType[Any]) -> TypeEngine[Any]:
    """Returns the column type of a field type; whatever is kept as text is text."""
    return String()


@sql_type.register
def _(kind: types.Date) -> TypeEngine[Any]:
    return SqlDate()


@sql_type.register
def _(kind: types.Integer) -> TypeEngine[Any]:
    return SqlInteger()


@sql_type.register
def _(kind: types.YesNo) -> TypeEngine[Any]:
    return Boolean()


@sql_type.register
def _(kind: types.Number) -> TypeEngine[Any]:
    return Exact()


@sql_type.register
def _(kind: types.Codes) -> TypeEngine[Any]:
    return CodeSet()


@sql_type.register
def _(kind: types.Refs) -> TypeEngine[Any]:
    return CodeSet()


@sql_type.register
def _(kind: types.Photos) -> TypeEngine[Any]:
    return CodeSet()
