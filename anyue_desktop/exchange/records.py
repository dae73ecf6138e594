"""The lines of a package: a record put or deleted, and the attachments beside them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange import canonical, shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.limits import LIMITS
from anyue_desktop.exchange.status import Status

TABLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|\+08:00)")
PICTURES = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n", "application/pdf": b"%PDF-"}


def is_moment(value: object) -> bool:
    """A moment that exists, in Beijing time or UTC."""
    if not isinstance(value, str) or MOMENT.fullmatch(value) is None:
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


_CHANGE: dict[str, shape.Check] = {
    "at": is_moment,
    "by": shape.text(1, 100),
    "id": shape.is_uuid7,
    "rev": shape.integer(1),
    "rv": shape.text(1, 100),
    "t": shape.matches(TABLE),
}
_REFERENCE: dict[str, shape.Check] = {
    "bytes": shape.integer(1, LIMITS.attachment),
    "mime": shape.one_of(*PICTURES),
    "name": shape.text(1, 200),
    "sha256": shape.is_hash,
}
_PUT = _CHANGE | {
    "att": shape.list_of(shape.shaped(_REFERENCE), high=1000),
    "data": shape.is_object,
    "op": shape.one_of("put"),
    "prev": shape.nothing_or(shape.is_hash),
}
_DELETE = _CHANGE | {"op": shape.one_of("del"), "prev": shape.is_hash, "reason": shape.text(1, 200)}


_ORDINARY = re.compile(
    "\0".join((MOMENT.pattern, shape.UUID7.pattern, TABLE.pattern, "[^\0]{1,100}", "[^\0]{1,100}", shape.HASH.pattern))
)


def _check(found: Object) -> None:
    """Refuses a line's object that is neither a put nor a delete (`E_REC_SCHEMA`)."""
    if not _is_ordinary(found):
        shape.demand(found, _DELETE if found.get("op") == "del" else _PUT, Status.E_REC_SCHEMA)


def _is_ordinary(found: Object) -> bool:
    """Whether this is a put without attachments, with one look: nearly every line of a large package is one."""
    if found.keys() != _PUT.keys() or found["op"] != "put" or found["att"] != []:
        return False
    previous = shape.NO_HASH if found["prev"] is None else found["prev"]
    try:
        texts = "\0".join((found["at"], found["id"], found["t"], found["by"], found["rv"], previous))
        ordinary = _ORDINARY.fullmatch(texts) is not None and datetime.fromisoformat(found["at"])
    except (TypeError, ValueError):
        return False
    return bool(ordinary) and type(found["rev"]) is int and found["rev"] >= 1 and type(found["data"]) is dict


@dataclass(frozen=True)
class AttachmentRef:
    """An attachment as a record names it."""

    sha256: str
    bytes: int
    mime: str
    name: str


@dataclass(frozen=True)
class _Change:
    """What putting and deleting have in common."""

    table: str
    id: str  # UUIDv7
    revision: int  # from 1, one more at every save
    previous: str | None  # revision hash of the revision exported before this one
    at: str  # YYYY-MM-DDThh:mm:ss+08:00
    by: str  # who entered
    reviewer: str

    def wire(self) -> Object:
        """Returns the object of the line."""
        raise NotImplementedError

    @cached_property
    def line(self) -> bytes:
        """The canonical line, without its LF.

        Raises:
            Refused: the record holds something a package must not carry.
        """
        try:
            wire = self.wire()
            _check(wire)
            line = canonical.encode(wire)
        except Refused as refused:
            where = f"{self.table} {self.id}：{refused.message}"
            raise Refused(refused.status, where, "请打开这条记录更正后再上报") from None
        if len(line) > LIMITS.line:
            raise Refused(
                Status.E_REC_LINE.name,
                f"{self.table} {self.id}：内容过长（{len(line)} 字节）",
                "请缩短这条记录的文字后再上报",
            )
        return line

    @cached_property
    def hash(self) -> str:
        """The revision hash: SHA-256 of the line."""
        return hashlib.sha256(self.line).hexdigest()


@dataclass(frozen=True)
class Put(_Change):
    """A record as it now stands; `data` holds the table's fields by dictionary key, as JSON values."""

    data: Mapping[str, Any]
    attachments: tuple[AttachmentRef, ...] = ()

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {
            "at": self.at,
            "att": [vars(one) for one in self.attachments],
            "by": self.by,
            "data": self.data if type(self.data) is dict else dict(self.data),
            "id": self.id,
            "op": "put",
            "prev": self.previous,
            "rev": self.revision,
            "rv": self.reviewer,
            "t": self.table,
        }


@dataclass(frozen=True)
class Delete(_Change):
    """A record that is no more; kept for ever."""

    reason: str

    def wire(self) -> Object:
        """Returns the object of the line."""
        return {
            "at": self.at,
            "by": self.by,
            "id": self.id,
            "op": "del",
            "prev": self.previous,
            "reason": self.reason,
            "rev": self.revision,
            "rv": self.reviewer,
            "t": self.table,
        }


Record = Put | Delete


@dataclass(frozen=True)
class Attachment:
    """The content of an attachment; its name is its SHA-256."""

    sha256: str
    content: bytes


def read_record(line: bytes) -> Record:
    """Returns the record of one line (without its LF); the table's own fields are the caller's to check.

    Raises:
        Refused: `E_UTF8`, `E_JSON…` or `E_REC_SCHEMA`.
    """
    found = canonical.decode(line)
    _check(found)
    record = _delete(found) if found.get("op") == "del" else _put(found)
    record.__dict__["line"] = line  # what `line` and `hash` would make again
    record.__dict__["hash"] = hashlib.sha256(line).hexdigest()
    return record


def _put(found: Object) -> Put:
    return Put(
        found["t"],
        found["id"],
        found["rev"],
        found["prev"],
        found["at"],
        found["by"],
        found["rv"],
        found["data"],
        tuple(AttachmentRef(**one) for one in found["att"]),
    )


def _delete(found: Object) -> Delete:
    return Delete(
        found["t"],
        found["id"],
        found["rev"],
        found["prev"],
        found["at"],
        found["by"],
        found["rv"],
        found["reason"],
    )
