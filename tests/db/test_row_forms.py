"""Rows that go past SQLAlchemy are written and read exactly as SQLAlchemy does it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Integer, String, Table, Text, insert, select, text
from sqlalchemy import Date as SqlDate

from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS
from anyue_desktop.registers.base import table_of
from anyue_desktop.registers.columns import CodeSet, Exact, Explanations

TABLES = [*map(table_of, RECORDS.values()), table_of(Carried)]
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    Boolean: st.booleans(),
    CodeSet: st.lists(st.sampled_from(["01", "02", "1", "中"]), max_size=3).map(tuple),
    Exact: st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.sampled_from([Decimal("1.0"), Decimal(1)]),
    Explanations: st.dictionaries(TEXTS, TEXTS, max_size=2),
    Integer: st.integers(-(2**53), 2**53),
    SqlDate: st.dates(date(1, 1, 1)),
    String: TEXTS,
    Text: TEXTS,
}


def a_value(column: Column[Any]) -> st.SearchStrategy[Any]:
    values = VALUES[type(column.type)]
    return st.none() | values if column.nullable else values.filter(lambda value: value != ())


def rows(table: Table) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Rows of a table that leave out some of what may be empty."""
    (key,) = table.primary_key.columns
    needed = {one.key: a_value(one) for one in table.columns if not one.nullable}
    others = {one.key: a_value(one) for one in table.columns if one.nullable}
    return st.lists(st.fixed_dictionaries(needed, optional=others), max_size=4, unique_by=lambda row: row[key.key])


def kept(session: Any, table: Table) -> list[tuple[Any, ...]]:
    """Returns what lies in the database, with the kind SQLite keeps it as."""
    columns = ", ".join(f"{one.key}, typeof({one.key})" for one in table.columns)
    return sorted(map(tuple, session.execute(text(f"select {columns} from {table.name}"))), key=repr)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_every_value_is_written_and_read_as_by_sqlalchemy(store: Store, table: Table, data: st.DataObject) -> None:
    made, form = data.draw(rows(table)), row_form(table)
    with pytest.raises(ZeroDivisionError), store.work("试验") as work:
        connection = work.session.connection()
        form.insert(connection, made)
        ours, read = kept(work.session, table), list(form.select(connection))
        theirs_read = [dict(row) for row in connection.execute(select(table)).mappings()]
        connection.execute(table.delete())
        if made:
            connection.execute(insert(table), [{**dict.fromkeys(table.columns.keys()), **row} for row in made])
        theirs = kept(work.session, table)
        raise ZeroDivisionError  # nothing of it stays
    assert ours == theirs
    assert sorted(read, key=repr) == sorted(theirs_read, key=repr)
    assert [repr(one) for row in read for one in row.values()] == [
        repr(row[key]) for row in theirs_read for key in form.keys
    ]


def test_a_column_no_table_has_is_a_mistake_of_the_programme(store: Store) -> None:
    with pytest.raises(ValueError, match="shoe_size"), store.work("试验") as work:
        row_form(table_of(Carried)).insert(work.session.connection(), [{"record_id": "a", "shoe_size": 38}])


def test_reasons_read_twice_are_not_the_same_object(store: Store) -> None:
    """What can be changed is never given to two readers."""
    form = row_form(table_of(RECORDS["person"]))
    found = form.bound({"explanations": {"a": "b"}})
    first, second = form.values(found), form.values(found)
    assert first["explanations"] == second["explanations"] == {"a": "b"}
    assert first["explanations"] is not second["explanations"]
