"""What is remembered to read records quickly never changes what a record means, or why it is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from field_values import JUNK, TODAY, good
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue_desktop.core.field import Need
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.register import TOWNSHIP, Register, is_blank
from anyue_desktop.exchange import canonical
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.wire import NotInDictionary, load_record, wire_form

TRAVELLING = {name: one for name, one in REGISTERS.items() if one.keeper == TOWNSHIP}
EACH = pytest.mark.parametrize("register", TRAVELLING.values(), ids=TRAVELLING)
CONTEXT = Context(TODAY)
Outcome = tuple[str, Any]


def travelling(register: Register) -> dict[str, Any]:
    return {key: register.field(key) for key, _ in wire_form(register.name).dumps}


def by_the_verbs(register: Register, data: Mapping[str, Any]) -> Outcome:
    """Reads a record by the verbs of its field types alone; an empty set is kept as nothing."""
    values = {}
    for key, stored in data.items():
        if key not in travelling(register):
            return ("refused", key)
        field = register.field(key)
        try:
            values[key] = field.type.load(stored)
        except BadValue:
            return ("refused", key)
        if field.type.check(values[key], CONTEXT) or (field.need is Need.DRAFT and is_blank(values[key])):
            return ("refused", key)
        values[key] = None if values[key] == () else values[key]
    missing = [one.key for one in register.fields if one.need is Need.DRAFT and one.key not in values]
    return ("refused", missing[0]) if missing else ("read", repr(values))


def by_the_wire(register: Register, data: Mapping[str, Any]) -> Outcome:
    try:
        return ("read", repr(load_record(register.name, data, CONTEXT)))
    except NotInDictionary as error:
        return ("refused", error.field)


@EACH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_record_of_any_values_comes_out_of_its_line_as_it_went_in(register: Register, data: st.DataObject) -> None:
    fields = travelling(register)
    filled = data.draw(
        st.fixed_dictionaries(
            {key: good(one.type) for key, one in fields.items() if one.need is Need.DRAFT},
            optional={key: st.none() | good(one.type) for key, one in fields.items() if one.need is not Need.DRAFT},
        )
    )
    values = {**dict.fromkeys(fields), **filled}
    line = canonical.encode(wire_form(register.name).dump(values))
    assert json.loads(line).keys() == {key for key, value in values.items() if not is_blank(value)}
    found = load_record(register.name, canonical.decode(line), CONTEXT)
    assert found == {key: value for key, value in values.items() if not is_blank(value)}


@EACH
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_whatever_stands_in_a_line_is_read_or_refused_as_the_field_types_say(
    register: Register, data: st.DataObject
) -> None:
    fields = travelling(register)
    needed = {key: one for key, one in fields.items() if one.need is Need.DRAFT}
    loaded = {key: good(one.type).map(one.type.dump) for key, one in fields.items()}
    record = data.draw(st.fixed_dictionaries({key: loaded[key] for key in needed}))
    others = data.draw(st.dictionaries(st.sampled_from([*fields, "shoe_size"]), JUNK, max_size=2))
    more = data.draw(st.sampled_from(sorted(fields)))
    mixed = {**record, more: data.draw(loaded[more]), **others}
    for _ in range(2):  # the second time from memory
        assert by_the_wire(register, mixed) == by_the_verbs(register, mixed)


@pytest.mark.parametrize("impostor", [1, True, 1.0, ["1"], None])
def test_a_remembered_code_is_not_found_by_something_that_is_no_text(impostor: Any) -> None:
    person = {"name": "周甲英", "id_type": "111", "sex": "1"}
    assert load_record("person", person, CONTEXT)["sex"] == "1"
    with pytest.raises(NotInDictionary):
        load_record("person", {**person, "sex": impostor}, CONTEXT)


def test_what_was_right_yesterday_is_asked_again_today() -> None:
    person = {"name": "周甲英", "id_type": "111", "birth_date": "2026-11-23"}
    assert load_record("person", person, Context(TODAY))
    with pytest.raises(NotInDictionary, match="晚于今天"):
        load_record("person", person, Context(TODAY.replace(day=22)))


def test_a_needed_set_that_is_empty_is_returned_and_does_not_stop_the_package() -> None:
    report = {
        "found_at": "2026-11-10 10:05",
        "report_types": [],
        "reported_at": "2026-11-10 10:05",
        "reported_to": ["1"],
    }
    with pytest.raises(NotInDictionary, match="不能为空"):
        load_record("child_report", report, CONTEXT)
