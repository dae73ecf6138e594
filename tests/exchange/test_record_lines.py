"""A line says who changed which record of which register, or it is not taken in."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import package_workshop as shop
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.records import AttachmentRef, Delete, Put, Record, read_record

PUT, _, DELETE = shop.sample_records()
REFERENCE = AttachmentRef("ab" * 32, 1200, "image/jpeg", "照片.jpg")


def changed(record: Record, **fields: Any) -> bytes:
    return canonical.encode(json.loads(record.line) | fields)


def refusal(line: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read_record(line)
    return caught.value.status


@pytest.mark.parametrize("record", [*shop.sample_records(), replace(PUT, attachments=(REFERENCE,))])
def test_a_record_survives_its_line_and_keeps_its_hash(record: Record) -> None:
    found = read_record(record.line)
    assert found == record
    assert found.hash == record.hash == hashlib.sha256(record.line).hexdigest()


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "2026-11-19"},
        {"at": "2026-11-19T16:20:00+09:00"},
        {"at": "2026-02-30T16:20:00+08:00"},
        {"at": "2026-11-19T24:20:00+08:00"},
        {"at": 5},
        {"by": ""},
        {"by": "王" * 101},
        {"by": None},
        {"id": "019a95c0-0000-4000-8000-000000000001"},
        {"id": "019A95C0-0000-7000-8000-000000000001"},
        {"id": 7},
        {"rev": 0},
        {"rev": True},
        {"rev": "1"},
        {"rv": ""},
        {"t": "Person"},
        {"t": "person;drop"},
        {"t": ""},
        {"prev": ""},
        {"prev": False},
        {"prev": "AB" * 32},
        {"op": "merge"},
        {"op": None},
        {"extra": 1},
    ],
)
@pytest.mark.parametrize("record", [PUT, DELETE])
def test_a_line_with_a_wrong_value_is_refused(record: Record, fields: dict[str, Any]) -> None:
    assert refusal(changed(record, **fields)) == "E_REC_SCHEMA"


@pytest.mark.parametrize("fields", [{"data": []}, {"data": "x"}, {"att": {}}, {"att": [1]}, {"att": None}])
def test_a_put_needs_data_and_a_list_of_attachments(fields: dict[str, Any]) -> None:
    assert refusal(changed(PUT, **fields)) == "E_REC_SCHEMA"


@pytest.mark.parametrize("fields", [{"prev": None}, {"reason": ""}, {"reason": 1}])
def test_a_delete_needs_what_it_deletes_and_a_reason(fields: dict[str, Any]) -> None:
    assert refusal(changed(DELETE, **fields)) == "E_REC_SCHEMA"


@pytest.mark.parametrize(
    "changes",
    [{"bytes": 0}, {"bytes": 20 * 2**20 + 1}, {"mime": "image/svg+xml"}, {"name": ""}, {"sha256": "x"}, {"more": 1}],
)
def test_an_attachment_is_named_completely(changes: dict[str, Any]) -> None:
    assert refusal(changed(PUT, att=[vars(REFERENCE) | changes])) == "E_REC_SCHEMA"


@pytest.mark.parametrize("key", ["at", "att", "by", "data", "id", "op", "prev", "rev", "rv", "t"])
def test_no_key_may_be_missing(key: str) -> None:
    fields = json.loads(PUT.line)
    del fields[key]
    assert refusal(canonical.encode(fields)) == "E_REC_SCHEMA"


@given(st.binary(max_size=80))
def test_arbitrary_bytes_are_refused(line: bytes) -> None:
    assert refusal(line).startswith("E_")


@given(
    st.dictionaries(st.sampled_from(sorted(json.loads(PUT.line))), st.none() | st.integers(0, 3) | st.text(max_size=5))
)
def test_a_line_is_read_only_if_it_gives_itself_back(fields: dict[str, Any]) -> None:
    try:
        record = read_record(changed(PUT, **fields))
    except Refused:
        return
    assert replace(record).line == changed(PUT, **fields)


def test_values_of_a_record_keep_their_kinds() -> None:
    data = {"yes": True, "none": None, "number": 3, "codes": ["01", "02"], "place": {"code": "512099", "name": "某村"}}
    found = read_record(replace(PUT, data=data).line)
    assert isinstance(found, Put)
    assert found.data == data


def test_a_line_longer_than_the_limit_is_not_written() -> None:
    with pytest.raises(Refused) as caught:
        _ = replace(PUT, data={f"k{number}": "长" * 20_000 for number in range(5)}).line
    assert caught.value.status == "E_REC_LINE"


def test_a_record_is_put_or_deleted() -> None:
    assert isinstance(read_record(PUT.line), Put)
    assert isinstance(read_record(DELETE.line), Delete)
