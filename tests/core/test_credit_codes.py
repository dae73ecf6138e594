"""统一社会信用代码 (GB 32100-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.credit_code import CHARACTERS, check_character, fault

EXAMPLE = "91350100M000100Y43"  # the standard's own


def test_the_example_of_the_standard_is_right() -> None:
    assert fault(EXAMPLE) is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91350100M000100Y44", "最后一位应为3"),
        ("91350100M000100Y4", "现为17位"),
        ("91350100M000100y43", "大写字母"),
        ("91350100I000100Y43", "没有I、O、S、V、Z"),
        ("9135010AM000100Y43", "第3至8位是数字"),
    ],
)
def test_a_wrong_code_is_told_what_is_wrong(code: str, words: str) -> None:
    assert words in (fault(code) or "")


@given(st.text(CHARACTERS, min_size=2, max_size=2), st.text("0123456789", min_size=6, max_size=6),
       st.text(CHARACTERS, min_size=9, max_size=9), st.integers(0, 16), st.sampled_from(CHARACTERS))  # fmt: skip
def test_one_wrong_character_never_goes_unnoticed(start: str, place: str, rest: str, at: int, other: str) -> None:
    body = start + place + rest
    code = body + check_character(body)
    assert fault(code) is None
    changed = code[:at] + other + code[at + 1 :]
    assert changed == code or fault(changed) is not None
