"""Editors of values that need no more than a line and an example."""

from __future__ import annotations

from PySide6.QtCore import Qt

from anyue_desktop.ui.editors.line import LineEditor


class TextEditor(LineEditor):
    """A short text."""


class NameEditor(LineEditor):
    """The name of a person."""


class GroupEditor(LineEditor):
    """The group (组/社) of a village."""

    example = "如 3组"


class PhoneEditor(LineEditor):
    """A mobile or landline number; a second number goes to the second field."""

    hints = Qt.InputMethodHint.ImhDialableCharactersOnly | Qt.InputMethodHint.ImhPreferLatin


class IntegerEditor(LineEditor):
    """A whole number."""

    hints = Qt.InputMethodHint.ImhPreferNumbers


class NumberEditor(LineEditor):
    """A number with decimal places."""

    hints = Qt.InputMethodHint.ImhPreferNumbers


class MonthEditor(LineEditor):
    """A month, in any form officers write it."""

    example = "如 2026-11 或 2026年11月"
    hints = Qt.InputMethodHint.ImhPreferNumbers


class MomentEditor(LineEditor):
    """A day and a time of day."""

    example = "如 2026-11-23 09:30"
    hints = Qt.InputMethodHint.ImhPreferNumbers


class TimeOfDayEditor(LineEditor):
    """A time of day."""

    example = "如 09:30 或 9点半"
    hints = Qt.InputMethodHint.ImhPreferNumbers
