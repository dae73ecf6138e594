"""What can be done with a document that is on the screen: keep it, find it, print it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QWidget

from anyue_desktop.core.files import whole_file
from anyue_desktop.services.printing import Printing
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.words import button
from anyue_desktop.ui.printing.paper import print_pages
from anyue_desktop.ui.tasks import Tasks


class DocumentBar(QWidget):
    """另存为, 打印 for one PDF; disabled while there is none."""

    def __init__(self, printing: Printing, tasks: Tasks, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printing = printing
        self._tasks = tasks
        self._notice = notice
        self._path: Path | None = None
        self._title = ""
        self._save = button("另存为 PDF…(&S)", self.save)
        self._print = button("打印…(&P)", self.choose_printer, kind="main")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._save)
        row.addWidget(self._print)
        self.setEnabled(False)

    def put(self, path: Path, title: str) -> None:
        """Offers a document; `title` is the name it is saved under."""
        self._path, self._title = path, title
        self.setEnabled(True)

    def save(self) -> None:
        """Asks where to keep the document."""
        if self._path is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "另存为", f"{self._title}.pdf", "PDF 文件 (*.pdf)")
        if name:
            with whole_file(Path(name)) as part:
                shutil.copyfile(self._path, part)
            tell_saved(self, Path(name), "已保存。里面有个人信息，请妥善保管。")

    def choose_printer(self) -> None:
        """Asks for a printer and prints."""
        if not QPrinterInfo.availablePrinterNames():
            self._notice.say(
                "warning", "这台电脑上没有找到打印机", "请连接打印机并安装驱动，也可以另存为 PDF 到别处打印。"
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.finished.connect(lambda code: self.print_to(printer) if code == QDialog.DialogCode.Accepted else None)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def print_to(self, printer: QPrinter) -> None:
        """Prints on a printer that is set up."""
        path = self._path
        if path is not None:
            self._tasks.run(
                lambda progress: print_pages(self._printing, path, printer, progress),
                lambda count: self._notice.say("ok", f"已送打印机 {count} 页。"),
                title="打印",
                window=self,
            )
