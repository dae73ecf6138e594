"""Photographs that belong to a record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, Self

from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import BadValue, Context, FieldType, Json, Reading

FORM = re.compile(r"([0-9a-f]{64}) ([1-9][0-9]{0,7}) ([^\0-\x1f]{1,200})")
MOST = 99


class PhotoRef(NamedTuple):
    """A photograph as a record names it; its content is kept once under its SHA-256."""

    sha256: str
    size: int  # bytes
    name: str

    def __str__(self) -> str:
        """Returns the text kept in the record."""
        return f"{self.sha256} {self.size} {self.name}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Reads the text kept in a record.

        Raises:
            BadValue: it is no such text.
        """
        found = FORM.fullmatch(text)
        if found is None:
            raise BadValue(f"{quoted(text)}不是照片的记号")
        return cls(found[1], int(found[2]), found[3])


Refs = tuple[str, ...]


@dataclass(frozen=True)
class Photos(FieldType[Refs]):
    """Which photographs a record has, each as the text of a `PhotoRef`, in the order they were added."""

    def parse(self, raw: object, context: Context) -> Reading[Refs]:
        """Reads nothing: photographs are added, never typed.

        Raises:
            BadValue: something was typed.
        """
        if raw is None or raw == "":
            return Reading(None)
        raise BadValue("照片不能填写，请在记录上添加")

    def check(self, value: Refs, context: Context) -> str | None:
        """Refuses what names no photographs, the same one twice, and too many."""
        try:
            hashes = {PhotoRef.of(one).sha256 for one in value}
        except BadValue as error:
            return str(error)
        if len(value) > MOST:
            return f"照片有 {len(value)} 张，最多 {MOST} 张"
        return None if len(hashes) == len(value) else "同一张照片有两次"

    def show(self, value: Refs) -> str:
        """Returns how many, and their names."""
        return f"{len(value)}张：{'、'.join(PhotoRef.of(one).name for one in value)}"

    def dump(self, value: Refs) -> Json:
        """Returns the texts as a list."""
        return [*value]

    def load(self, stored: Json) -> Refs:
        """Returns the texts of a stored list."""
        if not isinstance(stored, list) or not all(isinstance(one, str) for one in stored):
            raise BadValue(f"存储的内容{quoted(repr(stored))}不是照片的列表")
        return tuple(stored)
