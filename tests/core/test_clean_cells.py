"""Cells written as they are kept are read without the work that mends others: with the same outcome."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.cells import cell_text, folded
from anyue_desktop.core.field_type import BadValue, Context
from anyue_desktop.core.glyphs import Coverage
from anyue_desktop.core.names import read_name
from anyue_desktop.core.phones import read_phones
from anyue_desktop.core.problem import Kind
from anyue_desktop.core.register import Entry
from anyue_desktop.core.resident_id import check_character, read_id
from anyue_desktop.registers import REGISTERS

TODAY = date(2026, 11, 23)
CONTEXT = Context(TODAY, "512021206000")
PADDED = "{}\u3000"  # a blank behind the text sends it the long way; nothing else about it changes

days = st.dates(date(1850, 1, 1), date(2030, 12, 31))
first_17 = st.builds(
    lambda area, day, serial: f"{area}{day:%Y%m%d}{serial:03d}",
    st.sampled_from(["512099", "110101", "990101", "830000", "912099", "002099"]),
    days,
    st.integers(0, 999),
)
numbers = st.one_of(
    first_17.map(lambda text: text + check_character(text)),
    st.tuples(first_17, st.sampled_from("0123456789X")).map("".join),
    st.text("0123456789X", min_size=17, max_size=18),
)
names = st.one_of(
    st.text(st.characters(min_codepoint=0x4DFE, max_codepoint=0xA001), min_size=1, max_size=8),
    st.text("张王李一二三没有暂无龙䶮·", min_size=1, max_size=7),
)


def outcome(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except BadValue as problem:
        return str(problem)


@given(numbers, st.booleans())
def test_a_clean_id_number_reads_as_one_with_a_blank_behind_it(text: str, forced: bool) -> None:
    long_way = outcome(lambda: read_id(PADDED.format(text), TODAY, forced=forced))
    assert outcome(lambda: read_id(text, TODAY, forced=forced)) == long_way
    assert outcome(lambda: read_id(text, TODAY, forced=forced)) == long_way  # and again, from memory


@given(names)
def test_a_clean_name_reads_as_one_with_a_blank_behind_it(text: str) -> None:
    assert outcome(lambda: read_name(text)) == outcome(lambda: read_name(PADDED.format(text)))


@given(st.one_of(st.from_regex("1[0-9]{10}", fullmatch=True), st.text("0123456789-/ 无", max_size=13)))
def test_a_clean_telephone_number_reads_as_one_with_a_blank_behind_it(text: str) -> None:
    assert outcome(lambda: read_phones(text)) == outcome(lambda: read_phones(PADDED.format(text)))


@given(st.text())
def test_plain_text_is_what_normalising_gives(text: str) -> None:
    unbroken = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = "".join(char for char in unbroken if char not in "\u00ad\u200b\u2060\ufeff")
    assert cell_text(text) == unicodedata.normalize("NFC", visible).strip()
    if text.isascii():
        assert folded(text) in ("", "".join(text.split()))


@given(st.text("ab龙𬌗\u3000", max_size=6), st.text("ab龙𬌗", max_size=6))
def test_what_cannot_be_drawn_is_told_every_time(first: str, second: str) -> None:
    coverage = Coverage([(0x61, 0x61), (0x9F99, 0x9F99)])
    for text in (first, second, first):
        assert coverage.undrawable(text) == tuple(dict.fromkeys(char for char in text if char in "b𬌗"))


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "name": names,
            "id_number": numbers,
            "sex": st.sampled_from(["1", "2", "7", ""]),
            "birth_date": days,
            "phone": st.sampled_from(["13800001111", "12345", "028-24500000"]),
            "phone_none": st.booleans(),
            "residence_division": st.sampled_from(["512021206201", "512021206000", "1"]),
            "chronic_diseases": st.sampled_from([(), ("01",), ("77",)]),
        },
    )
)
def test_the_faults_of_a_record_are_what_a_check_finds_beside_what_is_missing(values: dict[str, Any]) -> None:
    person = REGISTERS["person"]
    everything = person.check(values, CONTEXT)
    wrong = [problem for problem in everything if problem.kind is not Kind.MISSING]
    assert person.faults(Entry(person, values, CONTEXT)) == wrong
    assert person.check(values, CONTEXT) == everything  # what passed before passes again, and nothing else


def test_what_passes_on_one_day_is_looked_at_again_on_another() -> None:
    case = REGISTERS["elder_case"]
    values = {"person_id": "x", "enrol_date": date(2026, 11, 23)}
    assert not [one for one in case.check(values, CONTEXT) if one.code == "bad_enrol_date"]
    yesterday = Context(date(2026, 11, 22), "512021206000")
    assert [one.code for one in case.check(values, yesterday)].count("bad_enrol_date") == 1
