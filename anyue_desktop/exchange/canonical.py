"""Canonical JSON: one value has one spelling (a subset of RFC 8785, docs/package-format.md)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

import msgspec

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.status import Status

Object = dict[str, Any]

MAX_DEPTH = 16
MAX_STRING = 65_536  # code points
MAX_INTEGER = 2**53 - 1

_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NON_CHARACTERS = "".join(f"{chr(plane + 0xFFFE)}-{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u2060\u2028-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ud800-\udfff" + _NON_CHARACTERS + "]"
)
_ESCAPES_ALLOWED = re.compile(r'(?:[^\\]|\\["\\nt])*+')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_BAD_NUMBER = re.compile(r"-0(?![0-9])|[0-9][.eE+]|(?<![0-9])-?0[0-9]")
_PLAIN = frozenset({str, bool, type(None)})
_known_keys: set[str] = set()  # met before and found good: the registers have a few hundred
_MOST_KEYS = 4096

_encoder = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


_quick_encoder, _quick_decoder = msgspec.json.Encoder(order="sorted"), msgspec.json.Decoder()


def encode(value: Object) -> bytes:
    """Returns the one spelling of an object.

    Raises:
        Refused: the object holds something the format does not allow (`E_JSON_…`).
    """
    _check_object(value, 1)
    try:
        content = _quick_encoder.encode(value)
        text = content.decode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = _encoder.encode(value)
        content = text.encode("utf-8", "surrogatepass")
    _check_text(text)
    _check_strings(value, text)
    return content


def decode(content: bytes) -> Object:
    """Returns the object of a canonical spelling; any other spelling is refused.

    Raises:
        Refused: `E_UTF8`, `E_JSON` or one of the `E_JSON_…` codes.
    """
    value = _decode_quickly(content)
    return _decode_plainly(content) if value is None else value


def _decode_quickly(content: bytes) -> Object | None:
    """Returns the object of a canonical spelling; None of whatever only the plain way may judge."""
    try:
        value: Object = _quick_decoder.decode(content)
        if _quick_encoder.encode(value) != content:
            return None
        text = content.decode()
        _check_text(text)
        _check_object(value, 1)
        _check_strings(value, text)
    except (Refused, msgspec.MsgspecError, UnicodeError, RecursionError):
        return None
    return value


def _decode_plainly(content: bytes) -> Object:
    """Does what `decode` does, step by step in the order of the codes."""
    text = _utf8(content)
    _check_text(text)
    value: Object = _parse(text)
    _check_object(value, 1)
    _check_strings(value, text)
    if _encoder.encode(value) != text:
        raise _misspelt(text)
    return value


def _no_number(text: str) -> NoReturn:
    raise Status.E_JSON_NUMBER.refusal(text[:20])


_decoder = json.JSONDecoder(parse_float=_no_number, parse_constant=_no_number)


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Status.E_UTF8.refusal(f"第 {error.start + 1} 个字节") from None


def _check_text(text: str) -> None:
    # every forbidden character is unprintable, and printable text is the rule: the slow search is rarely needed
    if not text.isprintable():
        found = _FORBIDDEN.search(text)
        if found:
            raise Status.E_JSON_STRING.refusal(f"U+{ord(found.group()):04X}")
    if "\\" in text and not _ESCAPES_ALLOWED.fullmatch(text):
        raise Status.E_JSON_STRING.refusal("不允许的转义写法")


def _parse(text: str) -> Any:
    try:
        return _decoder.decode(text)
    except RecursionError:
        raise Status.E_JSON_DEPTH.refusal() from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            raise Status.E_JSON.refusal(f"第 {error.pos + 1} 个字符") from None
        raise Status.E_JSON_NUMBER.refusal("整数过长") from None


def _check_object(value: Any, depth: int) -> None:
    if type(value) is not dict:
        raise Status.E_JSON.refusal("应当是一个对象")
    if depth > MAX_DEPTH:
        raise Status.E_JSON_DEPTH.refusal(f"超过 {MAX_DEPTH} 层")
    if not _known_keys.issuperset(value):
        _check_keys(value)
    _check_values(value.values(), depth)


def _check_values(values: Collection[Any], depth: int) -> None:
    if _PLAIN.issuperset(map(type, values)):
        return
    for value in values:
        kind = type(value)
        if kind not in _PLAIN:
            _check_nested(value, kind, depth)


def _check_nested(value: Any, kind: type, depth: int) -> None:
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise Status.E_JSON_NUMBER.refusal(f"{'-' if value < 0 else ''}超出 2 的 53 次方")
    elif kind is dict:
        _check_object(value, depth + 1)
    elif kind is list:
        if depth + 1 > MAX_DEPTH:
            raise Status.E_JSON_DEPTH.refusal(f"超过 {MAX_DEPTH} 层")
        _check_values(value, depth + 1)
    else:
        raise Status.E_JSON_NUMBER.refusal(kind.__name__)


def _check_keys(keys: Collection[Any]) -> None:
    for key in keys:
        if type(key) is not str or _KEY.fullmatch(key) is None:
            raise Status.E_JSON_KEY.refusal(str(key)[:40])
    if len(_known_keys) < _MOST_KEYS:
        _known_keys.update(keys)


def _check_strings(value: Object, text: str) -> None:
    """Looks at each string by itself only when the whole text gives reason to.

    A text in NFC holds only strings in NFC; the reverse fails where an escape stands before a combining mark.
    """
    if len(text) > MAX_STRING or not unicodedata.is_normalized("NFC", text):
        for one in _strings(value):
            if len(one) > MAX_STRING:
                raise Status.E_JSON_STRING.refusal(f"文字超过 {MAX_STRING} 个字")
            if not unicodedata.is_normalized("NFC", one):
                raise Status.E_JSON_NFC.refusal(one[:20])


def _strings(value: Any) -> Iterator[str]:
    if type(value) is str:
        yield value
    elif type(value) is dict:
        for one in value.values():
            yield from _strings(one)
    elif type(value) is list:
        for one in value:
            yield from _strings(one)


def _misspelt(text: str) -> Refused:
    """Says what is not canonical in a text that parses."""
    bare = _STRING.sub("", text)
    if _BAD_NUMBER.search(bare):
        return Status.E_JSON_NUMBER.refusal()
    try:
        json.loads(text, object_pairs_hook=_unique)
    except Refused as refused:
        return refused
    return Status.E_JSON_CANON.refusal()


def _unique(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Status.E_JSON_DUPKEY.refusal()
    return found
