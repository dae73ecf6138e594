"""What an operator should know when logging in."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


def tell_news(sentence: str, parent: QWidget) -> QMessageBox | None:
    """Shows that somebody set a passphrase through the county; nothing for an empty sentence."""
    if not sentence:
        return None
    box = QMessageBox(QMessageBox.Icon.Warning, "请知悉", f"{sentence}。", QMessageBox.StandardButton.Ok, parent)
    box.setInformativeText("如果本人没有申请过，请立即告诉县局信息安全负责人。")
    box.button(QMessageBox.StandardButton.Ok).setText("知道了")
    box.finished.connect(box.deleteLater)
    box.open()
    return box
