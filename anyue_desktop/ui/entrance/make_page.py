"""What must be known to make a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from anyue_desktop.core import clock, paths
from anyue_desktop.core.field import Field, Need
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.types import Division
from anyue_desktop.services import workspace
from anyue_desktop.ui.editors.choice import ChoiceEditor
from anyue_desktop.ui.entrance.passphrase_box import PassphraseBox
from anyue_desktop.ui.entrance.township_lookup import TownshipLookup
from anyue_desktop.ui.plain_label import PlainLabel

PRACTICE, PRACTICE_COUNTY, TOWNSHIP, COUNTY = "practice", "practice_county", "township", "county"
TITLES = {TOWNSHIP: "建立乡镇台账", COUNTY: "建立县局台账"}
WORDS = {
    TOWNSHIP: "一台电脑一本台账。资料加密保存在这台电脑上，密码只有您自己知道。",
    COUNTY: "县局台账接收各乡镇的上报包。建立时会另存一份“离线保管”的密钥，请拷到专用U盘锁好。",
}


@dataclass(frozen=True)
class Wish:
    """A workspace to be made."""

    kind: str
    folder: Path
    township: str
    login: str
    words: str


class FolderBox(QWidget):
    """A folder, typed or picked."""

    def __init__(self, name: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(str(folder))
        self.line.setAccessibleName(name)
        browse = QPushButton("选择…")
        browse.clicked.connect(self._browse)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(browse)
        self.setFocusProxy(self.line)

    def folder(self) -> Path:
        """Returns the folder."""
        return Path(self.line.text().strip()).expanduser()

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, "选择文件夹", str(self.folder().parent))
        if found:
            self.line.setText(found)


class MakePage(QWidget):
    """Township, folder, operator and passphrase."""

    made = Signal(object)  # Wish
    back = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        field = Field("township", "乡镇（街道）", Division(TOWNSHIP), need=Need.DRAFT)
        self.township = ChoiceEditor(field, Context(clock.today()), TownshipLookup())
        self.folder = FolderBox("保存位置", _usual_folder(kind))
        self.login = QLineEdit()
        self.login.setAccessibleName("操作员姓名")
        self.passphrase, self.again = PassphraseBox("密码"), PassphraseBox("再输一遍密码")
        self.suggest = QPushButton("帮我想一个")
        self.suggest.clicked.connect(self._suggest)
        self._said = PlainLabel()
        self._said.setProperty("tone", "error")
        self._said.setWordWrap(True)
        self.make = QPushButton("建立")
        self.make.setProperty("kind", "main")
        self.make.clicked.connect(self._make)
        self.township.forward.connect(self.login.setFocus)
        self._lay_out()

    def _lay_out(self) -> None:
        title, words = PlainLabel(TITLES[self.kind]), PlainLabel(WORDS[self.kind])
        title.setObjectName("title")
        words.setObjectName("subtitle")
        words.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        if self.kind == TOWNSHIP:
            form.addRow("乡镇（街道）", self.township)
        form.addRow("操作员姓名", self.login)
        form.addRow("密码", self.passphrase)
        form.addRow("再输一遍", self.again)
        form.addRow("", self.suggest)
        form.addRow("保存位置", self.folder)
        back = QPushButton("返回")
        back.clicked.connect(self.back)
        buttons = QHBoxLayout()
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self._said)
        layout.addStretch(1)
        layout.addLayout(buttons)

    def fault(self) -> str:
        """Returns what is missing or wrong, or nothing."""
        if self.kind == TOWNSHIP and self.township.value() is None:
            return self.township.problem() or "请选择乡镇（街道）：可以输入名称或拼音首字母"
        if not self.login.text().strip():
            return "请填写操作员姓名"
        if self.passphrase.text() != self.again.text():
            return "两次输入的密码不一样，请重新输入"
        if not self.passphrase.text():
            return "请设置密码：至少12个字符，或四个词"
        if workspace.exists(self.folder.folder()):
            return f"“{self.folder.folder()}”里已经有一本台账，请换一个位置，或返回选择“打开已有台账”"
        return ""

    def say(self, words: str) -> None:
        """Shows a sentence."""
        self._said.setText(words)

    def said(self) -> str:
        """Returns the sentence shown."""
        return self._said.text()

    def _make(self) -> None:
        self.township.settle()
        fault = self.fault()
        self.say(fault)
        if not fault:
            township = self.township.value() or ""
            login = self.login.text().strip()
            self.made.emit(Wish(self.kind, self.folder.folder(), township, login, self.passphrase.text()))

    def _suggest(self) -> None:
        words = workspace.suggest_passphrase()
        self.passphrase.show_words(words)
        self.again.show_words(words)
        self.say("")


def _usual_folder(kind: str) -> Path:
    usual = paths.default_workspace()
    return usual.with_name(f"{usual.name}（县局）") if kind == COUNTY else usual
