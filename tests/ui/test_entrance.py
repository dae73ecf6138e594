from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from office import LOGIN, PASSPHRASE, Keyboard
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.divisions import divisions
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.db.tries import wait_seconds
from anyue_desktop.services import practice_workspace
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.workspace import Workspace, create_township
from anyue_desktop.ui.entrance.make_page import PRACTICE_COUNTY, TOWNSHIP, MakePage
from anyue_desktop.ui.entrance.passphrase_box import PassphraseBox
from anyue_desktop.ui.entrance.start_dialog import StartDialog
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.tasks import Tasks

Show = Callable[[QWidget], None]


@pytest.fixture
def worker(problems: ProblemDoor) -> Iterator[Tasks]:
    made = Tasks(problems)
    yield made
    made.close()


@pytest.fixture
def unlock(template: Path, tmp_path: Path, worker: Tasks, show: Show) -> UnlockDialog:
    folder = tmp_path / "台账"
    shutil.copytree(template, folder)
    dialog = UnlockDialog(folder, worker)
    show(dialog)
    return dialog


@pytest.fixture
def make(show: Show, tmp_path: Path) -> MakePage:
    page = MakePage(TOWNSHIP)
    page.folder.line.setText(str(tmp_path / "新台账"))
    show(page)
    return page


def test_the_right_passphrase_opens_the_workspace(unlock: UnlockDialog, keyboard: Keyboard, qtbot: QtBot) -> None:
    assert unlock.who.currentText() == LOGIN
    unlock.passphrase.setFocus()
    keyboard.write(PASSPHRASE)
    with qtbot.waitSignal(unlock.unlocked, timeout=10_000) as opened:
        keyboard.press(Qt.Key.Key_Return)
    workspace: Workspace = opened.args[0]
    assert workspace.operator.login == LOGIN
    workspace.close()


def test_a_wrong_passphrase_is_told_in_words_and_can_be_tried_again(unlock: UnlockDialog, qtbot: QtBot) -> None:
    unlock.passphrase.line.setText("不对的密码-不对的密码")
    unlock.unlock()
    qtbot.waitUntil(lambda: "密码" in unlock.said() and unlock.button.isEnabled(), timeout=10_000)
    assert unlock.passphrase.line.selectedText() == "不对的密码-不对的密码"


def test_the_fifth_wrong_passphrase_makes_one_wait(unlock: UnlockDialog, qtbot: QtBot) -> None:
    for _ in range(5):
        unlock.passphrase.line.setText("不对的密码-不对的密码")
        unlock.unlock()
        qtbot.waitUntil(lambda: unlock.said() != "正在解锁…", timeout=10_000)
    assert not unlock.button.isEnabled()
    told = re.fullmatch(r"请等 (\d+) 秒", unlock.button.text())
    assert told is not None and 0 < int(told[1]) <= 30  # it counts down while we look


@pytest.mark.parametrize(("wrong", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (10, 900), (40, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(wrong: int, seconds: int) -> None:
    assert wait_seconds(wrong) == seconds


def test_capital_letters_without_shift_warn_of_caps_lock(show: Show, keyboard: Keyboard) -> None:
    box = PassphraseBox("密码")
    show(box)
    box.setFocus()
    keyboard.press(Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    assert box.warning() == ""
    box.line.capitals.emit(True)
    assert "Caps Lock" in box.warning()


def test_full_width_digits_warn_of_the_input_method(show: Show) -> None:
    box = PassphraseBox("密码")
    show(box)
    box.line.setText("abc１２３")
    assert "全角" in box.warning()


def test_a_township_is_chosen_by_its_initials(make: MakePage, keyboard: Keyboard) -> None:
    make.township.take_focus()
    keyboard.write("tmx")
    keyboard.press(Qt.Key.Key_Return)
    assert make.township.raw() == "天马乡"


def test_what_is_missing_is_named(make: MakePage) -> None:
    assert "乡镇" in make.fault()
    make.township.set_value("512021206000")
    assert "操作员" in make.fault()
    make.login.setText(LOGIN)
    make.passphrase.line.setText("山羊-水牛-黄牛-骏马")
    assert "不一样" in make.fault()
    make.again.line.setText("山羊-水牛-黄牛-骏马")
    assert make.fault() == ""


def test_a_suggested_passphrase_fills_both_boxes_readably(make: MakePage) -> None:
    make.suggest.click()
    assert make.passphrase.text() == make.again.text() != ""


def test_the_first_start_makes_a_township(worker: Tasks, show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = StartDialog(worker)
    show(dialog)
    dialog.buttons[TOWNSHIP].click()
    page = dialog.pages[TOWNSHIP]
    page.township.set_value("512021206000")
    page.login.setText(LOGIN)
    page.suggest.click()
    page.folder.line.setText(str(tmp_path / "新台账"))
    with qtbot.waitSignal(dialog.ready, timeout=30_000) as ready:
        page.make.click()
    workspace: Workspace = ready.args[0]
    assert (workspace.unit.name, workspace.operator.login) == ("天马乡", LOGIN)
    workspace.close()


def test_practising_needs_one_click(worker: Tasks, show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = StartDialog(worker)
    show(dialog)
    with qtbot.waitSignal(dialog.ready, timeout=60_000) as ready:
        dialog.practise(tmp_path / "练习")
    workspace: Workspace = ready.args[0]
    assert workspace.unit.practice
    assert workspace.records.total("elder_case") > 100
    workspace.close()


def test_the_county_is_practised_with_one_click(worker: Tasks, show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    login, words = practice_workspace.LOGIN, practice_workspace.PASSPHRASE
    others = {one.code for one in divisions().townships()[1:]}
    create_practice_county(tmp_path / "县局", login, words, scale=0.01, without=others, cost=FLOOR).close()
    dialog = StartDialog(worker)
    show(dialog)
    with qtbot.waitSignal(dialog.ready, timeout=60_000) as ready:
        dialog.practise(tmp_path / "县局", PRACTICE_COUNTY)
    workspace: Workspace = ready.args[0]
    assert workspace.unit.is_county
    assert workspace.unit.practice
    workspace.close()


def test_the_shared_passphrase_is_told_only_where_it_opens_the_workspace(
    worker: Tasks, show: Show, tmp_path: Path
) -> None:
    for login, told in ((practice_workspace.LOGIN, True), (LOGIN, False)):
        folder = tmp_path / login
        create_township(folder, "天马乡", login, practice_workspace.PASSPHRASE, practice=True, cost=FLOOR).close()
        dialog = UnlockDialog(folder, worker)
        show(dialog)
        words = [label.text() for label in dialog.findChildren(QLabel)]
        assert any(practice_workspace.PASSPHRASE in one for one in words) is told


def test_a_weak_passphrase_is_refused_with_a_sentence(worker: Tasks, show: Show, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = StartDialog(worker)
    show(dialog)
    dialog.choose(TOWNSHIP)
    page = dialog.pages[TOWNSHIP]
    page.township.set_value("512021206000")
    page.login.setText(LOGIN)
    for box in (page.passphrase, page.again):
        box.line.setText("12345678")
    page.folder.line.setText(str(tmp_path / "新台账"))
    page.make.click()
    qtbot.waitUntil(lambda: page.said() != "" and page.make.isEnabled(), timeout=10_000)
    assert not (tmp_path / "新台账" / "main.db").exists()
