"""What is done in a dialog of its own: import, export, print, templates."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.batches_dialog import BatchesDialog
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.importing.import_dialog import ImportDialog
from anyue_desktop.ui.importing.template_dialog import save_template
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import JobPlace
from anyue_desktop.ui.printing.print_dialog import PrintDialog
from anyue_desktop.ui.tasks import Tasks

ELDERS = "elder_case"


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
        workspace = self._workspace
        villages = workspace.records.villages()
        return PrintDialog(workspace.printing, villages, self._month.month, self._tasks, window, case_id=place.case_id)

    def _template(self, place: JobPlace, window: QWidget) -> None:
        register = self._workspace.records.register(self._register(place.query))
        save_template(register, self._workspace.exporting, self._tasks, window)
