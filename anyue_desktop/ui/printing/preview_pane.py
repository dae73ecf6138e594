"""Pages of a document on the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from anyue_desktop.services.printing import PageImage, Printing
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks

SHARPNESS = 110  # dots an inch of what is drawn once and then scaled to the window
WHOLE, WIDE = 0.0, -1.0  # fits the whole page, fits its width
ZOOMS = (WHOLE, WIDE, 1.0, 1.5, 2.0)
EDGE = 12


def page_picture(page: PageImage) -> QImage:
    """Returns a page as Qt draws it."""
    return QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBX8888).copy()


class PreviewPane(QWidget):
    """Leafs through a document: PgUp, PgDn, + and -."""

    def __init__(self, printing: Printing, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printing = printing
        self._tasks = tasks
        self._path: Path | None = None
        self._pages = 0
        self._page = 0
        self._zoom = 0
        self._picture = QImage()
        self._paper = PlainLabel("选好台账后点“预览”，这里显示打印出来的样子。")
        self._paper.setObjectName("subtitle")
        self._paper.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper.setAccessibleName("打印预览")
        self._scroll = _Scroll(self)
        self._scroll.setWidget(self._paper)
        self._place = label(kind="caption", name="页码")
        self._place.setWordWrap(False)
        self._buttons = [
            button("上一页", lambda: self.turn(-1)),
            button("下一页", lambda: self.turn(1)),
            button("缩小", lambda: self.zoom(-1)),
            button("放大", lambda: self.zoom(1)),
        ]
        bar = QHBoxLayout()
        for widget in (*self._buttons[:2], self._place, *self._buttons[2:]):
            bar.addWidget(widget)
        bar.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self._scroll, 1)
        self._refresh()

    @property
    def pages(self) -> int:
        """How many pages the document has."""
        return self._pages

    @property
    def path(self) -> Path | None:
        """The document shown."""
        return self._path

    def show_document(self, path: Path) -> None:
        """Opens a document at its first page."""
        self._path, self._page = path, 0
        self._pages = self._printing.page_count(path)
        self._draw()

    def turn(self, count: int) -> None:
        """Goes `count` pages on, or back."""
        page = min(max(self._page + count, 0), self._pages - 1)
        if self._pages and page != self._page:
            self._page = page
            self._draw()

    def zoom(self, count: int) -> None:
        """Shows the page larger or smaller."""
        self._zoom = min(max(self._zoom + count, 0), len(ZOOMS) - 1)
        self.fit()

    def fit(self) -> None:
        """Scales the page to the zoom chosen."""
        if self._picture.isNull():
            return
        shown = self._picture.scaled(
            self._wanted(), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        self._paper.setPixmap(QPixmap.fromImage(shown))
        self._paper.resize(shown.size())

    def _wanted(self) -> QSize:
        """The room the page may take at the zoom chosen."""
        room, zoom = self._scroll.viewport().size() - QSize(EDGE, EDGE), ZOOMS[self._zoom]
        if zoom == WHOLE:
            return room
        width = room.width() if zoom == WIDE else round(self._picture.width() * zoom)
        return QSize(width, width * self._picture.height())  # as high as it gets

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """PgUp and PgDn turn pages, + and - zoom."""
        acts = {
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Equal: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _draw(self) -> None:
        path, page = self._path, self._page
        self._refresh()
        if path is not None:
            self._tasks.run(lambda progress: self._printing.preview_page(path, page, SHARPNESS), self._drawn)

    def _drawn(self, page: PageImage) -> None:
        self._picture = page_picture(page)
        self.fit()

    def _refresh(self) -> None:
        back, forward, smaller, larger = self._buttons
        back.setEnabled(self._page > 0)
        forward.setEnabled(self._page < self._pages - 1)
        for one in (smaller, larger):
            one.setEnabled(self._pages > 0)
        self._place.setText(f"第 {self._page + 1} 页，共 {self._pages} 页" if self._pages else "")


class _Scroll(QScrollArea):
    def __init__(self, pane: PreviewPane) -> None:
        super().__init__()
        self._pane = pane
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._pane.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        super().keyPressEvent(event)
