"""月度报送: check, figures, statement, stick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from anyue_desktop.core.dates import shifted
from anyue_desktop.core.errors import Refused
from anyue_desktop.core.progress import Progress
from anyue_desktop.services.checking import Checking, CheckReport, Found
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.query import Query
from anyue_desktop.services.records import Records
from anyue_desktop.services.reporting import Reporting, SealedPackage
from anyue_desktop.ui.importing.steps_dialog import StepsDialog
from anyue_desktop.ui.month_choice import month_words
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.reporting.check_step import CheckStep
from anyue_desktop.ui.reporting.done_step import DoneStep
from anyue_desktop.ui.reporting.indicators_step import IndicatorsStep
from anyue_desktop.ui.reporting.place_step import PlaceStep
from anyue_desktop.ui.reporting.reason_dialog import explain_dialog
from anyue_desktop.ui.reporting.statement_step import StatementStep
from anyue_desktop.ui.tasks import Tasks

REPORTED = ("elder_case", "elder_visit", "ability_assessment", "person_benefit", "person_relation")
REPORT, VISIT = "report_package", "elder_visit"


@dataclass(frozen=True)
class _Prepared:
    """What the wizard shows after the check, gathered on the worker thread."""

    report: CheckReport
    now: list[IndicatorValue]
    before: list[IndicatorValue]
    empty: list[str]
    last: Mapping[str, Any]  # the report before this one: who signed it, what was said of empty registers


class ReportWizard(StepsDialog):
    """Leads from the check to a stick that may be pulled out."""

    open_record = Signal(str, str, str, str)
    handover_wanted = Signal(str)
    sent = Signal()

    def __init__(
        self,
        month: str,
        records: Records,
        checking: Checking,
        measuring: Measuring,
        reporting: Reporting,
        tasks: Tasks,
        problems: ProblemDoor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"报送 {month_words(month)}", parent)
        self.month = month
        self._records = records
        self._checking = checking
        self._measuring = measuring
        self._reporting = reporting
        self._tasks = tasks
        self._problems = problems
        self.check_step = CheckStep()
        self.indicators_step = IndicatorsStep()
        self.statement_step = StatementStep()
        self.place_step = PlaceStep()
        self.done_step = DoneStep(lambda name: records.register(name).title)
        steps = (self.check_step, self.indicators_step, self.statement_step, self.place_step, self.done_step)
        for step in steps:
            self.add_step(step)
        self._connect()
        self.show_step(self.check_step)

    def prepare(self) -> None:
        """Runs the check and gathers what the steps show."""
        self.run(self._tasks, self._gather, self._prepared, "逻辑校验")

    def go_on(self) -> None:
        """Leaves the step in view; the last one seals, or writes again what is sealed."""
        if self.step is not self.place_step:
            super().go_on()
        elif self.place_step.made:
            self._copy()
        else:
            self._seal()

    def may_go_back(self) -> bool:
        """What is sealed is sealed."""
        return super().may_go_back() and self.step is not self.done_step and not self.place_step.made

    def _connect(self) -> None:
        self.check_step.opened.connect(self._open)
        self.check_step.explained.connect(self._explain)
        self.check_step.adopted.connect(self._adopt)
        self.check_step.again_wanted.connect(self.prepare)
        self.done_step.handover_wanted.connect(lambda: self.handover_wanted.emit(self.month))
        self.done_step.recheck_wanted.connect(self._recheck)

    def _gather(self, progress: Progress) -> _Prepared:
        report = self._checking.run(self.month, progress=progress)
        before = shifted(self.month, -1)
        return _Prepared(
            report,
            self._measuring.values(self.month),
            self._measuring.values(before),
            [self._records.register(name).title for name in REPORTED if not self._count(name)],
            self._last_report(),
        )

    def _count(self, register: str) -> int:
        if register == VISIT:
            return self._records.count(Query(VISIT, worklist="visits", month=self.month))
        return self._records.total(register)

    def _last_report(self) -> Mapping[str, Any]:
        last = self._records.ids(Query(REPORT))[:1]
        return self._records.get(REPORT, last[0]) if last else {}

    def _prepared(self, prepared: _Prepared) -> None:
        report = prepared.report
        self.check_step.put(report)
        self.indicators_step.put(prepared.now, prepared.before)
        self.statement_step.put(prepared.empty, prepared.last)
        kept_back = len(report.left_out())
        left = f"有逻辑错误的 {kept_back} 条记录不在其中。" if kept_back else ""
        self.place_step.put(f"把 {month_words(self.month)}的变化签名、加密，写给县局。{left}")

    def _open(self, found: Found) -> None:
        self.hide()
        self.open_record.emit(found.register, found.id, found.problem.field, found.problem.message)

    def _explain(self, found: Found) -> None:
        explain_dialog(found, lambda reason: self._keep_reason(found, reason), self).open()

    def _keep_reason(self, found: Found, reason: str) -> None:
        self.run(
            self._tasks,
            lambda progress: self._checking.explain(found.register, found.id, found.problem.code, reason),
            lambda _: self.prepare(),
            "保存说明",
        )

    def _adopt(self, chosen: Sequence[Found]) -> None:
        def take(progress: Progress) -> None:
            for found in chosen:
                self._records.adopt(found.register, found.id, (found.problem.code,))

        self.run(self._tasks, take, lambda _: self.prepare(), "采用建议")

    def _seal(self) -> None:
        folder, signers = self.place_step.place.folder(), self.statement_step.signers()
        note, photos = self.statement_step.empty_note(), self.place_step.photos.isChecked()
        if folder is not None:
            self.place_step.begin()
            self.run(
                self._tasks,
                lambda progress: self._reporting.seal(
                    self.month, folder, signers, empty_note=note, photos=photos, progress=progress
                ),
                self._sealed,
                "生成上报包",
                self._failed,
            )

    def _copy(self) -> None:
        folder = self.place_step.place.folder()
        if folder is not None:
            self.run(
                self._tasks,
                lambda progress: self._reporting.copy_unanswered(folder, progress=progress),
                self._copied,
                "写入 U 盘",
                self._failed,
            )

    def _recheck(self, copies: list[Path]) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, Refused):
                self.done_step.put_stick_failed(error)
            else:
                self._problems.show(error, self)

        check = self._reporting.recheck
        self.run(self._tasks, lambda progress: check(copies, progress=progress), self._rechecked, "复查 U 盘", failed)

    def _rechecked(self, count: int) -> None:
        self.done_step.put_rechecked(count)

    def _sealed(self, sealed: SealedPackage) -> None:
        self.done_step.put_sealed(sealed)
        self._finish()

    def _copied(self, copies: list[Path]) -> None:
        self.done_step.put_copies(copies)
        self._finish()

    def _finish(self) -> None:
        self.show_step(self.done_step)
        self.sent.emit()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.status.startswith("E_USB"):
            self.place_step.stick_failed(error)
            self.sent.emit()
        else:
            self._problems.show(error, self)
