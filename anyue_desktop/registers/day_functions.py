"""Arithmetic on days and moments that the database does, spelled for the engine it runs on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Date as SqlDate
from sqlalchemy import Integer as SqlInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class days_after(GenericFunction[date]):  # noqa: N801 - it is a database function
    """The day `days` after `since`."""

    type = SqlDate()
    inherit_cache = True


@compiles(days_after)
def _days_after(element: days_after, compiler: SQLCompiler, **options: Any) -> str:
    since, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({since}, '+' || {days} || ' days')"


class minutes_between(GenericFunction[int]):  # noqa: N801 - it is a database function
    """The minutes from one moment (`YYYY-MM-DD HH:MM`) to another."""

    type = SqlInteger()
    inherit_cache = True


@compiles(minutes_between)
def _minutes_between(element: minutes_between, compiler: SQLCompiler, **options: Any) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"CAST(round((julianday({end}) - julianday({start})) * 1440) AS INTEGER)"
