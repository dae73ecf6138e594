"""The key card: everything the keyboard can do, on one sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

KEYS = (
    ("到处都能用", (
        ("Ctrl+K", "找人"), ("Ctrl+F", "在本页查找"), ("Ctrl+L", "锁定"), ("Alt+1 … 9", "换到左边的某一项"),
        ("Alt+← / Esc", "返回"), ("F5", "刷新"), ("?", "按键一览"),
    )),
    ("录入表单", (
        ("Enter / Tab / ↓", "下一栏"), ("Shift+Tab / ↑", "上一栏"), ("最后一栏 Enter", "保存并录下一条"),
        ("Ctrl+S", "保存"), ("F9", "打开选项列表或日历"), ("Ctrl+;", "填今天"), ("F6", "固定这一栏，带到下一条"),
        ("F8 / Shift+F8", "下一处 / 上一处问题"), ("F4", "采用这一栏的建议"),
        ("F1", "说明这一栏"), ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
    )),
    ("列表", (
        ("↑ ↓ Enter", "选人、打开"), ("F2", "修改"), ("F4", "录入探访"), ("F7", "看探访记录"),
        ("Ctrl+J", "采用建议"), ("Ctrl+N", "新增"),
        ("Ctrl+P / Ctrl+E", "打印 / 导出"), ("Delete", "放进回收站"),
    )),
    ("批量录入", (
        ("F2 或直接输入", "填这一格"), ("F3", "同上次"), ("Ctrl+D", "与上一行相同"),
        ("Ctrl+C / Ctrl+V", "与 WPS 表格互相复制"),
        ("Enter / Tab", "向下 / 向右"), ("Ctrl+S", "保存"),
    )),
)  # fmt: skip


class KeyCard(QDialog):
    """All keys in four groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("按键一览")
        grid = QGridLayout()
        grid.setHorizontalSpacing(40)
        grid.setVerticalSpacing(14)
        for number, (title, keys) in enumerate(KEYS):
            grid.addWidget(_group(title, keys), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        heading = QLabel("按键一览")
        heading.setObjectName("title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addLayout(grid)
        layout.addWidget(buttons)
        self.finished.connect(self.deleteLater)


def _group(title: str, keys: tuple[tuple[str, str], ...]) -> QLabel:
    rows = "".join(f"<tr><td style='padding-right:14px'><b>{key}</b></td><td>{words}</td></tr>" for key, words in keys)
    label = QLabel(f"<h3 style='margin-top:0'>{title}</h3><table>{rows}</table>")
    label.setAccessibleName(title)
    return label
