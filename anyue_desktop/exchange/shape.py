"""What the fields of manifests and lines must look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.status import Status

Check = Callable[[Any], bool]

SITE = re.compile(r"t[0-9]{9}[a-z]")
COUNTY = re.compile(r"county-[0-9]{6}")
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
HASH = re.compile(r"[0-9a-f]{64}")
TIME = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
NO_HASH = "0" * 64  # stands for "nothing before this"


def matches(pattern: re.Pattern[str]) -> Check:
    """A text that is the whole of a pattern."""
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def text(low: int, high: int) -> Check:
    """A text of `low` to `high` code points."""
    return lambda value: type(value) is str and low <= len(value) <= high


def integer(low: int, high: int = 2**53 - 1) -> Check:
    """A whole number within bounds; true and false are not numbers."""
    return lambda value: type(value) is int and low <= value <= high


def one_of(*allowed: object) -> Check:
    """One of a few values, of the same type."""
    return lambda value: any(type(value) is type(one) and value == one for one in allowed)


def nothing_or(check: Check) -> Check:
    """Null, or what the check wants."""
    return lambda value: value is None or check(value)


def list_of(check: Check, low: int = 0, high: int = 100_000) -> Check:
    """A list of `low` to `high` values, each as the check wants."""
    return lambda value: type(value) is list and low <= len(value) <= high and all(map(check, value))


def set_of(check: Check, low: int, high: int) -> Check:
    """A list of different texts."""
    listed = list_of(check, low, high)
    return lambda value: listed(value) and len(set(value)) == len(value)


def shaped(fields: Mapping[str, Check]) -> Check:
    """An object with exactly these keys, each as its check wants."""
    return lambda value: (
        type(value) is dict and value.keys() == fields.keys() and all(fields[key](value[key]) for key in fields)
    )


def is_time(value: Any) -> bool:
    """A moment `YYYY-MM-DDThh:mm:ssZ` that exists, of the years 2000 to 2999: earlier ones have several spellings."""
    return type(value) is str and TIME.fullmatch(value) is not None and _exists(value)


def is_public_key(value: Any) -> bool:
    """An `ssh-ed25519 AAAA…` line."""
    if type(value) is not str:
        return False
    try:
        PublicKey.parse(value)
    except ValueError:
        return False
    return True


def is_object(value: Any) -> bool:
    """Any object."""
    return type(value) is dict


def moment(value: str) -> datetime:
    """Returns the time a manifest's text means."""
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def demand(found: Object, fields: Mapping[str, Check], status: Status) -> None:
    """Refuses an object that has other keys than `fields`, or a value its check does not want."""
    if found.keys() != fields.keys():
        odd = sorted(found.keys() ^ fields.keys())
        raise status.refusal(f"项目“{odd[0]}”" + ("缺少" if odd[0] in fields else "多余"))
    for key, check in fields.items():
        if not check(found[key]):
            raise status.refusal(f"项目“{key}”的值不合规定")


def _exists(value: str) -> bool:
    try:
        moment(value)
    except ValueError:
        return False
    return True


is_site = matches(SITE)
is_county = matches(COUNTY)
is_uuid7 = matches(UUID7)
is_hash = matches(HASH)
is_recipient = matches(RECIPIENT)
is_fingerprint = matches(FINGERPRINT)
