"""The townships of the county, found by name, code or pinyin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.choices import Choice

TOWNSHIP = "township"


class TownshipLookup:
    """All 46 townships and streets."""

    def find(self, text: str) -> Sequence[Choice]:
        """Returns the townships a text may mean; all of them for a blank."""
        known = divisions()
        found = known.search(text, level=TOWNSHIP) if text.strip() else known.townships()
        return [Choice(one.code, one.name) for one in found]

    def name(self, value: Any) -> str:
        """Returns the name of a township."""
        return divisions().name(value)
