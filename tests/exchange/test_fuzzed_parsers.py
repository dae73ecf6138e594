"""Every parser of foreign bytes, given mutated good inputs, reads or refuses; it never falls."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parser_targets import TARGETS

PIECES = [
    b"", b"\0", b"\xff" * 8, b'"', b"{}", b"[]", b"null", b"true", b"-1", b"1e999", b"9" * 30, b'"\\u0000"',
    b'"\\ud800"', b"\n", b"-> X25519 ", b"PK\x01\x02", bytes(512), "é\u202e".encode(), b"T24:00:00", b"2026-02-30",
]  # fmt: skip
EXAMPLES = 120 * int(os.environ.get("ATTACK", "1"))  # `make attack` looks longer
TOKEN = re.compile(rb'"[^"]*"|-?\d+|true|false|null|[\[\]{},:]|\w+|.', re.DOTALL)


@cache
def seeds(name: str) -> list[bytes]:
    return TARGETS[name].seeds()


@st.composite
def mutated(draw: Any, name: str) -> bytes:
    """Cuts, doubles and replaces stretches of a good input, by bytes or by the tokens of its text."""
    content = draw(st.sampled_from(seeds(name)))
    for _ in range(draw(st.integers(1, 3))):
        spans = [one.span() for one in TOKEN.finditer(content)] or [(0, 0)]
        start, end = draw(st.sampled_from(spans))
        if draw(st.booleans()):
            start = end = draw(st.integers(0, len(content)))
            end = min(len(content), start + draw(st.integers(0, 9)))
        other = draw(st.sampled_from(PIECES) | st.binary(max_size=6) | st.just(content[start:end] * 2))
        content = content[:start] + other + content[end:]
    return content


@pytest.mark.parametrize("name", TARGETS)
def test_a_good_input_is_read(name: str) -> None:
    for content in seeds(name):
        if content != seeds("part")[-1]:  # one line more than is allowed
            TARGETS[name].read(content)


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_a_mutated_input_is_read_or_refused(name: str, data: st.DataObject) -> None:
    TARGETS[name].judge(data.draw(mutated(name)))
