"""How this computer likes to see the program: text size, columns. Nothing personal is kept here."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from anyue_desktop.core import files
from anyue_desktop.core.errors import UserError

FILE_NAME = "window.json"
_log = logging.getLogger(__name__)


class Preferences:
    """Small settings in one file; a damaged or read-only file only means the usual look."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME
        self._known = self._read()

    def get(self, name: str, usual: Any = None) -> Any:
        """Returns a setting, or what is usual."""
        return self._known.get(name, usual)

    def set(self, name: str, value: Any) -> None:
        """Keeps a setting."""
        self._known[name] = value
        try:
            files.write_text(self._path, json.dumps(self._known, ensure_ascii=False, indent=1))
        except UserError as error:
            _log.warning("settings were not kept: %s", error.message)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}
