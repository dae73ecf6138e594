from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import LOGIN, PASSPHRASE, PEOPLE, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.app import Desktop
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services import workspace as workspaces
from anyue_desktop.services.query import Query
from anyue_desktop.ui.elders.person_page import PersonPage
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.form_page import FormPage
from anyue_desktop.ui.home.home_page import HomePage
from anyue_desktop.ui.idle import IdleWatch
from anyue_desktop.ui.list_page import ListPage
from anyue_desktop.ui.main_window import MainWindow
from anyue_desktop.ui.places import NamedPlace, NewPlace, PersonPlace
from anyue_desktop.ui.preferences import Preferences

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    made = Desktop(qapp, Preferences(tmp_path))
    yield made
    made._end()
    made._put_dialog_away()
    qapp.aboutToQuit.disconnect(made._end)


@pytest.fixture
def enter(desktop: Desktop, template: Path, tmp_path: Path, qtbot: QtBot) -> Callable[[], MainWindow]:
    def entering() -> MainWindow:
        folder = tmp_path / "台账"
        shutil.copytree(template, folder)
        desktop.enter(workspaces.open_workspace(folder, LOGIN, PASSPHRASE))
        return showing(desktop, qtbot)

    return entering


def showing(desktop: Desktop, qtbot: QtBot) -> MainWindow:
    qtbot.waitUntil(lambda: desktop.window is not None and desktop.window.isVisible(), timeout=10_000)
    window = desktop.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.waitUntil(lambda: not desktop.tasks.busy(), timeout=10_000)
    return window


def page_of(window: MainWindow) -> str:
    page = window.page()
    return page.title if page is not None else ""


def test_the_window_begins_at_the_workbench_and_alt_2_goes_to_the_elders(
    enter: Callable[[], MainWindow], keyboard: Keyboard, qtbot: QtBot
) -> None:
    window = enter()
    assert isinstance(window.page(), HomePage)
    keyboard.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page_of(window) == "老年人探访")


def test_control_k_finds_a_person_and_enter_opens_the_page(
    enter: Callable[[], MainWindow], keyboard: Keyboard, qtbot: QtBot
) -> None:
    window = enter()
    keyboard.press(Qt.Key.Key_K, CONTROL)
    keyboard.write("zsf")
    popup = window.top.search
    qtbot.waitUntil(lambda: popup._popup is not None and popup._popup.isVisible())
    keyboard.press(Qt.Key.Key_Return)
    page = window.page()
    assert isinstance(page, PersonPage)
    assert page.header.name() == "张淑芳"


def test_back_returns_to_the_list_one_came_from(
    enter: Callable[[], MainWindow], qtbot: QtBot, desktop: Desktop
) -> None:
    window = enter()
    window.open(NamedPlace("elders"))
    page = window.page()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: len(page.model.ids) == len(PEOPLE))
    window.open(PersonPlace(page.model.ids[0]))
    window.open(NewPlace("elder_visit", {"case_id": page.model.ids[0]}))
    assert isinstance(window.page(), FormPage)
    window.go_back()
    assert isinstance(window.page(), PersonPage)
    window.go_back()
    assert window.page() is page


def test_what_is_saved_shows_at_once(enter: Callable[[], MainWindow], desktop: Desktop, qtbot: QtBot) -> None:
    window = enter()
    workspace = desktop.workspace
    assert workspace is not None
    before = window.status.buttons["records"].text()
    workspace.records.delete("elder_case", workspace.records.ids(Query("elder_case"))[0])
    qtbot.waitUntil(lambda: window.status.buttons["records"].text() != before)


def test_the_workbench_counts_and_opens_the_lists(enter: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = enter()
    home = window.page()
    assert isinstance(home, HomePage)
    button = home.worklists.button("elder_case.unvisited")
    assert "7" in button.text()
    button.click()
    page = window.page()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: len(page.model.ids) == 7)


def test_a_bar_opens_the_people_behind_it(enter: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = enter()
    home = window.page()
    assert isinstance(home, HomePage)
    home.bars.grab()
    mark = home.bars.marks[0]
    qtbot.mouseClick(home.bars, Qt.MouseButton.LeftButton, pos=mark.area.center().toPoint())
    page = window.page()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: f"应探访 {len(page.model.ids)} 人" in mark.words)


def test_a_month_chosen_above_counts_for_the_workbench(
    enter: Callable[[], MainWindow], desktop: Desktop, qtbot: QtBot
) -> None:
    window = enter()
    home = window.page()
    assert isinstance(home, HomePage)
    window.top.months.setCurrentIndex(window.top.months.findData("2026-10"))
    qtbot.waitUntil(lambda: "4" in home.worklists.button("elder_case.unvisited").text())


