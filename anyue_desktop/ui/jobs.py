"""What is done in a dialog of its own: import, export, print, templates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import OWNER
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.batches_dialog import BatchesDialog
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.importing.import_dialog import ImportDialog
from anyue_desktop.ui.importing.template_dialog import save_template
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import JobPlace
from anyue_desktop.ui.printing.order_form import Chosen
from anyue_desktop.ui.printing.print_dialog import PrintDialog
from anyue_desktop.ui.tasks import Tasks

ELDERS = "elder_case"
VILLAGES = ("residence_division", "division_code", "duty_division")  # how the paths of villages end


class Jobs:
    """Opens the dialog of a job over the window."""

    def __init__(self, workspace: Workspace, tasks: Tasks, month: MonthChoice) -> None:
        self._workspace, self._tasks, self._month = workspace, tasks, month
        self._known: dict[str, Callable[[JobPlace, QWidget], QDialog | None]] = {
            "import": self._import,
            "batches": lambda place, window: BatchesDialog(self._workspace.importing, self._tasks, window),
            "export": self._export,
            "print": self._print,
            "template": self._template,
        }

    def open(self, place: JobPlace, window: QWidget) -> None:
        """Opens the dialog; raises `UserError` for a job this edition does not have."""
        job = self._known.get(place.job)
        if job is None:
            raise UserError("这里不能做这件事", "请从左边的导航进入")
        dialog = job(place, window)
        if dialog is not None:
            dialog.open()

    def _register(self, query: Query | None) -> str:
        return query.register if query is not None else ELDERS

    def _import(self, place: JobPlace, window: QWidget) -> QDialog:
        importing = self._workspace.importing
        register = self._workspace.records.register(self._register(place.query))
        columns = importing.columns(register.name)
        return ImportDialog(register, columns, importing, self._workspace.exporting, self._tasks, window)

    def _export(self, place: JobPlace, window: QWidget) -> QDialog:
        register = self._workspace.records.register(self._register(place.query))
        sets = {"列表里显示的列": place.columns} if place.columns else {}
        sets |= self._workspace.records.column_sets(register.name)
        return ExportDialog([register], self._workspace.exporting, self._tasks, place.query, window, sets=sets)

    def _print(self, place: JobPlace, window: QWidget) -> QDialog:
        printing, query = self._workspace.printing, place.query
        register = query.register if query is not None else ""
        ledger = printing.ledger_of(register)
        if ledger is not None and ledger.singly and not place.case_id:
            raise UserError("请先选一条记录再打印", f"“{ledger.title}”一份一份打印")
        code = place.ledger or (ledger.number if ledger else "")
        where = query.where if query is not None else {}
        villages = [str(value) for path, value in where.items() if path.endswith(VILLAGES)]
        chosen = Chosen(register, place.case_id, next(iter(villages), ""), str(where.get(OWNER) or ""))
        month = (query.month if query is not None else "") or self._month.month
        return PrintDialog(printing, month, self._tasks, window, code=code, chosen=chosen)

    def _template(self, place: JobPlace, window: QWidget) -> None:
        register = self._workspace.records.register(self._register(place.query))
        save_template(register, self._workspace.exporting, self._tasks, window)
