"""Where a newly signed trust bundle goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.county_enrolment import Approved
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser
from anyue_desktop.ui.tasks import Tasks


class TrustDialog(QDialog):
    """Asks for the place and signs."""

    written = Signal(object)

    def __init__(
        self,
        title: str,
        about: str,
        act_text: str,
        sign: Callable[[Path], Approved],
        tasks: Tasks,
        parent: QWidget | None = None,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self._sign = sign
        self._tasks = tasks
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(580)
        self.place = PlaceChooser()
        self.place.changed.connect(self._refresh)
        self._act = button(act_text, self.act, kind="danger" if danger else "main")
        footer = QHBoxLayout()
        footer.addWidget(button("取消", self.reject))
        footer.addStretch(1)
        footer.addWidget(self._act)
        layout = QVBoxLayout(self)
        layout.addWidget(label(about))
        layout.addWidget(self.place)
        layout.addLayout(footer)
        self._refresh()

    def act(self) -> None:
        """Signs and writes."""
        folder = self.place.folder()
        if folder is not None:
            self._tasks.run(lambda progress: self._sign(folder), self._signed, title="签名", window=self)

    def _signed(self, approved: Approved) -> None:
        self.accept()
        self.written.emit(approved)

    def _refresh(self) -> None:
        self._act.setEnabled(self.place.folder() is not None)
