"""报送: the state of this laptop's enrolment, the month's report, what was sent and what came back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.reporting import SentSummary
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.notice import Notice
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueTable
from anyue_desktop.ui.importing.words import button, label
from anyue_desktop.ui.month_choice import month_words
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import RecordPlace
from anyue_desktop.ui.printing.document_dialog import DocumentDialog
from anyue_desktop.ui.printing.month_box import MonthBox
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.reporting.copy_dialog import CopyDialog
from anyue_desktop.ui.reporting.enrolment_dialog import EnrolmentDialog
from anyue_desktop.ui.reporting.receipt_dialog import ReceiptDialog
from anyue_desktop.ui.reporting.report_wizard import ReportWizard
from anyue_desktop.ui.reporting.returned_columns import RETURNED
from anyue_desktop.ui.reporting.review_panel import ReviewPanel
from anyue_desktop.ui.reporting.standing import ENROLLED, standing
from anyue_desktop.ui.tasks import Tasks

HANDOVER = "L16"
STATES = {
    "sent": ("等待回执", "report", ""),
    "accepted": ("县局已收", "ok", "ok"),
    "rejected": ("整包退回", "error", "error"),
    "held": ("暂缓接收", "warning", "warning"),
}
PACKAGES = (
    ValueColumn("编号", lambda row: str(row.sequence), number=True),
    ValueColumn("月份", lambda row: month_words(row.month) if row.month else "恢复前"),
    ValueColumn("制作时间", lambda row: row.created_at[:16].replace("T", " ")),
    ValueColumn("记录数", lambda row: str(row.records), number=True),
    ValueColumn(
        "状态",
        lambda row: STATES[row.state][0],
        icon=lambda row: STATES[row.state][1],
        tone=lambda row: STATES[row.state][2],
    ),
    ValueColumn("退回", lambda row: str(row.returned) if row.returned else "", number=True),
    ValueColumn("核对（摘要前 8 位）", lambda row: row.digest[:8]),
)
REVIEWS = 2  # the tab


class ReportingPage(Page):
    """Where a township reports and reads the county's answer."""

    def __init__(
        self, workspace: Workspace, tasks: Tasks, problems: ProblemDoor, month: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("报送", parent)
        self._workspace = workspace
        self._tasks = tasks
        self._problems = problems
        self._wizard: ReportWizard | None = None
        self._state = Notice()
        self._month = MonthBox(month)
        self._month.currentIndexChanged.connect(self._refresh_start)
        self._start = button("开始报送(&B)", self.start, kind="main")
        self.packages = ValueTable("已经生成的上报包", PACKAGES, "还没有生成过上报包。")
        self.returned = ValueTable("退回待改", RETURNED, "没有退回待改的记录。")
        self.returned.chosen.connect(self._open_returned)
        self.review = ReviewPanel(workspace.reviewing, tasks)
        self.review.open_record.connect(lambda register, identity: self._go_to(register, identity, "", ""))
        self.review.counted.connect(self._count_reviews)
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName("报送记录")
        self._lay_out()
        self.refresh()

    def choose_month(self, month: str) -> None:
        """Follows the month of the window."""
        self._month.choose(month)

    def arrive(self) -> None:
        """Puts the cursor on what is to be done next."""
        self._start.setFocus()

    def refresh(self, changed: frozenset[str] = frozenset()) -> None:
        """Reads state, packages and returns anew."""
        self._tell_standing(0)
        self.packages.put(list(reversed(self._workspace.reporting.packages())))
        returned = self._workspace.receipts.returned()
        self.returned.put(returned)
        self._tabs.setTabText(1, f"退回待改 {len(returned)}")
        self._tabs.setTabVisible(REVIEWS, self._workspace.reviewing.required())
        self.review.refresh()
        self._refresh_start()

    def start(self) -> ReportWizard:
        """Opens the wizard of the month, where it was left if a record had to be mended."""
        wizard = self._wizard
        if wizard is None or wizard.month != self._month.month():
            wizard = self._new_wizard()
        wizard.open()
        wizard.prepare()
        return wizard

    def enrol(self) -> EnrolmentDialog:
        """Opens the key ceremony."""
        dialog = EnrolmentDialog(self._workspace.enrolment, self._tasks, self)
        dialog.finished.connect(lambda _: self.refresh())
        dialog.open()
        return dialog

    def read_receipt(self) -> ReceiptDialog:
        """Opens the dialog that reads receipts."""
        dialog = ReceiptDialog(self._workspace.receipts, self._workspace.unit.site, self._tasks, self)
        dialog.taken.connect(lambda: self.refresh())
        dialog.open_record.connect(self._go_to)
        dialog.open()
        return dialog

    def copy_again(self) -> CopyDialog:
        """Opens the dialog that writes unanswered packages to a stick once more."""
        dialog = CopyDialog(self._workspace.reporting, self._tasks, self)
        dialog.open()
        return dialog

    def print_handover(self, month: str) -> None:
        """Makes the 交接单 of a month and shows it."""
        scratch = TemporaryDirectory(prefix="anyue-print-")
        out, printing = Path(scratch.name) / "handover.pdf", self._workspace.printing
        title = f"上报交接单（{month_words(month)}）"
        self._tasks.run(
            lambda progress: printing.print_ledger(LedgerOrder(HANDOVER, month), out, progress=progress),
            lambda printed: DocumentDialog(printed.path, title, scratch, printing, self._tasks, self.window()).open(),
            title="生成交接单",
            window=self,
        )

    def _new_wizard(self) -> ReportWizard:
        workspace = self._workspace
        wizard = ReportWizard(
            self._month.month(),
            workspace.records,
            workspace.checking,
            workspace.indicators,
            workspace.reporting,
            self._tasks,
            self._problems,
            self,
        )
        wizard.open_record.connect(self._leave_for_record)
        wizard.handover_wanted.connect(self.print_handover)
        wizard.sent.connect(lambda: self.refresh())
        wizard.finished.connect(self._forget_wizard)
        self._wizard = wizard
        return wizard

    def _leave_for_record(self, register: str, identity: str, field: str, message: str) -> None:
        self._refresh_start()
        self._go_to(register, identity, field, message)

    def _go_to(self, register: str, identity: str, field: str, message: str) -> None:
        self.go.emit(RecordPlace(register, identity, field, message))

    def _count_reviews(self, count: int) -> None:
        self._tabs.setTabText(REVIEWS, f"待审核 {count}")
        self._tell_standing(count)

    def _tell_standing(self, unreviewed: int) -> None:
        state = self._workspace.enrolment.state()
        self._enrolled = state == ENROLLED
        anew = self._enrolled and self._workspace.reporting.begins_anew()
        asked = self._workspace.receipts.asked()
        warnings = self._workspace.enrolment.warnings()
        self._state.say(*standing(state, anew=anew, unreviewed=unreviewed, asked=asked, warnings=warnings))

    def _forget_wizard(self) -> None:
        if self._wizard is not None:
            self._wizard.deleteLater()
        self._wizard = None
        self.refresh()

    def _refresh_start(self) -> None:
        going_on = self._wizard is not None and self._wizard.month == self._month.month()
        self._start.setText("继续报送(&B)" if going_on else "开始报送(&B)")
        self._start.setEnabled(self._enrolled)

    def _open_returned(self, row: object) -> None:
        one = self.returned.current()
        self._go_to(one.register, one.id, one.field, one.message)

    def _print_selected(self) -> None:
        package: SentSummary | None = self.packages.current()
        if package is not None and package.month:  # one found in the outbox after a restore says no month
            self.print_handover(package.month)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(label("报送", "title"))
        layout.addLayout(self._enrolment_row())
        layout.addWidget(self._month_card())
        self._tabs.addTab(self._sent_tab(), "已报送")
        self._tabs.addTab(self.returned, "退回待改")
        self._tabs.addTab(self.review, "待审核")
        layout.addWidget(self._tabs, 1)

    def _enrolment_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._state, 1)
        row.addWidget(button("设备登记…(&E)", self.enrol))
        return row

    def _month_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        row = QHBoxLayout(card)
        row.addWidget(label("报送月份"))
        row.addWidget(self._month)
        row.addWidget(self._start)
        row.addStretch(1)
        row.addWidget(button("读取回执…(&R)", self.read_receipt))
        row.addWidget(button("再写一次 U 盘…", self.copy_again))
        return card

    def _sent_tab(self) -> QWidget:
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.packages, 1)
        row = QHBoxLayout()
        row.addWidget(button("打印交接单…", self._print_selected))
        row.addStretch(1)
        layout.addLayout(row)
        return tab
