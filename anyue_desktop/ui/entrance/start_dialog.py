"""The first start: practise, make a workspace, or open one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services import workspace
from anyue_desktop.services.practice_county import practice_county_folder
from anyue_desktop.services.practice_workspace import practice_folder
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.entrance.make_page import COUNTY, PRACTICE, PRACTICE_COUNTY, TOWNSHIP, MakePage, Wish
from anyue_desktop.ui.entrance.making import make
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.plain_label import PlainLabel
from anyue_desktop.ui.tasks import Tasks

OPEN = "open"
CHOICES = (
    (PRACTICE, "先练习一下", "编造的人员，随便试", "people"),
    (PRACTICE_COUNTY, "练习县局台账", "编造的46个乡镇，看汇总、试退回", "towns"),
    (TOWNSHIP, "建立乡镇台账", "乡镇（街道）民政办用", "home"),
    (COUNTY, "建立县局台账", "县民政局接收各乡镇上报用", "receive"),
    (OPEN, "打开已有台账", "换了电脑或位置", "import"),
)


USUAL_FOLDERS = {PRACTICE: practice_folder, PRACTICE_COUNTY: practice_county_folder}


class StartDialog(QDialog):
    """Five ways to begin."""

    ready = Signal(object)  # Workspace just made
    folder_chosen = Signal(Path)  # an existing one, to be unlocked

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self.setWindowTitle("安岳民政台账")
        self.setMinimumSize(560, 460)
        self.stack = QStackedWidget()
        self.buttons: dict[str, QPushButton] = {}
        self.stack.addWidget(self._choices())
        self.pages: dict[str, MakePage] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(26, 22, 26, 20)
        layout.addWidget(self.stack)

    def choose(self, kind: str) -> None:
        """Goes on with one of the five ways."""
        if kind == OPEN:
            self._open()
            return
        if kind in USUAL_FOLDERS:
            self.practise(kind=kind)
            return
        if kind not in self.pages:
            page = self.pages[kind] = MakePage(kind)
            page.back.connect(lambda: self.stack.setCurrentIndex(0))
            page.made.connect(self._make)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self.pages[kind])
        page = self.pages[kind]
        (page.township.line if kind == TOWNSHIP else page.login).setFocus()

    def practise(self, folder: Path | None = None, kind: str = PRACTICE) -> None:
        """Opens the practice township or county, making it the first time."""
        self.buttons[kind].setEnabled(False)
        wish = Wish(kind, folder or USUAL_FOLDERS[kind](), "", "", "")
        self._run(wish, lambda error: self._practice_refused(kind, error))

    def _choices(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setSpacing(10)
        title = PlainLabel("安岳民政离线台账")
        title.setObjectName("title")
        hint = PlainLabel("不用联网。请选择怎样开始：")
        hint.setObjectName("subtitle")
        layout.addWidget(title)
        layout.addWidget(hint)
        for kind, words, explanation, sign in CHOICES:
            button = QPushButton(icon(sign), f"{words}\n{explanation}")
            button.setObjectName("work")
            button.setProperty("tall", "true")
            button.setAccessibleName(words)
            button.setAccessibleDescription(explanation)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _on=False, one=kind: self.choose(one))
            self.buttons[kind] = button
            layout.addWidget(button)
        layout.addStretch(1)
        return page

    def _open(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "选择台账所在的文件夹")
        if not found:
            return
        if not workspace.exists(Path(found)):
            raise UserError(f"“{found}”里没有台账", "请选择里面有 keyslots.json 的文件夹")
        self.folder_chosen.emit(Path(found))

    def _make(self, wish: Wish) -> None:
        page = self.pages[wish.kind]
        page.make.setEnabled(False)
        self._run(wish, lambda error: self._refused(page, error))

    def _run(self, wish: Wish, refused: Callable[[Exception], None]) -> None:
        title = "正在建立练习台账" if wish.kind in USUAL_FOLDERS else "正在建立台账"
        self._tasks.run(lambda progress: make(wish, progress), self._made, title=title, window=self, failed=refused)

    def _practice_refused(self, kind: str, error: Exception) -> None:
        self.buttons[kind].setEnabled(True)
        raise error

    def _made(self, opened: Workspace) -> None:
        self.ready.emit(opened)
        self.accept()

    def _refused(self, page: MakePage, error: Exception) -> None:
        page.make.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        page.say(f"{error.message}。{error.hint}" if error.hint else error.message)
