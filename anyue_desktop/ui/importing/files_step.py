"""The first step of an import: which files, and what to put where they say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.columns import Column
from anyue_desktop.sheets.pasted import read_pasted
from anyue_desktop.sheets.raw import RawWorkbook
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.words import button, label

WORKBOOKS = "工作簿 (*.xlsx *.xls *.et *.csv);;所有文件 (*)"


class FilesStep(Step):
    """Files, and defaults for the columns they lack."""

    title = "选文件"
    onward = "读取(&N)"
    batches_wanted = Signal()
    template_wanted = Signal()

    def __init__(self, register_title: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._drop = FileDrop("把村上交的工作簿拖到这里，可以一次拖几个；原来的表头和格式都不用改。", WORKBOOKS)
        self._drop.changed.connect(self.ready)
        self.pasted: RawWorkbook | None = None
        self._told = label(kind="subtitle", name="粘贴的情况")
        self._defaults: list[_DefaultRow] = []
        self._default_rows = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label(f"导入{register_title}", "title"))
        layout.addWidget(self._drop, 1)
        layout.addWidget(label("文件里没有的栏目，统一填成：", "section"))
        layout.addLayout(self._default_rows)
        layout.addLayout(self._links())
        self.add_default()

    def paste(self) -> None:
        """Takes the cells on the clipboard as one more file."""
        content = QGuiApplication.clipboard().mimeData()
        try:
            self.pasted = read_pasted(content.text(), content.html())
        except UserError as error:
            self._told.setText(f"{error}，{error.hint}")
        else:
            self._told.setText(f"已粘贴 {len(self.pasted.sheets[0].rows)} 行（连同表头），点“读取”继续")
        self.ready.emit()

    def files(self) -> list[Path]:
        """Returns the chosen files."""
        return self._drop.files()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds files as if they had been dropped."""
        self._drop.add(paths)

    def defaults(self) -> Mapping[str, str]:
        """Returns what is put where the files say nothing: texts by dotted path."""
        return {row.path(): row.text() for row in self._defaults if row.path() and row.text()}

    def add_default(self, path: str = "", text: str = "") -> None:
        """Adds a row for one more default."""
        row = _DefaultRow(self._columns, path, text)
        self._defaults.append(row)
        self._default_rows.addWidget(row)

    def may_go_on(self) -> bool:
        """Whether there is a file."""
        return bool(self.files()) or self.pasted is not None

    def _links(self) -> QHBoxLayout:
        links = QHBoxLayout()
        links.addWidget(button("再加一项", self.add_default, kind="flat"))
        links.addWidget(button("粘贴复制的表格(&V)", self.paste, kind="flat"))
        links.addWidget(self._told, 1)
        links.addWidget(button("下载空白模板…", self.template_wanted.emit, kind="flat"))
        links.addWidget(button("以前的导入…", self.batches_wanted.emit, kind="flat"))
        return links


class _DefaultRow(QWidget):
    def __init__(self, columns: Sequence[Column], path: str, text: str) -> None:
        super().__init__()
        self._column = QComboBox()
        self._column.setAccessibleName("统一填写的栏目")
        self._column.addItem("（不需要）", "")
        for column in columns:
            self._column.addItem(column.label, column.path)
        self._column.setCurrentIndex(max(0, self._column.findData(path)))
        self._text = QLineEdit(text)
        self._text.setAccessibleName("统一填写的内容")
        self._text.setPlaceholderText("例如：土桥村")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._column, 1)
        row.addWidget(self._text, 3)

    def path(self) -> str:
        return str(self._column.currentData())

    def text(self) -> str:
        return self._text.text().strip()