def test_locking_closes_the_workspace_and_the_passphrase_leads_back_to_the_entry(
    enter: Callable[[], MainWindow], desktop: Desktop, keyboard: Keyboard, qtbot: QtBot
) -> None:
    window = enter()
    window.open(NewPlace("elder_case"))
    keyboard.write("钱小凤")
    keyboard.press(Qt.Key.Key_L, CONTROL)
    assert desktop.workspace is None
    dialog = desktop.dialog
    assert isinstance(dialog, UnlockDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.passphrase.line.setText(PASSPHRASE)
    dialog.unlock()
    again = showing(desktop, qtbot)
    page = again.page()
    assert isinstance(page, FormPage)
    assert page.form.sheet.editor("person.name").value() == "钱小凤"


def test_L09_nobody_at_the_keyboard_locks(enter: Callable[[], MainWindow], desktop: Desktop) -> None:
    enter()
    desktop.idle.idle.emit()
    assert desktop.workspace is None
    assert isinstance(desktop.dialog, UnlockDialog)


def test_L09_the_idle_watch_begins_anew_at_a_key(
    qapp: QApplication, qtbot: QtBot, show: Callable[[QWidget], None], keyboard: Keyboard
) -> None:
    line = QLineEdit()
    show(line)
    watch = IdleWatch(qapp, minutes=0.25 / 60)
    said: list[bool] = []
    watch.idle.connect(lambda: said.append(True))
    watch.start()
    for _ in range(4):
        qtbot.wait(120)
        QTest.keyClick(line.window().windowHandle(), Qt.Key.Key_A)
    assert said == []
    qtbot.waitUntil(lambda: said == [True])


def test_unfinished_entries_are_offered_at_the_start(
    desktop: Desktop, template: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "台账"
    shutil.copytree(template, folder)
    opened = workspaces.open_workspace(folder, LOGIN, PASSPHRASE)
    opened.records.save_draft("elder_case", "k1", {"person": {"name": "钱小凤"}})
    desktop.enter(opened)
    box = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible())
    assert "钱小凤" in box.informativeText()
    box.buttons()[0].click()
    window = desktop.window
    assert window is not None
    page = window.page()
    assert isinstance(page, FormPage)
    assert page.form.sheet.editor("person.name").value() == "钱小凤"


def test_closing_asks_nothing(enter: Callable[[], MainWindow], desktop: Desktop, keyboard: Keyboard) -> None:
    window = enter()
    window.open(NewPlace("elder_case"))
    keyboard.write("钱小凤")
    assert window.close()
    assert desktop.workspace is not None
    assert len(desktop.workspace.records.drafts()) == 1


def test_a_practice_township_says_so(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    made = workspaces.create_township(tmp_path / "练习", "天马乡", LOGIN, PASSPHRASE, practice=True, cost=FLOOR)
    desktop.enter(made)
    window = showing(desktop, qtbot)
    assert any("练习台账" in label.text() for label in window.findChildren(QLabel))


def test_the_county_sees_its_own_parts(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    made = workspaces.create_county(tmp_path / "县局", LOGIN, PASSPHRASE, offline=tmp_path / "离线", cost=FLOOR)
    desktop.enter(made)
    window = showing(desktop, qtbot)
    assert page_of(window) == "接收"
    shown = {key for key, button in window.status.buttons.items() if button.isVisible()}
    assert shown == {"records", "drafts", "backup"}
    for name, title in (("townships", "乡镇"), ("returns", "问题与退回"), ("system", "系统")):
        window.open(NamedPlace(name))
        assert page_of(window) == title


def test_the_county_opens_no_entry_form(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    made = workspaces.create_county(tmp_path / "县局", LOGIN, PASSPHRASE, offline=tmp_path / "离线", cost=FLOOR)
    desktop.enter(made)
    window = showing(desktop, qtbot)
    with pytest.raises(UserError, match="县局不能修改"):
        window.open(NewPlace("elder_case"))
    assert page_of(window) == "接收"


def test_every_control_has_a_name(enter: Callable[[], MainWindow]) -> None:
    window = enter()
    controls = [one for kind in (QAbstractButton, QComboBox, QLineEdit) for one in window.findChildren(kind)]
    nameless = [
        widget
        for widget in controls
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), (QLineEdit, QComboBox))
    ]
    assert nameless == []
