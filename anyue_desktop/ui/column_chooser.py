"""Which columns a list shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from anyue_desktop.services.columns import Column
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.preferences import Preferences

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "elder_case": {
        "花名册": (
            "person.name", "person.sex", "person.birth_date", "person.residence_division", "person.group_name",
            "categories", "self_care_level", "living_arrangement", "person.phone", "responsible_name",
        ),
        "探访安排": (
            "person.name", "person.residence_division", "person.group_name", "categories", "risk_level",
            "last_visit_date", "next_due_date", "responsible_name", "responsible_phone",
        ),
        "联系方式": (
            "person.name", "person.residence_division", "person.phone", "person.emergency_name",
            "person.emergency_phone", "responsible_name", "responsible_phone",
        ),
    },
}  # fmt: skip
ALL = "全部"


class ColumnChooser(QPushButton):
    """A menu of columns and of named sets of them; the first column always shows."""

    chosen = Signal(list)

    def __init__(
        self, register: str, columns: Sequence[Column], preferences: Preferences, parent: QWidget | None = None
    ) -> None:
        super().__init__(icon("columns"), "列", parent)
        self.setToolTip("选择显示哪些列")
        self.setAccessibleName("选择显示哪些列")
        self.setProperty("menu", "true")
        self._columns = list(columns)
        self._preferences = preferences
        self._name = f"columns.{register}"
        self._presets = {**PRESETS.get(register, {}), ALL: tuple(column.path for column in columns)}
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._ticks: dict[str, QAction] = {}
        self._build()

    def current(self) -> list[Column]:
        """Returns the columns that are ticked, in their order."""
        wanted = [path for path, tick in self._ticks.items() if tick.isChecked()]
        return [column for column in self._columns if column.path in wanted]

    def _build(self) -> None:
        usual = self._presets[next(iter(self._presets))]
        kept = self._preferences.get(self._name, list(usual))
        for name in self._presets:
            action = self._menu.addAction(f"显示“{name}”")
            action.triggered.connect(lambda _on=False, one=name: self._use(one))
        self._menu.addSeparator()
        for number, column in enumerate(self._columns):
            tick = QAction(column.label, self._menu)
            tick.setCheckable(True)
            tick.setChecked(column.path in kept or number == 0)
            tick.setEnabled(number > 0)
            tick.triggered.connect(self._changed)
            self._menu.addAction(tick)
            self._ticks[column.path] = tick

    def _use(self, preset: str) -> None:
        for path, tick in self._ticks.items():
            tick.setChecked(path in self._presets[preset] or not tick.isEnabled())
        self._changed()

    def _changed(self) -> None:
        columns = self.current()
        self._preferences.set(self._name, [column.path for column in columns])
        self.chosen.emit(columns)
