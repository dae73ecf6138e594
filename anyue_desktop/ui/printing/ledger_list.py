"""The ledgers to choose from, subject by subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from anyue_desktop.services.printing import Ledger


class LedgerList(QListWidget):
    """Titles below their subject; only titles can be chosen."""

    def __init__(self, ledgers: Sequence[Ledger], code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("台账")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._ledgers = {one.number: one for one in ledgers}
        for subject, found in groupby(ledgers, key=lambda one: one.subject):
            self._add_subject(subject)
            for one in found:
                self._add(one)
        self.choose(code if code in self._ledgers else next(iter(self._ledgers)))

    def choose(self, code: str) -> None:
        """Chooses a ledger by its number."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == code:
                self.setCurrentRow(row)

    def ledger(self) -> Ledger:
        """Returns the chosen ledger."""
        return self._ledgers[str(self.currentItem().data(Qt.ItemDataRole.UserRole))]

    def _add_subject(self, subject: str) -> None:
        item = QListWidgetItem(subject)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        self.addItem(item)

    def _add(self, ledger: Ledger) -> None:
        item = QListWidgetItem(f"　{ledger.title}")
        item.setData(Qt.ItemDataRole.UserRole, ledger.number)
        item.setToolTip(f"{ledger.number} {ledger.title}")
        self.addItem(item)
