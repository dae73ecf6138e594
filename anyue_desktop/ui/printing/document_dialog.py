"""A finished document in a window of its own, such as the 交接单."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.printing import Printing
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.printing.document_bar import DocumentBar
from anyue_desktop.ui.printing.preview_pane import PreviewPane
from anyue_desktop.ui.tasks import Tasks


class DocumentDialog(QDialog):
    """Shows, saves and prints one PDF; the folder it was made in goes with the window."""

    def __init__(
        self,
        path: Path,
        title: str,
        scratch: TemporaryDirectory[str],
        printing: Printing,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._scratch = scratch
        self.destroyed.connect(scratch.cleanup)  # the window may go without being closed, as when locking
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(980, 660)
        self.pane = PreviewPane(printing, tasks)
        notice = Notice()
        self.bar = DocumentBar(printing, tasks, notice)
        footer = QHBoxLayout()
        footer.addWidget(button("关闭", self.reject))
        footer.addStretch(1)
        footer.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pane, 1)
        layout.addWidget(notice)
        layout.addLayout(footer)
        self.pane.show_document(path)
        self.bar.put(path, title)

    def done(self, result: int) -> None:
        """Deletes the document: what is wanted has been saved or printed."""
        super().done(result)
        self._scratch.cleanup()
