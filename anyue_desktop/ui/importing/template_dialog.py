"""The workbook to fill in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from anyue_desktop.core.register import Register
from anyue_desktop.services.exporting import Exporting
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.tasks import Tasks


def save_template(register: Register, exporting: Exporting, tasks: Tasks, window: QWidget) -> None:
    """Asks where to save a register's empty workbook, and writes it."""
    name, _ = QFileDialog.getSaveFileName(window, "保存空白模板", f"{register.title}模板.xlsx", "工作簿 (*.xlsx)")
    if name:
        tasks.run(
            lambda progress: exporting.template(register.name, Path(name)),
            lambda path: tell_saved(window, path, f"已保存“{register.title}”的空白模板，可以发给各村填写。"),
            title="保存模板",
            window=window,
        )
