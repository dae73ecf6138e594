"""A form as a page of the window."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from anyue_desktop.ui.form import EntryForm
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import Place
from anyue_desktop.ui.plain_label import PlainLabel


class FormPage(Page):
    """The form of one record, opened at a field; a word about it (the county's or the check's) stands above."""

    def __init__(self, form: EntryForm, message: str = "", path: str = "", parent: QWidget | None = None) -> None:
        super().__init__(form.register.title, parent)
        self.form = form
        self._path = path
        self._message = PlainLabel(f"▲ 意见：{message}")
        self._message.setProperty("tone", "warning")
        self._message.setWordWrap(True)
        self._message.setContentsMargins(12, 4, 12, 4)
        self._message.setVisible(bool(message))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._message)
        layout.addWidget(form, 1)
        form.closed.connect(self.back)

    def arrive(self) -> None:
        """Puts the cursor into the field to look at, where it was, or into the first box to fill."""
        if self._path:
            QTimer.singleShot(0, self, self._go_to_field)  # boxes have no places before the page is laid out
        else:
            self.form.take_focus()

    def resume(self) -> Place | None:
        """Returns the unfinished entry, or the record."""
        return self.form.resume_place()

    def leave(self) -> None:
        """Keeps what was typed."""
        self.form.drafts.flush()

    def _go_to_field(self) -> None:
        path, self._path = self._path, ""
        self.form.sheet.go_to(path)
