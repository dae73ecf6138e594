"""Unified social credit codes of organisations (统一社会信用代码, GB 32100-2015)."""

from __future__ import annotations

import re

from anyue_desktop.core.cells import quoted

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
LENGTH = 18

_FORM = re.compile(f"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{10}}")


def check_character(body: str) -> str:
    """Returns the last character for the first 17: weights are the powers of 3 modulo 31."""
    total = sum(CHARACTERS.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return CHARACTERS[-total % 31]


def fault(code: str) -> str | None:
    """Returns the sentence that says what is wrong with a code, or None."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为{LENGTH}位，现为{len(code)}位：{quoted(code)}"
    if not _FORM.fullmatch(code):
        return f"统一社会信用代码只用数字和大写字母，没有I、O、S、V、Z，第3至8位是数字：{quoted(code)}"
    expected = check_character(code[:-1])
    return None if code[-1] == expected else f"统一社会信用代码的校验位不对：最后一位应为{expected}，现为{code[-1]}"
