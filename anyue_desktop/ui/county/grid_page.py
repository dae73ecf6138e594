"""指标 at the county: every township with every indicator, down to the people behind a cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.progress import Progress
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.services.county_grid import LEGEND, TITLE, CountyFigures, CountyGrid
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.printing import Printing
from anyue_desktop.ui.county.cell_bar import CellBar
from anyue_desktop.ui.county.grid_model import BY_NAME, GridModel
from anyue_desktop.ui.county.grid_table import GridTable
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.indicators.figures_page import FiguresPage
from anyue_desktop.ui.month_choice import MonthChoice, month_words
from anyue_desktop.ui.printing.document_dialog import DocumentDialog
from anyue_desktop.ui.tasks import Tasks


class GridPage(FiguresPage):
    """The heat table, with a bar below that tells of the cell under the cursor and opens its records."""

    def __init__(
        self,
        figures: CountyFigures,
        measuring: Measuring,
        printing: Printing,
        tasks: Tasks,
        month: MonthChoice,
        row_height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(measuring, tasks, parent)
        self._figures, self._printing = figures, printing
        self._month, self._row_height = month, row_height
        self._asking = 0
        self.model = GridModel(self)
        self.table = GridTable(self.model)
        self.setFocusProxy(self.table)
        self.bar = CellBar()
        self._period = label(kind="subtitle", name="月份")
        self._period.setWordWrap(False)
        self.main, self.every = _chip("专栏1", on=True), _chip("全部指标")
        self.of_month, self.of_year = _chip("本月", on=True), _chip("年累计")
        self._lay_out()
        self._connect()
        self.refresh(frozenset())

    def refresh(self, changed: frozenset[str]) -> None:
        """Computes again, on the worker thread."""
        self._asking += 1
        number, month, whole_year = self._asking, self._month.month, self.of_year.isChecked()
        self._period.setText(f"{month_words(month)}　正在计算…")
        self._tasks.run(
            lambda _progress: self._compute(number, month, whole_year=whole_year),
            lambda grid: self._answer(number, grid),
            owner=self,
        )

    def open_part(self, part: str) -> None:
        """Opens the records behind a part of the cell under the cursor: numerator, denominator or missing."""
        index = self.table.currentIndex()
        value, grid = self.model.value(index), self.model.grid
        if value is None or grid is None:
            return
        row = self.model.rows[index.row()]
        township = "" if index.row() == 0 else row.code
        self._tasks.run(
            lambda _progress: self._measuring.behind(
                value.id, grid.month, part, township=township, whole_year=grid.whole_year
            ),
            lambda behind: self.show_behind(f"{row.name}　{behind.title}", behind),
            owner=self,
        )

    def export(self) -> None:
        """Writes the table as a workbook."""
        title = f"{TITLE}（{self._grid_words()}）.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "导出指标一览表", title, "工作簿 (*.xlsx)")
        if name:
            self._write(Path(name).with_suffix(".xlsx"), lambda printed: tell_saved(self, printed.path, "已导出。"))

    def print(self) -> None:
        """Shows the table as it is printed."""
        scratch = tempfile.TemporaryDirectory(prefix="anyue-print-")

        def show(printed: Printed) -> None:
            title = f"{TITLE}（{self._grid_words()}）"
            DocumentDialog(printed.path, title, scratch, self._printing, self._tasks, self).open()

        self._write(Path(scratch.name) / "grid.pdf", show)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+P prints, Ctrl+E exports."""
        acts = {Qt.Key.Key_P: self.print, Qt.Key.Key_E: self.export}
        act = acts.get(Qt.Key(event.key()))
        if act is not None and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            act()
        else:
            super().keyPressEvent(event)

    def _compute(self, number: int, month: str, *, whole_year: bool) -> CountyGrid | None:
        return self._figures.grid(month, whole_year=whole_year) if number == self._asking else None

    def _answer(self, number: int, grid: CountyGrid | None) -> None:
        if number != self._asking or grid is None:
            return
        self._period.setText(grid.period)
        self._show(grid)

    def _show(self, grid: CountyGrid) -> None:
        at = self.table.currentIndex()
        row, column = max(at.row(), 0), max(at.column(), 1)
        self.model.show_grid(grid, main=self.main.isChecked())
        self.table.fit(self._row_height)
        last = self.model.columnCount() - 1
        self.table.setCurrentIndex(self.model.index(min(row, len(self.model.rows) - 1), min(column, last)))

    def _show_indicators(self) -> None:
        if self.model.grid is not None:
            self._show(self.model.grid)

    def _sort(self, column: int) -> None:
        header = self.table.horizontalHeader()
        down = not (header.sortIndicatorSection() == column and header.sortIndicatorOrder() == _DOWN)
        down = down if column != BY_NAME or header.sortIndicatorSection() == column else False
        for one in (header, self.table.front.horizontalHeader()):
            one.setSortIndicatorShown(True)
            one.setSortIndicator(column, _DOWN if down else _UP)
        at = self.table.currentIndex()
        code = self.model.rows[at.row()].code if at.isValid() else ""
        self.model.sort_by(column, down=down)
        self.table.freeze()
        place = next((number for number, row in enumerate(self.model.rows) if row.code == code), 0)
        self.table.setCurrentIndex(self.model.index(place, max(at.column(), 1)))

    def _tell(self, index: QModelIndex) -> None:
        value = self.model.value(index) if index.isValid() else None
        if value is None:
            self.bar.be_quiet()
        else:
            self.bar.tell(self.model.rows[index.row()], value, self.model.apart(index))

    def _open_cell(self, index: QModelIndex) -> None:
        """Enter and a double click offer the parts of a cell."""
        if self.model.value(index) is not None:
            area = self.table.visualRect(index)
            self.bar.offer(self.table.viewport().mapToGlobal(area.bottomLeft()))

    def _grid_words(self) -> str:
        return self.model.grid.period if self.model.grid else ""

    def _write(self, target: Path, done: Callable[[Printed], None]) -> None:
        grid, main = self.model.grid, self.main.isChecked()
        if grid is None:
            return

        def job(progress: Progress) -> Printed:
            return self._figures.write(grid, target, main=main, progress=progress)

        self._tasks.run(job, done, title="写出指标一览表", window=self)

    def _connect(self) -> None:
        for header in (self.table.horizontalHeader(), self.table.front.horizontalHeader()):
            header.sectionClicked.connect(self._sort)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self.table.opened.connect(self._open_cell)
        self.bar.wanted.connect(self.open_part)
        self._groups = [_group(self, *pair) for pair in ((self.main, self.every), (self.of_month, self.of_year))]
        self.main.toggled.connect(self._show_indicators)
        self.of_month.toggled.connect(lambda: self.refresh(frozenset()))
        self._month.changed.connect(lambda: self.refresh(frozenset()))

    def _lay_out(self) -> None:
        title = label("指标", "title")
        title.setWordWrap(False)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self._period)
        head.addStretch(1)
        for chip in (self.main, self.every, self.of_month, self.of_year):
            head.addWidget(chip)
        head.addWidget(button("导出…(&E)", self.export))
        head.addWidget(button("打印…(&P)", self.print))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 6)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.bar)
        foot = QHBoxLayout()
        foot.addWidget(label(LEGEND, "caption"), 1)
        foot.addWidget(button("统计口径…(&K)", self.change_basis, kind="flat"))
        layout.addLayout(foot)


_UP, _DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def _chip(words: str, *, on: bool = False) -> QPushButton:
    chip = QPushButton(words)
    chip.setCheckable(True)
    chip.setChecked(on)
    chip.setProperty("kind", "chip")
    chip.setProperty("on", str(on).lower())
    return chip


def _group(page: QWidget, *chips: QPushButton) -> QButtonGroup:
    group = QButtonGroup(page)
    for chip in chips:
        group.addButton(chip)
        chip.toggled.connect(lambda on, one=chip: _dress(one, on=on))
    return group


def _dress(chip: QPushButton, *, on: bool) -> None:
    chip.setProperty("on", str(on).lower())
    chip.style().unpolish(chip)
    chip.style().polish(chip)
