"""The photographs of a record: added from files, by dropping, or from the clipboard; looked at and taken away."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Field
from anyue_desktop.core.field_type import Context, Reading
from anyue_desktop.services.photos import SMALL_SIDE, Album, Photo
from anyue_desktop.ui.editors.editor import Editor
from anyue_desktop.ui.flow_layout import FlowLayout
from anyue_desktop.ui.photo_view import PhotoView
from anyue_desktop.ui.tasks import Tasks

PATTERN = "照片 (*.jpg *.jpeg *.png *.JPG *.JPEG *.PNG)"
PASTED = "粘贴的照片.png"
Source = Callable[[], tuple[bytes, str]]  # content and name


class PhotosEditor(Editor):
    """Small pictures and one button. Space or a click adds files, Ctrl+V what was copied; Backspace takes the last."""

    def __init__(
        self, field: Field, register: str, album: Album, context: Context, tasks: Tasks | None, parent: QWidget | None
    ) -> None:
        super().__init__(field, context, parent)
        self._register, self._album, self._tasks = register, album, tasks
        self._refs: tuple[str, ...] = ()
        self._pictures = QWidget()
        self._flow = FlowLayout(self._pictures, spacing=4)
        self.add_button = QPushButton("添加照片…")
        self.add_button.setToolTip("空格键选择文件；也可以把照片拖进来，或复制后按 Ctrl+V")
        self.add_button.clicked.connect(self._browse)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self._pictures)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addLayout(column, 1)
        self._pictures.hide()
        self.setAcceptDrops(True)
        self._watch(self.add_button)

    def raw(self) -> str:
        """Returns nothing: photographs are not typed."""
        return ""

    def set_raw(self, text: str) -> None:
        """Leaves the photographs as they are."""

    def reading(self) -> Reading[Any]:
        """Returns which photographs there are."""
        return Reading(self._refs or None)

    def set_value(self, value: Any) -> None:
        """Shows the photographs of a record."""
        wanted = tuple(value or ())
        if wanted != self._refs:
            self._refs = wanted
            self._rebuild()

    def settle(self) -> None:
        """Has nothing to read."""

    def set_read_only(self, read_only: bool) -> None:
        """Lets people look, but not add or take away."""
        self.add_button.setVisible(not read_only)

    def add(self, sources: Sequence[Source]) -> None:
        """Adds photographs, beside the work of the window."""

        def keep(*_: object) -> tuple[list[str], UserError | None]:
            kept: list[str] = []
            for source in sources:
                try:
                    kept.append(self._album.keep(*source()))
                except UserError as error:  # those before it stay
                    return kept, error
            return kept, None

        if self._tasks is None:
            self._added(keep())
        else:
            self._tasks.run(keep, self._added, title="添加照片", window=self, at_once=True)  # no other record meanwhile

    def remove(self, number: int) -> None:
        """Takes a photograph off the record; its history still has it."""
        self._refs = self._refs[:number] + self._refs[number + 1 :]
        self._rebuild()
        self.changed.emit()

    def _added(self, result: tuple[list[str], UserError | None]) -> None:
        kept, error = result
        known = {one.split()[0] for one in self._refs}
        fresh = [one for one in dict.fromkeys(kept) if one.split()[0] not in known]
        if fresh:
            self._refs = (*self._refs, *fresh)
            self._rebuild()
            self.changed.emit()
        if error is not None:
            raise error

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcomes pictures."""
        if _sources(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Takes the pictures dropped."""
        self.add(_sources(event.mimeData()))
        event.acceptProposedAction()

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_V and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.add(_sources(QApplication.clipboard().mimeData()))
            return True
        if event.key() == Qt.Key.Key_Backspace and self._refs:
            self.remove(len(self._refs) - 1)
            return True
        return super()._pressed(event)

    def _browse(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "添加照片", "", PATTERN)
        self.add([_file(Path(name)) for name in names])

    def _rebuild(self) -> None:
        self._flow.clear()
        for number, photo in enumerate(self._album.listed(self._register, self._refs)):
            small = QPushButton()
            small.setObjectName("photo")
            small.setIcon(QIcon(self._small(photo)))
            small.setIconSize(QSize(SMALL_SIDE, SMALL_SIDE))
            small.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            small.setAccessibleName(f"第{number + 1}张照片 {photo.name}")
            small.clicked.connect(lambda _checked=False, one=number, shown=photo: self._look(one, shown))
            self._flow.addWidget(small)
        self._pictures.setVisible(bool(self._refs))
        self.updateGeometry()

    def _small(self, photo: Photo) -> QPixmap:
        picture = QPixmap()
        if photo.here:
            with contextlib.suppress(UserError):  # a package may bring anything under a name; the page still opens
                picture.loadFromData(self._album.shown(photo.sha256))
        return picture

    def _look(self, number: int, photo: Photo) -> None:
        may_remove = not self.add_button.isHidden()
        view = PhotoView(self._album, photo, (lambda: self.remove(number)) if may_remove else None, self)
        view.open()


def _sources(data: QMimeData | None) -> list[Source]:
    """Returns the pictures in what was dropped or copied: files, or a picture itself."""
    if data is None:
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if paths:
        return [_file(path) for path in paths]
    return [_image(QImage(data.imageData()))] if data.hasImage() else []


def _file(path: Path) -> Source:
    def read() -> tuple[bytes, str]:
        try:
            return path.read_bytes(), path.name
        except OSError as error:
            raise UserError(f"“{path.name}”读不出来", "请重新拷贝，或换一张照片") from error

    return read


def _image(image: QImage) -> Source:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    content = bytes(buffer.data().data())
    return lambda: (content, PASTED)
