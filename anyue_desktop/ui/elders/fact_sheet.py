"""A record to be read: its fields and values by section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.masking import mask
from anyue_desktop.core.register import is_blank
from anyue_desktop.ui.paths import Section, value_at
from anyue_desktop.ui.plain_label import PlainLabel

COLUMNS = 3


class FactSheet(QScrollArea):
    """Three columns of labels and values; what identifies a person is masked."""

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName("档案内容")
        self._sections = sections
        self._values: dict[str, QLabel] = {}
        sheet = QWidget()
        sheet.setObjectName("sheet")
        layout = QVBoxLayout(sheet)
        layout.setContentsMargins(14, 8, 14, 10)
        for section in sections:
            title = PlainLabel(section.title)
            title.setObjectName("section")
            layout.addWidget(title)
            layout.addLayout(self._grid(section))
        layout.addStretch(1)
        self.setWidget(sheet)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Shows the values of a record, masked."""
        slots = [slot for section in self._sections for slot in section.slots]
        self.show_texts({slot.path: _text(slot.field, value_at(values, slot.path)) for slot in slots})

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Shows a record by its texts."""
        for section in self._sections:
            for slot in section.slots:
                self._say(self._values[slot.path], slot.field, texts.get(slot.path, ""))

    def text(self, path: str) -> str:
        """Returns the text shown at a path."""
        return self._values[path].text()

    def _grid(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setContentsMargins(0, 0, 0, 10)
        for number, slot in enumerate(section.slots):
            row, column = divmod(number, COLUMNS)
            label = PlainLabel(slot.field.label)
            label.setObjectName("caption")
            value = self._values[slot.path] = PlainLabel()
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, column * 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, column * 2 + 1, Qt.AlignmentFlag.AlignTop)
        for column in range(COLUMNS):
            grid.setColumnMinimumWidth(column * 2, 110)
            grid.setColumnStretch(column * 2 + 1, 1)
        return grid

    def _say(self, label: QLabel, field: Field, text: str) -> None:
        wanted = field.need in (Need.REPORT, Need.DRAFT)
        label.setText(text or ("○ 未填" if wanted else "—"))
        label.setProperty("tone", "" if text else "muted")
        label.style().unpolish(label)
        label.style().polish(label)


def _text(field: Field, value: Any) -> str:
    return "" if is_blank(value) else mask(field, value)
