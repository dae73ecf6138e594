"""A table whose first columns stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget


class FrozenTable(QTableView):
    """A table with its first columns frozen: they lie over the table and never scroll sideways."""

    opened = Signal(QModelIndex)

    def __init__(self, frozen: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = frozen
        self.front = QTableView(self)
        self.front.setObjectName("frozen")
        self.front.setFocusProxy(self)
        self.front.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for table in (self, self.front):
            self._set_up(table)
        self.front.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.front.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().stackUnder(self.front)
        self._couple()
        self.activated.connect(self.opened)
        self.front.doubleClicked.connect(self.opened)

    def _set_up(self, table: QTableView) -> None:
        table.setAlternatingRowColors(True)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionsClickable(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _couple(self) -> None:
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.front.horizontalHeader().sectionResized.connect(self._front_resized)
        self.verticalScrollBar().valueChanged.connect(self.front.verticalScrollBar().setValue)
        self.front.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.front.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.front.customContextMenuRequested.connect(self.customContextMenuRequested)
        self.front.installEventFilter(self)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Shows a model in both parts."""
        super().setModel(model)
        self.front.setModel(model)
        if model is not None:
            self.front.setSelectionModel(self.selectionModel())
            model.modelReset.connect(self.freeze)
        self.freeze()

    def set_row_height(self, height: int) -> None:
        """Sets the height of all rows in pixels."""
        for table in (self, self.front):
            table.verticalHeader().setMinimumSectionSize(height)
            table.verticalHeader().setDefaultSectionSize(height)

    def freeze(self) -> None:
        """Hides all but the frozen columns in the front part and puts it in its place."""
        model = self.model()
        columns = model.columnCount() if model is not None else 0
        for column in range(columns):
            self.front.setColumnHidden(column, column >= self._count)
            if column < self._count:
                self.front.setColumnWidth(column, self.columnWidth(column))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keeps the front part in its place."""
        super().resizeEvent(event)
        self._place()

    def scrollTo(  # noqa: N802 - Qt's name
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scrolls to a cell; frozen ones are always in sight sideways."""
        if not index.isValid():
            return
        if index.column() >= self._count:
            super().scrollTo(index, hint)
            hidden = self._frozen_width() - self.visualRect(index).left()
            if hidden > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)
        else:
            last = index.model().columnCount() - 1
            super().scrollTo(index.model().index(index.row(), min(self._count, last)), hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the record under the cursor."""
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid()
        if opens and self.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers:
            if not event.isAutoRepeat():
                self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Passes the wheel over the front part on to the table."""
        if watched is self.front and event.type() == QEvent.Type.Wheel:
            return bool(self.viewportEvent(event))
        return bool(super().eventFilter(watched, event))

    def _frozen_width(self) -> int:
        columns = self.model().columnCount() if self.model() is not None else 0
        return sum(self.columnWidth(column) for column in range(min(self._count, columns)))

    def _place(self) -> None:
        edge = self.frameWidth()
        height = self.viewport().height() + self.horizontalHeader().height()
        self.front.setGeometry(edge, edge, self._frozen_width() + 2, height)
        self.front.horizontalHeader().setFixedHeight(max(self.horizontalHeader().height(), 1))

    def _resized(self, column: int, old: int, new: int) -> None:
        if column < self._count:
            self.front.setColumnWidth(column, new)
            self._place()

    def _front_resized(self, column: int, old: int, new: int) -> None:
        if column < self._count and new and self.columnWidth(column) != new:
            self.setColumnWidth(column, new)
