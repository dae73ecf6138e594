"""系统: operators, safekeeping, the recycle bin, health, the look, and what the program is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.services.workspace import Role, Workspace
from anyue_desktop.ui.county.devices_panel import DevicesPanel
from anyue_desktop.ui.importing.scrolling import scrolling
from anyue_desktop.ui.page import Page
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.reporting.report_wizard import REPORTED
from anyue_desktop.ui.system.about_panel import AboutPanel
from anyue_desktop.ui.system.bin_panel import BinPanel
from anyue_desktop.ui.system.display_panel import DisplayPanel
from anyue_desktop.ui.system.health_panel import HealthPanel
from anyue_desktop.ui.system.operators_panel import OperatorsPanel
from anyue_desktop.ui.system.safekeeping_panel import SafekeepingPanel
from anyue_desktop.ui.system.weights_panel import WeightsPanel
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import Theme


class SystemPage(Page):
    """One tab a subject. `restore_wanted` asks the window to close the workspace: a backup takes its place."""

    restore_wanted = Signal(object)

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        problems: ProblemDoor,
        theme: Theme,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("系统", parent)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("系统")
        self.operators = OperatorsPanel(workspace.accounts, workspace.operator, tasks, problems)
        reporting = None if workspace.unit.is_county else workspace.reporting
        self.safekeeping = SafekeepingPanel(workspace.safekeeping, workspace.folder, tasks, reporting)
        self.safekeeping.restore_wanted.connect(self.restore_wanted)
        self.bin = BinPanel(workspace.records, REPORTED)
        self.bin.go.connect(self.go)
        self.health = HealthPanel(workspace.safekeeping, workspace.folder, tasks)
        may_change = Role.ADMIN.value in workspace.operator.roles
        self.weights = WeightsPanel(workspace.code_settings, may_change=may_change)
        self.display = DisplayPanel(theme, preferences)
        self._panels: list[tuple[str, QWidget]] = [
            ("操作员", self.operators),
            ("备份与恢复", self.safekeeping),
            ("健康检查", self.health),
            ("风险评分权重", self.weights),
            ("显示", self.display),
            ("关于", AboutPanel(workspace.unit, workspace.folder)),
        ]
        if workspace.unit.is_county:
            self.devices = DevicesPanel(workspace.county_enrolment, CountyUnlocking(workspace.store), tasks)
            self._panels.insert(0, ("设备登记", self.devices))
        else:
            self._panels.insert(2, ("回收站", self.bin))
        self._lay_out(self._panels)

    def show_tab(self, name: str) -> None:
        """Brings a tab into view by its title."""
        for number, (title, _) in enumerate(self._panels):
            if title == name:
                self.tabs.setCurrentIndex(number)

    def arrive(self) -> None:
        """Puts the cursor onto the tabs."""
        self.tabs.setFocus()

    def refresh(self, changed: frozenset[str] = frozenset()) -> None:
        """Counts the recycle bin and reads the time of the last backup anew."""
        self.bin.refresh()
        self.safekeeping.refresh()

    def _lay_out(self, panels: Sequence[tuple[str, QWidget]]) -> None:
        for title, panel in panels:
            panel.setAccessibleName(title)
            self.tabs.addTab(scrolling(panel), title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(self.tabs)
