"""The choice of what an operator may do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from anyue_desktop.services.accounts import ROLE_NAMES

WORDS = {
    "entry": "录入和修改记录",
    "reviewer": "审核、签名、生成上报包",
    "protect": "查看未成年人保护的内容",
    "admin": "添加操作员、恢复备份",
}


class RoleBoxes(QWidget):
    """A box for each role."""

    changed = Signal()

    def __init__(self, chosen: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        held = set(chosen)
        self._boxes = {key: QCheckBox(f"{name}：{WORDS[key]}") for key, name in ROLE_NAMES.items()}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for key, box in self._boxes.items():
            box.setChecked(key in held)
            box.toggled.connect(self.changed)
            layout.addWidget(box)

    def choose(self, key: str, on: bool = True) -> None:
        """Ticks a role."""
        self._boxes[key].setChecked(on)

    def roles(self) -> frozenset[str]:
        """Returns the roles ticked."""
        return frozenset(key for key, box in self._boxes.items() if box.isChecked())
