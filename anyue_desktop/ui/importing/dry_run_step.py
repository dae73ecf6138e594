"""The third step of an import: what it would do, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.core.problem import Kind
from anyue_desktop.services.importing import ImportPlan, PlannedChange, RowProblem
from anyue_desktop.ui import icons
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.steps_dialog import Step
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button

NEW, CHANGED, SAME, BAD, DUPLICATE, NOTE = "new", "changed", "same", "bad", "duplicate", "note"
MANY = 2000  # rows worth looking at; the counts are on the tabs


@dataclass(frozen=True)
class ChangedField:
    """One field that an import would change."""

    place: str
    caption: str
    label: str
    old: str
    new: str


PLACES = (
    ValueColumn("工作表", lambda row: row.sheet),
    ValueColumn("行", lambda row: str(row.row), number=True),
    ValueColumn("姓名", lambda row: row.caption),
)
CHANGES = (
    ValueColumn("在哪里", lambda row: row.place),
    ValueColumn("姓名", lambda row: row.caption),
    ValueColumn("项目", lambda row: row.label),
    ValueColumn("原来", lambda row: row.old or "（空）", tone=lambda row: "muted"),
    ValueColumn("改为", lambda row: row.new or "（空）"),
)
PROBLEMS = (
    ValueColumn("工作表", lambda row: row.sheet, icon=lambda row: problem_icon(row.kind)),
    ValueColumn("行", lambda row: str(row.row), number=True),
    ValueColumn("列", lambda row: row.column),
    ValueColumn("项目", lambda row: row.field),
    ValueColumn("看到的内容", lambda row: str(row.value or "（空）")),
    ValueColumn("原因和改法", lambda row: row.message),
)


class DryRunStep(Step):
    """Counts and rows of 新增, 变更, 相同, 有误 and 疑似重复."""

    title = "预检"
    errors_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: ImportPlan | None = None
        self._notice = Notice()
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("预检结果")
        self._tables = {
            NEW: ValueTable("新增", PLACES, "没有新增的记录"),
            CHANGED: ValueTable("变更", CHANGES, "没有要变更的记录"),
            SAME: ValueTable("相同", PLACES, "没有内容相同的记录"),
            BAD: ValueTable("有误", PROBLEMS, "没有错误"),
            DUPLICATE: ValueTable("疑似重复", PLACES, "没有疑似重复的记录"),
            NOTE: ValueTable("提示", PROBLEMS, "没有提示"),
        }
        for table in self._tables.values():
            self._tabs.addTab(table, table.accessibleName())
        self._errors = button("保存标注错误的原表…", self.errors_wanted.emit)
        row = QHBoxLayout()
        row.addWidget(self._errors)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._notice)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(row)

    @property
    def good(self) -> int:
        """How many records would be written."""
        return self.plan.new + self.plan.changed if self.plan else 0

    def put(self, plan: ImportPlan) -> None:
        """Shows what an import would do."""
        self.plan = plan
        for kind in (NEW, SAME, DUPLICATE):
            self._tables[kind].put([one for one in plan.changes if one.kind == kind][:MANY])
        self._tables[CHANGED].put(list(_fields(plan.changes))[:MANY])
        errors = errors_of(plan.problems)
        notes = [one for one in plan.problems if one.kind is not Kind.ERROR]
        self._tables[BAD].put(errors[:MANY])
        self._tables[NOTE].put(notes[:MANY])
        counts = (plan.new, plan.changed, plan.same, plan.bad, plan.duplicates, len(notes))
        pictures = ("add", "edit", "ok", "error" if plan.bad else "ok", "people", "warning" if notes else "ok")
        for number, (table, count, picture) in enumerate(zip(self._tables.values(), counts, pictures, strict=True)):
            self._tabs.setTabText(number, f"{table.accessibleName()} {count}")
            self._tabs.setTabIcon(number, icons.icon(picture))
        self._tabs.setCurrentIndex(next((number for number in (3, 1, 0) if counts[number]), 0))
        self._errors.setVisible(bool(errors))
        self.onward = f"导入 {self.good} 条(&I)"
        self._sum_up(plan)

    def may_go_on(self) -> bool:
        """Whether there is anything to import."""
        return self.good > 0

    def _sum_up(self, plan: ImportPlan) -> None:
        sentence = f"可以导入 {self.good} 条（新增 {plan.new}，变更 {plan.changed}）；现在还没有写入台账。"
        if plan.bad:
            hint = f"有误的 {plan.bad} 行不会导入，可以保存一份标出错误的原表交回村上。"
            self._notice.say("warning", sentence, hint)
        elif self.good:
            self._notice.say("ok", sentence, "没有发现错误。")
        else:
            self._notice.say("note", "没有要导入的内容。", "文件里的记录与台账相同，或者都有误。")


def errors_of(problems: Sequence[RowProblem]) -> list[RowProblem]:
    """Returns the problems that keep their row out."""
    return [one for one in problems if one.kind is Kind.ERROR]


def problem_icon(kind: object) -> str:
    """Returns the icon of a problem's kind; what is only worth knowing gets the amber one."""
    return {"error": "error", "missing": "missing"}.get(str(kind), "warning")


def _fields(changes: list[PlannedChange]) -> Iterator[ChangedField]:
    for one in changes:
        if one.kind == CHANGED:
            place = f"{one.sheet} 第 {one.row} 行"
            yield from (ChangedField(place, one.caption, each.label, each.old, each.new) for each in one.fields)
