"""What the text of one field says of the fields beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anyue_desktop.core.register import is_blank
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.editors.resident_id import ResidentIdEditor
from anyue_desktop.ui.paths import value_at


def siblings(path: str, editor: Editor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Returns values by path; an ID number overrules what stands there, everything else only fills blanks."""
    prefix, dot, key = path.rpartition(".")
    overrules = isinstance(editor, ResidentIdEditor)
    found = {}
    for name, value in editor.take_beside().items():
        sibling = f"{prefix}{dot}{key.replace('_date', '_precision') if name == 'precision' else name}"
        if overrules or is_blank(value_at(values, sibling)):
            found[sibling] = value
    return found
