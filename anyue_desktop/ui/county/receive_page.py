"""接收: packages from sticks and folders, looked at before they are taken in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from anyue_desktop.services.receiving import Received, Receiving
from anyue_desktop.ui.county import outcome
from anyue_desktop.ui.county.lying_notice import LyingNotice
from anyue_desktop.ui.county.received_dialog import ReceivedDialog
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.scrolling import scrolling
from anyue_desktop.ui.importing.value_table import ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.reporting.enrolment_dialog import EXCHANGE_FILES
from anyue_desktop.ui.tasks import Job, Tasks

DROP_HEIGHT = 190


class ReceivePage(Page):
    """Shows what every package would do, then takes in all that can be taken in."""

    def __init__(self, receiving: Receiving, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("接收", parent)
        self._receiving = receiving
        self._tasks = tasks
        self.drop = FileDrop(
            "把各乡镇的上报包或 U 盘拖到这里，可以一次放很多个；先看内容，核对后再接收。", EXCHANGE_FILES, folders=True
        )
        self.drop.setMaximumHeight(DROP_HEIGHT)
        self.drop.changed.connect(self._files_changed)
        self.lying = LyingNotice(receiving)
        self.lying.wanted.connect(self._catch_up)
        self.summary = Notice()
        self.detail = Notice()
        self._before = ValueTable("预览", outcome.columns(preview=True), "这里先显示每个上报包的内容，核对后再接收。")
        self._after = ValueTable("接收结果", outcome.columns(preview=False))
        for table in (self._before, self._after):
            table.moved.connect(self._explain)
        self._look = button("重新查看(&V)", self.look)
        self._take = button("接收(&T)", self.take, kind="main")
        self._take_all = button("核实后照样接收…(&D)", self.ask_deletions, kind="danger")
        self._asked: list[Received] = []
        self._lay_out()
        self._files_changed()

    @property
    def table(self) -> ValueTable:
        """The table in view."""
        return self._after if self._after.isVisibleTo(self) else self._before

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds packages or sticks as if they had been dropped."""
        self.drop.add(paths)

    def look(self) -> None:
        """Verifies everything and shows what it would do; nothing is written."""
        files = self.drop.files()
        self._run(lambda progress: self._receiving.receive(files, preview=True, progress=progress), self._looked)

    def take(self) -> None:
        """Takes in what can be taken in."""
        self._receive(())

    def ask_deletions(self) -> None:
        """Asks whether the townships whose packages delete much were asked, and takes these in as well."""
        lines = [f"{row.unit}第 {row.sequence} 包：{row.message}" for row in self._asked]
        ask_first(
            self,
            "\n".join(lines),
            "请先打电话向乡镇核实是不是真的要删除；核实过的才照样接收。接收以后、写回执以前还可以撤回。",
            "已核实，照样接收",
            lambda: self._receive({row.site for row in self._asked}),
        )

    def take_back(self) -> ReceivedDialog:
        """Opens what can be taken back."""
        dialog = ReceivedDialog(self._receiving, self._tasks, self)
        dialog.open()
        return dialog

    def _catch_up(self) -> None:
        self._run(lambda progress: self._receiving.receive([], progress=progress), self._taken)

    def _receive(self, deletions_of: Collection[str]) -> None:
        files = self.drop.files()
        self._run(
            lambda progress: self._receiving.receive(files, deletions_of=deletions_of, progress=progress), self._taken
        )

    def arrive(self) -> None:
        """Puts the cursor where files are chosen."""
        self.drop.setFocus()

    def _run(self, job: Job, done: Callable[[list[Received]], None]) -> None:
        self.setEnabled(False)
        task = self._tasks.run(job, done, title="接收上报包", window=self)
        task.ended.connect(self._enable)

    def _enable(self) -> None:
        self.setEnabled(True)

    def _looked(self, rows: list[Received]) -> None:
        self._show(self._before, rows)
        self.summary.say(*outcome.summary(rows, preview=True))
        self._asked = [row for row in rows if row.status == outcome.ASKED]
        self._take_all.setVisible(bool(self._asked))
        good = sum(row.taken_in for row in rows)
        self._take.setText(f"接收 {good} 个上报包(&T)")
        self._take.setEnabled(good > 0)

    def _taken(self, rows: list[Received]) -> None:
        self._take_all.hide()
        self.drop.clear()
        self._show(self._after, rows)
        self.summary.say(*outcome.summary(rows, preview=False))
        self.lying.refresh()

    def _show(self, table: ValueTable, rows: list[Received]) -> None:
        self._before.setVisible(table is self._before)
        self._after.setVisible(table is self._after)
        table.put(sorted(rows, key=lambda row: row.taken_in))
        self._explain(table.current())

    def _explain(self, row: Received | None) -> None:
        if row is None or row.taken_in:
            self.detail.be_quiet()
            return
        tone = outcome.tone(row)
        hint = f"{row.hint}（代码 {row.status}）"
        self.detail.say("note" if tone == "muted" else tone, f"{Path(row.file).name}：{row.message}", hint)

    def _files_changed(self) -> None:
        there = bool(self.drop.files())
        self._look.setEnabled(there)
        self._take.setText("接收(&T)")
        self._take.setEnabled(False)
        if there:
            self.look()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(button("撤回上报包…(&U)", self.take_back))
        row.addStretch(1)
        row.addWidget(self._look)
        row.addWidget(self._take_all)
        row.addWidget(self._take)
        inside = QWidget()
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scrolling(inside))
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(label("接收上报包", "title"))
        layout.addWidget(self.lying)
        layout.addWidget(self.drop)
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self._before, 1)
        layout.addWidget(self._after, 1)
        layout.addWidget(self.detail)
        self._after.hide()
        self._take_all.hide()
