"""The last step of an import: what was written, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.importing import ImportResult, Undone
from anyue_desktop.ui.importing.dry_run_step import PROBLEMS, errors_of
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.value_table import ValueTable
from anyue_desktop.ui.importing.words import button, label


class ResultStep(Step):
    """What was written; undone with one click."""

    title = "结果"
    onward = ""
    errors_wanted = Signal()
    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = Notice()
        self._undone = Notice()
        self._rest = label("没有导入的行：", "section")
        self._table = ValueTable("没有导入的行", PROBLEMS, "全部导入，没有错误")
        self._errors = button("保存标注错误的原表…", self.errors_wanted.emit, kind="main")
        self._undo = button("撤销本次导入", self.undo_wanted.emit, kind="danger")
        row = QHBoxLayout()
        row.addWidget(self._errors)
        row.addWidget(self._undo)
        row.addStretch(1)
        row.addWidget(button("再导入一批", self.again_wanted.emit))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._notice)
        layout.addWidget(self._undone)
        layout.addWidget(self._rest)
        layout.addWidget(self._table, 1)
        layout.addLayout(row)
        layout.addStretch(0)

    def put(self, result: ImportResult) -> None:
        """Shows what was written."""
        counts = f"新增 {result.new} 条，变更 {result.changed} 条，相同 {result.same} 条"
        bad = f"有误 {result.bad} 行没有导入，请把标出错误的原表交回村上改好后再导入。" if result.bad else ""
        self._notice.say("warning" if result.bad else "ok", f"导入完成：{counts}。", bad)
        self._undone.be_quiet()
        errors = errors_of(result.problems)
        self._table.put(errors)
        self._errors.setVisible(bool(errors))
        for widget in (self._rest, self._table):
            widget.setVisible(bool(errors))
        self._undo.setEnabled(True)

    def tell_undone(self, undone: Undone) -> None:
        """Shows what was taken back."""
        self._undo.setEnabled(False)
        self._undone.say(*undone_words(undone))


def undone_words(undone: Undone) -> tuple[str, str, str]:
    """Returns tone, sentence and hint of an import that was taken back."""
    sentence = f"已撤销：移走 {undone.removed} 条新增的记录，恢复 {undone.restored} 条变更的记录。"
    if not undone.kept:
        return "ok", sentence, "移走的记录在回收站里。"
    kept = "、".join(undone.kept[:10]) + ("等" if len(undone.kept) > 10 else "")
    return "warning", sentence, f"有 {len(undone.kept)} 条在导入以后又改过，没有动：{kept}"
