"""One value has one spelling; every other spelling is refused with its own code."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.canonical import MAX_DEPTH, MAX_INTEGER, MAX_STRING, _decode_plainly, decode, encode

FORBIDDEN = "\x00\x01\r\x1f\x7f\x85\u200b\u2060\u2028\u202e\u2066\u2069\ufeff\ufdd0\ufffe\uffff\U0001fffe\U0010ffff"

keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Cf", "Zl", "Zp")), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
whole = st.integers(-MAX_INTEGER, MAX_INTEGER)
values = st.recursive(
    st.none() | st.booleans() | whole | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)
objects = st.dictionaries(keys, values, max_size=6)
rarely = st.integers(0, 9).map(lambda number: number == 0)
anything = st.recursive(
    values
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.text(st.sampled_from(FORBIDDEN + "e\u0301\n\t\\"), max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        decode(content)
    return caught.value.status


@settings(max_examples=50)
@given(objects)
def test_what_is_encoded_is_decoded_to_the_same_value(value: dict[str, Any]) -> None:
    assert decode(encode(value)) == value


@settings(max_examples=50)
@given(objects)
def test_the_spelling_is_that_of_sorted_compact_json(value: dict[str, Any]) -> None:
    assert json.loads(encode(value)) == value
    assert encode(value) == encode(dict(reversed(value.items())))


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_accepted_only_if_they_are_what_encode_writes(content: bytes) -> None:
    try:
        value = decode(content)
    except Refused as refused:
        assert refused.status.startswith(("E_JSON", "E_UTF8"))
    else:
        assert encode(value) == content


@given(st.text(max_size=40))
def test_arbitrary_text_is_accepted_only_if_it_is_what_encode_writes(text: str) -> None:
    try:
        value = decode(text.encode("utf-8", "surrogatepass"))
    except Refused as refused:
        assert refused.status.startswith(("E_JSON", "E_UTF8"))
    else:
        assert encode(value) == text.encode()


@st.composite
def nearly_canonical(draw: Any) -> bytes:
    """A spelling, mostly the right one, of an object that is mostly allowed."""
    value = draw(st.dictionaries(keys | st.text(max_size=3), anything, max_size=4))
    spelt = json.dumps(
        value,
        ensure_ascii=draw(rarely),
        sort_keys=not draw(rarely),
        separators=(",", ": " if draw(rarely) else ":"),
    )
    return spelt.encode("utf-8", "surrogatepass") + (draw(st.binary(max_size=3)) if draw(rarely) else b"")


def outcome(read: Callable[[bytes], Any], content: bytes) -> tuple[str, Any]:
    try:
        return "read", repr(read(content))
    except Refused as refused:
        return refused.status, refused.message


@settings(max_examples=500)
@given(nearly_canonical() | st.binary(max_size=40))
def test_the_quick_way_reads_only_what_the_plain_way_reads_and_to_the_same_value(content: bytes) -> None:
    assert outcome(decode, content) == outcome(_decode_plainly, content)


@pytest.mark.parametrize("character", FORBIDDEN)
def test_an_invisible_or_direction_changing_character_is_refused_both_ways(character: str) -> None:
    with pytest.raises(Refused) as caught:
        encode({"name": f"王{character}芳"})
    assert caught.value.status == "E_JSON_STRING"
    assert code_of(f'{{"name":"王{character}芳"}}'.encode()) == "E_JSON_STRING"


@pytest.mark.parametrize(
    "text", ["𠅤", "\ue863", "葛\U000e0100", "·", "line\nbreak\ttab", 'quote " and \\ slash', "　"]
)
def test_rare_private_and_ordinary_characters_pass(text: str) -> None:
    assert decode(encode({"name": text})) == {"name": text}


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", "E_JSON"),
        (b"[]", "E_JSON"),
        (b'"a"', "E_JSON"),
        (b'{"a":1}{"b":2}', "E_JSON"),
        (b"{'a':1}", "E_JSON"),
        (b'{"a":1} ', "E_JSON_CANON"),
        (b' {"a":1}', "E_JSON_CANON"),
        (b'{"b":1,"a":2}', "E_JSON_CANON"),
        (b'{"a":1}\n', "E_JSON_STRING"),
        (b'{"a":1,"a":1}', "E_JSON_DUPKEY"),
        (b'{"a":{"b":1,"b":2}}', "E_JSON_DUPKEY"),
        (b'{"a":1.5}', "E_JSON_NUMBER"),
        (b'{"a":1E3}', "E_JSON_NUMBER"),
        (b'{"a":-0}', "E_JSON_NUMBER"),
        (b'{"a":9007199254740992}', "E_JSON_NUMBER"),
        (b'{"a":Infinity}', "E_JSON_NUMBER"),
        (b'{"a":01}', "E_JSON"),
        (b'{"A":1}', "E_JSON_KEY"),
        (b'{"":1}', "E_JSON_KEY"),
        (b'{"a\\nb":1}', "E_JSON_KEY"),
        (b'{"a":"\\u0041"}', "E_JSON_STRING"),
        (b'{"a":"\\/"}', "E_JSON_STRING"),
        (b'{"a":"\\ud800"}', "E_JSON_STRING"),
        (b'{"a":"\xed\xa0\x80"}', "E_UTF8"),
        ('{"a":"ｅ\u0301e\u0301"}'.encode(), "E_JSON_NFC"),
        ('{"a":"\uf900"}'.encode(), "E_JSON_NFC"),
    ],
)
def test_a_wrong_spelling_gets_its_own_code(content: bytes, status: str) -> None:
    assert code_of(content) == status


def test_a_combining_mark_after_an_escape_is_judged_by_its_own_string() -> None:
    value = {"a": "\n\u0303"}  # the escape's "n" and the mark would compose in the line, not in the string
    assert decode(encode(value)) == value


def test_depth_length_and_size_end_where_the_format_says() -> None:
    deep: Any = 1
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    assert decode(encode({"a": deep})) == {"a": deep}
    assert code_of(b'{"a":' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}") == "E_JSON_DEPTH"
    assert decode(encode({"a": "x" * MAX_STRING}))
    assert code_of(b'{"a":"' + b"x" * (MAX_STRING + 1) + b'"}') == "E_JSON_STRING"


@pytest.mark.parametrize("value", [1.5, b"x", {1}, float("nan")])
def test_values_the_format_does_not_know_cannot_be_written(value: object) -> None:
    with pytest.raises(Refused):
        encode({"a": value})
