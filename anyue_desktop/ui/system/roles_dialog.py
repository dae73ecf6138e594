"""Changes what an operator may do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.unit import Operator
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.system.role_boxes import RoleBoxes


class RolesDialog(QDialog):
    """The roles of one operator; `keep` gets the new ones."""

    def __init__(
        self, operator: Operator, keep: Callable[[frozenset[str]], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self.setWindowTitle("改权限")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(380)
        self.boxes = RoleBoxes(operator.roles)
        self.boxes.changed.connect(self._refresh)
        self._save = button("保存", self.keep, kind="main")
        footer = QHBoxLayout()
        footer.addStretch(1)
        footer.addWidget(button("取消", self.reject))
        footer.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.addWidget(label(f"“{operator.login}”可以：", "section"))
        layout.addWidget(self.boxes)
        layout.addLayout(footer)

    def keep(self) -> None:
        """Hands the roles on and closes."""
        roles = self.boxes.roles()
        self.accept()
        self._keep(roles)

    def _refresh(self) -> None:
        self._save.setEnabled(bool(self.boxes.roles()))
