"""Where the package goes, and the act itself."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.words import label
from anyue_desktop.ui.reporting.place_chooser import PlaceChooser

SEAL, COPY = "签名并写入(&W)", "重新写入(&W)"


class PlaceStep(Step):
    """Chooses the stick. After a stick failed, the package already made is only written again."""

    title = "写入 U 盘"
    onward = SEAL

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = PlaceChooser()
        self.place.changed.connect(self.ready)
        self._summary = label("", name="将要上报的内容")
        self.photos = QCheckBox("照片也随包报给县局(&Z)")
        self.photos.setToolTip("平时不用；只带这次上报的探访记录的照片；县局已经有的不重复带")
        self._notice = Notice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("写入 U 盘", "title"))
        layout.addWidget(self._summary)
        layout.addWidget(self.place)
        layout.addWidget(self.photos)
        layout.addWidget(label("写入后会再读回来逐字核对；核对完以前请不要拔 U 盘。", "subtitle"))
        layout.addWidget(self._notice)
        layout.addStretch(1)

    @property
    def made(self) -> bool:
        """Whether the package is already in the outbox."""
        return self.onward == COPY

    def put(self, summary: str) -> None:
        """Says what is going to be reported."""
        self._summary.setText(summary)

    def stick_failed(self, error: UserError) -> None:
        """Says what the stick did; the package stays in the outbox."""
        self.onward = COPY
        self.photos.setEnabled(False)
        self._notice.say("error", error.message, f"{error.hint}。上报包已经做好，存在本机发件箱里，不用重新生成。")
        self.ready.emit()

    def begin(self) -> None:
        """Forgets an earlier failure."""
        self.onward = SEAL
        self.photos.setEnabled(True)
        self._notice.be_quiet()

    def may_go_on(self) -> bool:
        """Whether there is a place to write to."""
        return self.place.folder() is not None
