from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialog_office import WORDS, Office, answer, button
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace, open_workspace
from anyue_desktop.ui.places import ListPlace
from anyue_desktop.ui.preferences import Preferences
from anyue_desktop.ui.system.restore_dialog import RestoreDialog
from anyue_desktop.ui.system.system_page import SystemPage
from anyue_desktop.ui.theme import USUAL, Theme

VISITS, OTHER_WORDS = "elder_visit", "春天-云朵-流星-蓝天"


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp)
    made.apply()
    yield made
    made.resize(USUAL)


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path)


@pytest.fixture
def page(
    town: Workspace, office: Office, theme: Theme, preferences: Preferences, show: Callable[[QWidget], None]
) -> SystemPage:
    made = SystemPage(town, office.tasks, office.problems, theme, preferences)
    show(made)
    return made


def add_operator(page: SystemPage, office: Office, words: str = OTHER_WORDS) -> QWidget:
    dialog = page.operators.add()
    dialog.login.setText("张三")
    dialog.new.type(words)
    office.press(dialog, "添加")
    return dialog


def findings(page: SystemPage) -> dict[str, str]:
    return {row.subject: row.tone for row in page.health.table.values}


def test_a_new_operator_may_enter_and_log_in(page: SystemPage, office: Office, town: Workspace) -> None:
    add_operator(page, office)
    assert {one.login: one.roles for one in page.operators.table.values}["张三"] == {"entry"}
    folder = town.folder
    town.close()
    again = open_workspace(folder, "张三", OTHER_WORDS)
    assert again.operator.roles == {"entry"}
    again.close()


def test_a_weak_passphrase_is_told_in_the_form(page: SystemPage, office: Office, town: Workspace) -> None:
    dialog = add_operator(page, office, "12345678")
    assert dialog.isVisible()
    assert "密码太短" in dialog.notice.text  # type: ignore[attr-defined] - the dialog of add()
    assert len(town.accounts.list()) == 1


def test_two_passphrases_must_agree(page: SystemPage) -> None:
    dialog = page.operators.change_own()
    dialog.old.setText(WORDS)
    dialog.new._first.setText(OTHER_WORDS)
    dialog.new._second.setText("春天-云朵-流星-大地")
    assert not button(dialog, "保存").isEnabled()
    dialog.new._second.setText(OTHER_WORDS)
    assert button(dialog, "保存").isEnabled()


def test_the_own_passphrase_changes(page: SystemPage, office: Office, town: Workspace) -> None:
    dialog = page.operators.change_own()
    dialog.old.setText(WORDS)
    dialog.new.type(OTHER_WORDS)
    office.press(dialog, "保存")
    folder = town.folder
    town.close()
    with pytest.raises(UserError, match="密码不对"):
        open_workspace(folder, "王芳", WORDS)
    open_workspace(folder, "王芳", OTHER_WORDS).close()


def test_roles_change_and_somebody_leaves(page: SystemPage, office: Office, town: Workspace) -> None:
    add_operator(page, office)
    page.operators.table.selectRow(1)
    roles = page.operators.change_roles()
    assert roles is not None
    roles.boxes.choose("reviewer")
    office.press(roles, "保存")
    assert {one.login: one.roles for one in town.accounts.list()}["张三"] == {"entry", "reviewer"}
    page.operators.table.selectRow(1)
    page.operators.ask_remove()
    answer(page.operators, "删除")
    office.wait()
    assert [one.login for one in town.accounts.list()] == ["王芳"]


def test_nobody_can_remove_himself(page: SystemPage) -> None:
    page.operators.table.selectRow(0)
    assert not button(page.operators, "删除").isEnabled()


def test_a_backup_is_checked_and_comes_back(
    page: SystemPage,
    office: Office,
    town: Workspace,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
    show: Callable[[QWidget], None],
) -> None:
    page.show_tab("备份与恢复")
    page.safekeeping.place.choose(stick)
    office.press(page.safekeeping, "立即备份")
    [backup] = stick.glob("*.tbak")
    assert str(backup) in page.safekeeping.notice.text
    for identity in town.records.ids(Query(VISITS)):
        town.records.delete(VISITS, identity)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    office.press(page.safekeeping, "选择备份恢复")
    with office.qtbot.waitSignal(page.restore_wanted) as wanted:
        answer(page.safekeeping, "退出登录并恢复")
    folder = town.folder
    town.close()
    dialog = RestoreDialog(folder, wanted.args[0], ["王芳"], office.tasks)
    show(dialog)
    dialog.words.setText("不对的密码不对的密码")
    office.press(dialog, "恢复")
    assert "密码不对" in dialog.notice.text
    dialog.words.setText(WORDS)
    with office.qtbot.waitSignal(dialog.restored):
        office.press(dialog, "恢复")
    again = open_workspace(folder, "王芳", WORDS)
    assert again.records.total(VISITS) == 36
    again.close()


def test_health_tells_what_to_do(page: SystemPage, office: Office) -> None:
    assert findings(page)["备份"] == "warning"
    assert findings(page)["台账文件"] == "muted"
    page.show_tab("健康检查")
    office.press(page.health, "全面检查")
    assert findings(page)["台账文件"] == "ok"


def test_the_recycle_bin_opens_the_deleted_records(page: SystemPage, office: Office, town: Workspace) -> None:
    town.records.delete(VISITS, town.records.ids(Query(VISITS))[0])
    page.refresh()
    row = [name for name, _, _ in page.bin.table.values].index(VISITS)
    assert page.bin.table.values[row][2] == 1
    page.bin.table.selectRow(row)
    with office.qtbot.waitSignal(page.go) as gone:
        page.bin.table.activated.emit(page.bin.table.model().index(row, 0))
    assert gone.args == [ListPlace(Query(VISITS, deleted=True), "探访记录 · 回收站")]


def test_larger_text_is_seen_at_once_and_kept(page: SystemPage, preferences: Preferences, qapp: QApplication) -> None:
    page.show_tab("显示")
    before = QFontMetrics(page.font()).height()
    page.display.choose(20)
    assert QFontMetrics(page.font()).height() > before
    assert preferences.get("text_size") == 20


def test_the_county_manages_devices_instead_of_a_recycle_bin(
    county: Workspace, office: Office, theme: Theme, preferences: Preferences, show: Callable[[QWidget], None]
) -> None:
    page = SystemPage(county, office.tasks, office.problems, theme, preferences)
    show(page)
    titles = [page.tabs.tabText(number) for number in range(page.tabs.count())]
    assert titles[0] == "设备登记"
    assert "回收站" not in titles


def test_weights_are_changed_and_taken_back(page: SystemPage, office: Office, town: Workspace) -> None:
    page.show_tab("风险评分权重")
    page.weights.lists.setCurrentIndex(page.weights.lists.findData("child_risk_factor"))
    place = ("child_risk_factor", "B01", "weight")
    page.weights.box(place).setValue(35)
    office.press(page.weights, "保存")
    assert town.code_settings.attributes() == {place: 35}
    assert "当时的得分" in page.weights.said.text()
    office.press(page.weights, "恢复原来的分值")
    assert town.code_settings.attributes() == {}
    assert page.weights.box(place).value() == 20


def test_limits_that_do_not_rise_are_told_under_the_table(page: SystemPage, office: Office, town: Workspace) -> None:
    page.show_tab("风险评分权重")
    page.weights.lists.setCurrentIndex(page.weights.lists.findData("risk_level"))
    page.weights.box(("risk_level", "2", "child_score")).setValue(80)
    office.press(page.weights, "保存")
    assert "逐级升高" in page.weights.said.text()
    assert town.code_settings.attributes() == {}
