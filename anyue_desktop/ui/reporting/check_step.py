"""逻辑校验 before a report: a traffic light, the problems, and the way to each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.core.problem import Kind
from anyue_desktop.services.checking import CheckReport, Found
from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button

COLUMNS = (
    ValueColumn("姓名", lambda row: row.caption, widest=110),
    ValueColumn("看到的内容", lambda row: row.problem.value, widest=150),
    ValueColumn("问题", lambda row: row.problem.message),
    ValueColumn("怎么办", lambda row: row.problem.hint),
    ValueColumn(
        "情况说明",
        lambda row: row.reason,
        icon=lambda row: "ok" if row.reason else "",
        tone=lambda row: "ok" if row.reason else "",
    ),
)
MISSING_COLUMNS = COLUMNS[:1] + COLUMNS[2:3]
MANY = 5000


class CheckStep(Step):
    """What the check found. 逻辑错误 keep their own record back, nothing keeps the report back."""

    title = "校验"
    opened = Signal(object)
    explained = Signal(object)
    adopted = Signal(list)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Notice()
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("校验结果")
        self._tables = {
            Kind.ERROR: ValueTable("逻辑错误", COLUMNS[:4], "没有逻辑错误"),
            Kind.WARNING: ValueTable("提示", COLUMNS, "没有提示"),
            Kind.MISSING: ValueTable("信息不全", MISSING_COLUMNS, "信息齐全"),
        }
        for table in self._tables.values():
            self._tabs.addTab(table, table.accessibleName())
            table.chosen.connect(self.opened)
            table.moved.connect(self._refresh_proposal)
        self._tabs.currentChanged.connect(self._refresh)
        self._next = button("下一处(F8)", self.open_next)
        self._explain = button("写情况说明…(&E)", self._ask_explain)
        self._adopt = button("采用建议(&A)", self._take_over)
        QShortcut(QKeySequence(Qt.Key.Key_F8), self, self.open_next)
        self._report: CheckReport | None = None
        self._lay_out()

    def put(self, report: CheckReport) -> None:
        """Shows a report, staying at the place where the officer was."""
        self._report = report
        counts = {Kind.ERROR: report.errors, Kind.WARNING: report.warnings, Kind.MISSING: report.missing}
        for number, (kind, table) in enumerate(self._tables.items()):
            table.put([found for found in report.problems if found.problem.kind is kind][:MANY])
            self._tabs.setTabText(number, f"{table.accessibleName()} {counts[kind]}")
            self._tabs.setTabIcon(number, icons.of_kind(kind) if counts[kind] else icons.icon("ok"))
        self._light.say(*_light(report))
        if not counts[Kind.ERROR] and counts[Kind.WARNING] and not self._tabs.currentIndex():
            self._tabs.setCurrentIndex(1)
        self._refresh()
        self.ready.emit()

    def open_next(self) -> None:
        """Opens the record under the cursor and moves the cursor on."""
        table = self._table()
        found = table.current()
        if found is not None:
            row = table.currentIndex().row()
            following = table.model().index(min(row + 1, table.model().rowCount() - 1), 0)
            table.setCurrentIndex(following)
            self.opened.emit(found)

    def may_go_on(self) -> bool:
        """Whether the check has run."""
        return self._report is not None

    def _ask_explain(self) -> None:
        found: Found | None = self._tables[Kind.WARNING].current()
        if found is not None:
            self.explained.emit(found)

    def _take_over(self) -> None:
        chosen = [found for found in self._table().selected() if found.problem.suggestion]
        if chosen:
            self.adopted.emit(chosen)

    def _refresh_proposal(self) -> None:
        found: Found | None = self._table().current()
        self._adopt.setEnabled(found is not None and bool(found.problem.suggestion))

    def _table(self) -> ValueTable:
        return list(self._tables.values())[self._tabs.currentIndex()]

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._next)
        row.addWidget(self._explain)
        row.addWidget(self._adopt)
        row.addStretch(1)
        row.addWidget(button("重新校验(&R)", self.again_wanted.emit))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._light)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(row)

    def _refresh(self) -> None:
        self._next.setEnabled(bool(self._table().values))
        warnings = self._tables[Kind.WARNING]
        self._explain.setEnabled(self._table() is warnings and bool(warnings.values))
        self._refresh_proposal()


def _light(report: CheckReport) -> tuple[str, str, str]:
    kept_back = len(report.left_out())
    if kept_back:
        sentence = f"红灯：{kept_back} 条记录有逻辑错误，不改就不会进入上报包，其余记录照常上报。"
        return "error", sentence, "按“下一处”逐条打开更正，改完再点“重新校验”。"
    if report.warnings:
        sentence = f"黄灯：没有逻辑错误，有 {report.warnings} 条提示需要核对。"
        return "warning", sentence, "情况属实的写一句说明，说明会随记录报到县局。"
    return (
        "ok",
        "绿灯：没有逻辑错误，也没有待说明的提示。",
        "信息不全的记录可以上报，以后补齐。" if report.missing else "",
    )
