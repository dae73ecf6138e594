"""The line above a list: title, count and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.plain_label import PlainLabel

BUTTONS = (
    ("new", "新增", "add_white", "Ctrl+N"),
    ("batch", "批量录入", "grid", "本月应录入的，一行一个"),
    ("import", "导入", "import", "导入村里的表格"),
    ("export", "导出", "export", "导出看到的这些记录"),
    ("print", "打印", "print", "Ctrl+P"),
    ("related", "相关登记册", "grid", "这一类的其他登记册和清单"),
)
ROSTER, VISITS = "import", "import_visits"
ENTERING = frozenset({"new", "batch", "import", "related"})  # of a township: a county enters nothing
WORKBOOKS = ((ROSTER, "花名册…(&H)"), (VISITS, "探访记录…(&T)"))  # what villages hand in about elders


class ListHead(QWidget):
    """Title, how many records, and buttons."""

    pressed = Signal(str)

    def __init__(
        self,
        title: str,
        *,
        elders: bool,
        batch: bool,
        read_only: bool = False,
        printed: bool = True,
        related: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title)
        self._title.setObjectName("title")
        self._plain_title = title
        self._count = PlainLabel()
        self._count.setObjectName("subtitle")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._title)
        self._layout.addWidget(self._count, 1)
        self._buttons: dict[str, QPushButton] = {}
        offered = {"batch": batch, "print": printed, "related": related}
        left_out = {*(ENTERING if read_only else ()), *(key for key, there in offered.items() if not there)}
        for key, words, picture, hint in BUTTONS:
            if key not in left_out:
                self._buttons[key] = self._button(key, words, picture, hint)
        self._bin = self._button("bin", "回收站", "bin", "删除的记录")
        self._bin.setVisible(not read_only)
        if not read_only:
            self._buttons["new"].setProperty("kind", "main")
            if elders:
                self._offer_workbooks(self._buttons["import"])

    def add(self, widget: QWidget) -> None:
        """Adds a widget before the recycle bin."""
        self._layout.insertWidget(self._layout.count() - 1, widget)

    def show_count(self, total: int, chosen: int, *, deleted: bool) -> None:
        """Shows how many records there are and how many are chosen."""
        words = f"共 {total:,} 条" + (f"，已选 {chosen:,} 条" if chosen > 1 else "")
        self._count.setText(words)

    def show_part(self, part: str) -> None:
        """Says in the title which part of the register is shown; all of it without words."""
        self._title.setText(f"{self._plain_title} · {part}" if part else self._plain_title)

    def show_bin(self, deleted: bool) -> None:
        """Shows the buttons of the list or of its recycle bin."""
        self._bin.setText("返回列表" if deleted else "回收站")
        for button in self._buttons.values():
            button.setVisible(not deleted)

    def say(self, words: str) -> None:
        """Shows what came of an action."""
        self._count.setText(words)

    def count_text(self) -> str:
        """Returns the words about the count."""
        return self._count.text()

    def _button(self, key: str, words: str, picture: str, hint: str) -> QPushButton:
        button = QPushButton(icon(picture), words)
        button.setToolTip(hint)
        button.clicked.connect(lambda: self.pressed.emit(key))
        self._layout.addWidget(button)
        return button

    def _offer_workbooks(self, button: QPushButton) -> None:
        menu = QMenu(button)
        for key, words in WORKBOOKS:
            menu.addAction(words).triggered.connect(lambda _on=False, one=key: self.pressed.emit(one))
        button.clicked.disconnect()
        button.setProperty("menu", "true")
        button.setMenu(menu)
