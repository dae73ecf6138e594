"""A record's values as JSON and back: what history, drafts and undo keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from anyue_desktop.core.register import Register, is_blank
from anyue_desktop.registers import REGISTERS, Record
from anyue_desktop.registers.base import register_of


class ImageForm:
    """How the rows of one table are written to and read from JSON."""

    def __init__(self, register: Register, keys: tuple[str, ...]) -> None:
        self.keys = keys
        fields = register.by_key
        self._dump: dict[str, Callable[[Any], Any]] = {key: fields[key].type.dump for key in keys if key in fields}
        self._load: dict[str, Callable[[Any], Any]] = {key: fields[key].type.load for key in keys if key in fields}

    def dump(self, values: Mapping[str, Any]) -> str:
        """Returns the JSON of all values that are not empty."""
        kept = {key: self._one(self._dump, key, value) for key, value in values.items() if not is_blank(value)}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def load(self, image: str) -> dict[str, Any]:
        """Returns the values of an image; what is not in it was empty."""
        stored = json.loads(image)
        return {key: self._one(self._load, key, stored[key]) if key in stored else None for key in self.keys}

    @staticmethod
    def _one(convert: Mapping[str, Callable[[Any], Any]], key: str, value: Any) -> Any:
        return convert[key](value) if key in convert else value


@cache
def image_form(record: type[Record]) -> ImageForm:
    """Returns the form of a mapped class."""
    register = REGISTERS.get(record.__tablename__) or register_of(record)
    return ImageForm(register, tuple(record.__table__.columns.keys()))
