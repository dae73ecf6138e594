"""Which columns a list shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from anyue_desktop.services.column_sets import ColumnSets
from anyue_desktop.services.columns import Column
from anyue_desktop.ui.column_order_dialog import ColumnOrderDialog
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
    """A menu of columns and of named sets of them; in the list the first column always comes first."""

    chosen = Signal(list)

    def __init__(
        self,
        register: str,
        columns: Sequence[Column],
        preferences: Preferences,
        sets: ColumnSets,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon("columns"), "列", parent)
        self.setToolTip("选择显示哪些列")
        self.setAccessibleName("选择显示哪些列")
        self.setProperty("menu", "true")
        self._register = register
        self._columns = {column.path: column for column in columns}
        self._preferences = preferences
        self._sets = sets
        self._name = f"columns.{register}"
        usual = next(iter(self.presets().values()))
        kept = [path for path in preferences.get(self._name, list(usual)) if path in self._columns]
        self._order: list[str] = kept or list(self._columns)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._build)
        self.setMenu(self._menu)

    def presets(self) -> dict[str, tuple[str, ...]]:
        """Returns the named sets: those of the program, those kept in the workspace, and all columns."""
        return {
            **PRESETS.get(self._register, {}),
            **self._sets.column_sets(self._register),
            ALL: tuple(self._columns),
        }

    def current(self) -> list[Column]:
        """Returns the columns to show, in their order."""
        first = next(iter(self._columns))
        return [self._columns[path] for path in (first, *(one for one in self._order if one != first))]

    def order(self) -> tuple[str, ...]:
        """Returns the paths of the chosen columns in the order chosen, as an export has them."""
        return tuple(self._order)

    def use(self, paths: Sequence[str]) -> None:
        """Shows these columns in this order, and remembers it."""
        self._order = [path for path in paths if path in self._columns]
        self._preferences.set(self._name, self._order)
        self.chosen.emit(self.current())

    def arrange(self) -> None:
        """Lets a person put the columns in order and keep them under a name."""
        dialog = ColumnOrderDialog(self._register, list(self._columns.values()), self._order, self._sets, self)
        dialog.chosen.connect(self.use)
        dialog.open()

    def _build(self) -> None:
        self._menu.clear()
        for name, paths in self.presets().items():
            action = self._menu.addAction(f"显示“{name}”")
            action.triggered.connect(lambda _on=False, wanted=paths: self.use(wanted))
        self._menu.addAction("排列与保存…").triggered.connect(self.arrange)
        for name in self._sets.column_sets(self._register):
            drop = self._menu.addAction(f"删除常用列“{name}”")
            drop.triggered.connect(lambda _on=False, one=name: self._sets.drop_columns(self._register, one))
        self._menu.addSeparator()
        for number, column in enumerate(self._columns.values()):
            tick = self._menu.addAction(column.label)
            tick.setCheckable(True)
            tick.setChecked(column.path in self._order or number == 0)
            tick.setEnabled(number > 0)
            tick.triggered.connect(lambda on, path=column.path: self._tick(path, on=on))

    def _tick(self, path: str, *, on: bool) -> None:
        others = [one for one in self._order if one != path]
        self.use([*others, path] if on else others)
