"""Taking back what was entered, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyue_desktop.ui.paths import value_at

Step = tuple[str, Any, Any]  # path, before, after


class EntryUndo:
    """What was changed in a form since it opened."""

    def __init__(self) -> None:
        self._done: list[list[Step]] = []
        self._undone: list[list[Step]] = []

    def note(self, before: Mapping[str, Any], after: Mapping[str, Any], paths: list[str]) -> None:
        """Remembers what changed between two states of the form."""
        steps = [(path, value_at(before, path), value_at(after, path)) for path in paths]
        changed = [step for step in steps if step[1] != step[2]]
        if changed:
            self._done.append(changed)
            self._undone.clear()

    def undo(self) -> dict[str, Any]:
        """Returns the values to show, by path, to take back the last change."""
        if not self._done:
            return {}
        steps = self._done.pop()
        self._undone.append(steps)
        return {path: before for path, before, _ in steps}

    def redo(self) -> dict[str, Any]:
        """Returns the values to show, by path, to do the last change again."""
        if not self._undone:
            return {}
        steps = self._undone.pop()
        self._done.append(steps)
        return {path: after for path, _, after in steps}

    def clear(self) -> None:
        """Forgets everything."""
        self._done.clear()
        self._undone.clear()
