"""Import of village workbooks: files, columns, dry run, result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from anyue_desktop.core.register import Register
from anyue_desktop.services.columns import Column
from anyue_desktop.services.exporting import Exporting
from anyue_desktop.services.importing import Importing, ImportPlan, ImportResult
from anyue_desktop.ui.importing.batches_dialog import BatchesDialog
from anyue_desktop.ui.importing.columns_step import ColumnsStep
from anyue_desktop.ui.importing.dry_run_step import DryRunStep
from anyue_desktop.ui.importing.files_step import FilesStep
from anyue_desktop.ui.importing.result_step import ResultStep
from anyue_desktop.ui.importing.saved import tell_saved
from anyue_desktop.ui.importing.steps_dialog import StepsDialog
from anyue_desktop.ui.importing.template_dialog import save_template
from anyue_desktop.ui.tasks import Tasks


class ImportDialog(StepsDialog):
    """Takes workbooks into one register; nothing is written before the officer has seen the dry run."""

    def __init__(
        self,
        register: Register,
        columns: Sequence[Column],
        importing: Importing,
        exporting: Exporting,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"导入{register.title}", parent)
        self._register = register
        self._importing = importing
        self._exporting = exporting
        self._tasks = tasks
        self._result: ImportResult | None = None
        self.files_step = FilesStep(register.title, columns)
        self.columns_step = ColumnsStep(columns)
        self.dry_run_step = DryRunStep()
        self.result_step = ResultStep()
        for step in (self.files_step, self.columns_step, self.dry_run_step, self.result_step):
            self.add_step(step)
        self._connect()
        self.show_step(self.files_step)

    def go_on(self) -> None:
        """Leaves the step in view, doing what it promises."""
        if self.step is self.files_step:
            self._plan({}, self._understood)
        elif self.step is self.columns_step:
            self._check_columns()
        elif self.step is self.dry_run_step:
            self._commit()

    def may_go_back(self) -> bool:
        """What has been imported is taken back by its own button."""
        return super().may_go_back() and self.step is not self.result_step

    def _connect(self) -> None:
        self.files_step.batches_wanted.connect(self._show_batches)
        self.files_step.template_wanted.connect(self._save_template)
        self.dry_run_step.errors_wanted.connect(self._save_errors)
        self.result_step.errors_wanted.connect(self._save_errors)
        self.result_step.undo_wanted.connect(self._undo)
        self.result_step.again_wanted.connect(lambda: self.show_step(self.files_step))

    def _plan(self, mapping: Mapping[str, str], done: Callable[[ImportPlan], None]) -> None:
        files, defaults, pasted = self.files_step.files(), self.files_step.defaults(), self.files_step.pasted
        self.run(
            self._tasks,
            lambda progress: self._importing.plan(
                self._register.name, files, defaults=defaults, mapping=mapping, pasted=pasted, progress=progress
            ),
            done,
            "读取工作簿",
        )

    def _understood(self, plan: ImportPlan) -> None:
        self.columns_step.put(plan)
        self.show_step(self.columns_step)

    def _check_columns(self) -> None:
        corrections = self.columns_step.corrections()
        if corrections:
            self._plan(corrections, self._replanned)
        elif self.columns_step.plan is not None:
            self._replanned(self.columns_step.plan)

    def _replanned(self, plan: ImportPlan) -> None:
        self.dry_run_step.put(plan)
        self.show_step(self.dry_run_step)

    def _commit(self) -> None:
        plan = self.dry_run_step.plan
        if plan is not None:
            self.run(
                self._tasks,
                lambda progress: self._importing.commit(plan, progress=progress),
                self._committed,
                "写入台账",
            )

    def _committed(self, result: ImportResult) -> None:
        self._result = result
        self.result_step.put(result)
        self.show_step(self.result_step)

    def _save_errors(self) -> None:
        plan = self.dry_run_step.plan
        if plan is None:
            return
        first = Path(plan.files[0])
        offered = first.with_name(f"{first.stem}（标出错误）.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "保存标注错误的原表", str(offered), "工作簿 (*.xlsx)")
        if name:
            self.run(
                self._tasks,
                lambda progress: self._importing.write_errors(plan, Path(name)),
                lambda path: tell_saved(self, path, "已保存标出错误的原表。"),
                "标注错误",
            )

    def _undo(self) -> None:
        if self._result is not None:
            batch = self._result.batch
            self.run(self._tasks, lambda progress: self._importing.undo(batch), self.result_step.tell_undone, "撤销")

    def _show_batches(self) -> None:
        BatchesDialog(self._importing, self._tasks, self).open()

    def _save_template(self) -> None:
        save_template(self._register, self._exporting, self._tasks, self)
