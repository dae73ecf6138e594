"""What the pages of indicators share: the lists behind a number, and the 统计口径."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from anyue_desktop.indicators.basis import Basis
from anyue_desktop.services.measuring import Behind, Measuring
from anyue_desktop.ui.indicators.basis_dialog import BasisDialog
from anyue_desktop.ui.indicators.places_dialog import PlacesDialog
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.places import IdsPlace, NamedPlace, Place
from anyue_desktop.ui.tasks import Tasks


class FiguresPage(Page):
    """指标 of a township or of the county; each lays out its own table, where the cursor begins."""

    def __init__(self, measuring: Measuring, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("指标", parent)
        self._measuring, self._tasks = measuring, tasks

    def resume(self) -> Place:
        """Returns the place this page shows."""
        return NamedPlace("indicators")

    def change_basis(self) -> None:
        """Offers to change how is counted what the plan leaves open."""
        dialog = BasisDialog(self._measuring.basis(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._set_basis)
        dialog.open()

    def show_behind(self, title: str, behind: Behind) -> None:
        """Opens the records behind a number, or the places where there are no records."""
        if behind.register:
            self.go.emit(IdsPlace(behind.register, tuple(behind.ids), title))
        else:
            PlacesDialog(title, behind.ids, self).open()

    def _set_basis(self, basis: Basis) -> None:
        self._tasks.run(
            lambda _progress: self._measuring.set_basis(basis), lambda _: self.refresh(frozenset()), window=self
        )
