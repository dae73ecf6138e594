"""What makes a passphrase good enough, and a generator of easy ones."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from functools import cache

from anyue_desktop.core import resources
from anyue_desktop.core.errors import UserError

LEAST_CHARACTERS = 12
WORDS = 4
BETWEEN = "-"
LEAST_OWN = 8  # characters left when everything guessable is taken out
LEAST_DIFFERENT = 5
ID_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15})(?!\d)")
PHONE = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
COMMON = ("password", "passw0rd", "admin", "qwerty", "1qaz2wsx", "asdfgh", "zxcvbn", "iloveyou", "woaini", "abc123")
RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
HINT = "请用至少12个字符，或点“帮我想一个”用四个词语组成的密码"


@cache
def words() -> frozenset[str]:
    """Returns the two-character words that passphrases are made from."""
    return frozenset(resources.path("passphrase_words.txt").read_text(encoding="utf-8").split())


def suggest_passphrase() -> str:
    """Returns four different random words joined by hyphens."""
    return BETWEEN.join(secrets.SystemRandom().sample(sorted(words()), WORDS))


def require_good(text: str, unit: Mapping[str, str], login: str = "") -> None:
    """Raises `UserError` with the reason why a passphrase is too easy to guess."""
    text = unicodedata.normalize("NFC", text)
    if _is_generated(text):
        return
    if len(text) < LEAST_CHARACTERS:
        raise UserError(f"密码太短：只有{len(text)}个字符", HINT)
    for found, sentence in ((ID_NUMBER, "密码里不能用身份证号"), (PHONE, "密码里不能用电话号码")):
        if found.search(unicodedata.normalize("NFKC", text)):
            raise UserError(sentence, HINT)
    if len(_own_part(text, unit, login)) < LEAST_OWN:
        raise UserError("密码太容易猜到：去掉单位名、登录名和常见写法后剩下的太少", HINT)
    if len(set(text)) < LEAST_DIFFERENT:
        raise UserError("密码太容易猜到：重复的字符太多", HINT)


def cautions(text: str) -> list[str]:
    """Returns what the officer should know about a passphrase that is accepted."""
    if any(unicodedata.east_asian_width(character) == "F" for character in text):
        return ["密码里有全角字符，登录时也要用全角输入；建议切换到半角后重新输入"]
    if text != text.strip():
        return ["密码的开头或结尾有空格，登录时也要输入"]
    return []


def _is_generated(text: str) -> bool:
    parts = re.split(r"[-\s·，,]+", text.strip())
    if len(parts) == 1:
        parts = re.findall("..", text)
    return len(parts) >= WORDS and len(set(parts)) == len(parts) and all(part in words() for part in parts)


def _own_part(text: str, unit: Mapping[str, str], login: str) -> str:
    text = text.casefold()
    known = [value.casefold() for value in (*unit.values(), login) if len(value) >= 2]
    for guess in sorted((*known, *COMMON), key=len, reverse=True):
        text = text.replace(guess, "")
    for run in RUNS:
        for start in range(len(run) - 5):
            text = text.replace(run[start : start + 6], "")
    return re.sub(r"\s", "", text)
