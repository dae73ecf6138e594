"""The composition root of the window: the only file that builds everything."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from anyue_desktop.core import paths
from anyue_desktop.services import workspace as workspaces
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui import fonts
from anyue_desktop.ui.announcer import Announcer
from anyue_desktop.ui.auto_backup import AutoBackup
from anyue_desktop.ui.collector import Collector
from anyue_desktop.ui.entrance.start_dialog import StartDialog
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.icons import icon
from anyue_desktop.ui.idle import IdleWatch
from anyue_desktop.ui.main_window import MainWindow
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.navigation import Entry
from anyue_desktop.ui.news import tell_news
from anyue_desktop.ui.page_maker import PageMaker
from anyue_desktop.ui.places import NamedPlace, Place
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.quick_search import QuickSearch
from anyue_desktop.ui.recovery import offer_recovery
from anyue_desktop.ui.status_line import StatusLine
from anyue_desktop.ui.system.restore_dialog import RestoreDialog
from anyue_desktop.ui.tasks import Tasks
from anyue_desktop.ui.theme import USUAL, Theme
from anyue_desktop.ui.top_bar import TopBar

LAST_FOLDER, TEXT_SIZE = "last_workspace", "text_size"
LOG_NAME, LOG_BYTES, LOG_KEPT = "anyue.log", 1_000_000, 3
TOWNSHIP_ENTRIES = (
    Entry("工作台", "home", NamedPlace("home")),
    Entry("老年人探访", "people", NamedPlace("elders")),
    Entry("儿童和妇女", "child", NamedPlace("children")),
    Entry("居家养老", "care", NamedPlace("homecare")),
    Entry("设施", "building", NamedPlace("facilities")),
    Entry("基础数据", "base", NamedPlace("base")),
    Entry("指标", "indicator", NamedPlace("indicators")),
    Entry("报送", "report", NamedPlace("reporting")),
    Entry("系统", "system", NamedPlace("system"), at_bottom=True),
)
COUNTY_ENTRIES = (
    Entry("接收", "receive", NamedPlace("receive")),
    Entry("乡镇", "towns", NamedPlace("townships")),
    Entry("问题与退回", "returned", NamedPlace("returns")),
    Entry("各类登记册", "grid", NamedPlace("registers")),
    Entry("指标", "indicator", NamedPlace("indicators")),
    Entry("汇总台账", "ledger", NamedPlace("ledgers")),
    Entry("系统", "system", NamedPlace("system"), at_bottom=True),
)


class Desktop(QObject):
    """The running program: from the first question to the lock screen and back."""

    def __init__(self, application: QApplication, preferences: Preferences, log_path: Path | None = None) -> None:
        super().__init__(application)
        self._application = application
        self.preferences = preferences
        self.theme = Theme(application)
        self.theme.apply(int(preferences.get(TEXT_SIZE, USUAL)))
        self.problems = ProblemDoor(log_path, self)
        self.tasks = Tasks(self.problems, self)
        self.collector = Collector(self)
        self.idle = IdleWatch(application)
        self.idle.idle.connect(self._idle)
        self.workspace: Workspace | None = None
        self.window: MainWindow | None = None
        self.dialog: StartDialog | UnlockDialog | None = None
        self._restoring: RestoreDialog | None = None
        self._stop_listening: Callable[[], None] | None = None
        application.setQuitOnLastWindowClosed(False)
        application.aboutToQuit.connect(self._end)

    def begin(self, folder: Path | None = None) -> None:
        """Unlocks the workspace last used, or asks how to start."""
        known = folder or Path(str(self.preferences.get(LAST_FOLDER, "")))
        if str(known) not in ("", ".") and workspaces.exists(known):
            self.ask_passphrase(known)
        else:
            self.ask_how_to_start()

    def ask_how_to_start(self) -> None:
        """Shows the five ways to begin."""
        dialog = StartDialog(self.tasks)
        dialog.ready.connect(self.enter)
        dialog.folder_chosen.connect(self.ask_passphrase)
        self._show_dialog(dialog)

    def ask_passphrase(self, folder: Path, resume: Place | None = None) -> None:
        """Shows the unlock dialog; `resume` is where to come back to after a lock."""
        dialog = UnlockDialog(folder, self.tasks, locked=resume is not None)
        dialog.unlocked.connect(lambda opened: self.enter(opened, resume))
        dialog.other_asked.connect(self.ask_how_to_start)
        self._show_dialog(dialog)

    def enter(self, workspace: Workspace, resume: Place | None = None) -> None:
        """Builds the window of an opened workspace."""
        self._put_dialog_away()
        self.workspace = workspace
        self.preferences.set(LAST_FOLDER, str(workspace.folder))
        self.window = self._build(workspace)
        self.window.show()
        tell_news(workspace.accounts.news(), self.window)
        if resume is not None:
            self.window.open(resume)
        else:
            offer_recovery(workspace.records, self.window)
        self.idle.start()
        self.tasks.run(lambda _progress: fonts.unpack_rare(), self._add_fonts, owner=self)

    def lock(self) -> None:
        """Closes workspace and window; what was being typed is a draft already."""
        if self.window is None or self.workspace is None:
            return
        page = self.window.page()
        if page is not None:
            page.leave()
        resume = (page.resume() if page is not None else None) or NamedPlace(
            "home" if not self._county() else "receive"
        )
        folder = self.workspace.folder
        self._leave_workspace()
        self.ask_passphrase(folder, resume)

    def restore(self, backup: Path) -> None:
        """Closes workspace and window, and offers to put a backup in its place."""
        QTimer.singleShot(0, self, lambda: self._restore(backup))  # the page that asked is still on the stack

    def _restore(self, backup: Path) -> None:
        if self.workspace is None:
            return
        folder = self.workspace.folder
        self._leave_workspace()
        dialog = RestoreDialog(folder, backup, workspaces.logins(folder), self.tasks)
        dialog.finished.connect(lambda: self.ask_passphrase(folder))
        self._restoring = dialog
        dialog.show()

    def _build(self, workspace: Workspace) -> MainWindow:
        unit, month = workspace.unit, MonthChoice(self)
        maker = PageMaker(workspace, self.tasks, self.problems, self.theme, self.preferences, month, self.restore)
        search = QuickSearch(workspace.records, self.tasks)
        window = MainWindow(
            f"{unit.name} · 安岳民政台账",
            COUNTY_ENTRIES if unit.is_county else TOWNSHIP_ENTRIES,
            TopBar(unit, workspace.operator, month, search),
            StatusLine(workspace.dashboard, self.tasks, county=unit.is_county),
            maker.page,
            practice=unit.practice,
        )
        announcer = Announcer(window)
        announcer.changed.connect(window.refresh)
        announcer.changed.connect(AutoBackup(workspace.safekeeping, self.tasks, window).note)
        self._stop_listening = workspace.on_change(announcer.tell)
        window.lock_asked.connect(self.lock)
        window.closing.connect(self._window_closed)
        return window

    def _leave_workspace(self) -> None:
        self.idle.stop()
        window, workspace = self.window, self.workspace
        self.window = self.workspace = None
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None
        self.tasks.settle()
        if window is not None:
            window.hide()
            window.deleteLater()
        QApplication.clipboard().clear()
        if workspace is not None:
            workspace.close()

    def _idle(self) -> None:
        if self.tasks.busy():
            self.idle.start()
        else:
            self.lock()

    def _county(self) -> bool:
        return self.workspace is not None and self.workspace.unit.is_county

    def _window_closed(self) -> None:
        if self.window is not None:
            QTimer.singleShot(0, self._application.quit)

    def _show_dialog(self, dialog: StartDialog | UnlockDialog) -> None:
        self._put_dialog_away()
        self.dialog = dialog
        dialog.rejected.connect(self._application.quit)
        dialog.show()

    def _put_dialog_away(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.rejected.disconnect(self._application.quit)
            dialog.hide()
            dialog.deleteLater()

    def _add_fonts(self, sources: list[Path]) -> None:
        self.theme.add_families(fonts.load_rare(sources))

    def _end(self) -> None:
        self._leave_workspace()
        self.tasks.close()
        self.collector.stop()


def run(arguments: Sequence[str] = ()) -> int:
    """Runs the program with a window; the first argument may name the folder of a workspace."""
    application = QApplication([sys.argv[0], *arguments])
    application.setApplicationName("安岳民政台账")
    application.setWindowIcon(icon("app"))
    desktop = Desktop(application, Preferences(paths.settings_folder()), _begin_log())
    desktop.problems.take_uncaught()
    desktop.begin(Path(arguments[0]) if arguments else None)
    return application.exec()


def _begin_log() -> Path:
    folder = paths.log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / LOG_NAME
    handler = RotatingFileHandler(target, maxBytes=LOG_BYTES, backupCount=LOG_KEPT, encoding="utf-8")
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return target
