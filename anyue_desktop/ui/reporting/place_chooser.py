"""Where a file goes to or comes from: a stick, or any folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.words import button, label, set_tone
from anyue_desktop.ui.reporting.drives import Drive, free_room, removable_drives, room_words

LOOK_AGAIN_MS = 2000


class PlaceChooser(QWidget):
    """Lists the sticks as they are plugged in and pulled out; a plain folder is always allowed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drives: list[Drive] | None = None
        self._folders: list[Path] = []
        self._places = QComboBox()
        self._places.setAccessibleName("U 盘或文件夹")
        self._places.currentIndexChanged.connect(self._tell)
        self._state = label(kind="caption", name="位置的情况")
        row = QHBoxLayout()
        row.addWidget(self._places, 1)
        row.addWidget(button("选择文件夹…(&F)", self._browse))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._state)
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_AGAIN_MS)
        self._watch.timeout.connect(self.look)
        self.look()

    def folder(self) -> Path | None:
        """Returns the chosen place, or None while there is none that is there and can be written."""
        place = self._places.currentData()
        there = isinstance(place, Path) and place.is_dir() and place not in self._protected()
        return place if there else None

    def choose(self, folder: Path) -> None:
        """Chooses a folder that is no stick."""
        if folder not in self._folders:
            self._folders.append(folder)
        self._fill(folder)

    def look(self) -> None:
        """Looks which sticks are there now."""
        drives = removable_drives()
        if drives != self._drives:
            before = {drive.root for drive in self._drives or []}
            fresh = next((drive.root for drive in drives if drive.root not in before), None)
            self._drives = drives
            self._fill(fresh or self._places.currentData())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Watches for sticks while in view."""
        super().showEvent(event)
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stops watching."""
        super().hideEvent(event)
        self._watch.stop()

    def _fill(self, chosen: Path | None) -> None:
        self._places.blockSignals(True)
        self._places.clear()
        for drive in self._drives or []:
            self._places.addItem(icons.icon("save"), drive.title, drive.root)
        for folder in self._folders:
            self._places.addItem(icons.icon("draft"), f"文件夹 {folder}", folder)
        found = [number for number in range(self._places.count()) if self._places.itemData(number) == chosen]
        self._places.setCurrentIndex(found[0] if found else 0)
        self._places.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        folder = self.folder()
        room = free_room(folder) if folder else None
        if folder is None and self._places.currentData() in self._protected():
            self._state.setText("这个 U 盘写保护，写不进去。请拨开写保护开关，或者换一个。")
            set_tone(self._state, "error")
        elif folder is None:
            self._state.setText("没有发现 U 盘。请插上 U 盘等几秒钟，或者选择一个文件夹。")
            set_tone(self._state, "warning")
        else:
            self._state.setText(f"{folder}，剩余 {room_words(room or 0)}")
            set_tone(self._state, "")
        self.changed.emit()

    def _protected(self) -> set[Path]:
        return {drive.root for drive in self._drives or [] if not drive.writable}

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "选择文件夹", str(self.folder() or ""))
        if name:
            self.choose(Path(name))
