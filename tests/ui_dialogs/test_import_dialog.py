from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from dialog_office import ROSTER, Office, answer, button, message
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QComboBox, QTableWidget, QTabWidget, QWidget

from anyue_desktop.services.columns import typed_columns
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.batches_dialog import BatchesDialog
from anyue_desktop.ui.importing.file_drop import FileDrop
from anyue_desktop.ui.importing.import_dialog import ImportDialog

CASES = "elder_case"
GOOD, BAD = 38, 3


@pytest.fixture
def dialog(fresh: Workspace, office: Office, show: Callable[[QWidget], None]) -> ImportDialog:
    register = fresh.records.register(CASES)
    made = ImportDialog(register, typed_columns(register), fresh.importing, fresh.exporting, office.tasks)
    show(made)
    return made


def read(dialog: ImportDialog, office: Office) -> None:
    dialog.files_step.add_files([ROSTER])
    office.press(dialog, "读取")


def imported(dialog: ImportDialog, office: Office) -> None:
    read(dialog, office)
    office.press(dialog, "预检")
    office.press(dialog, f"导入 {GOOD} 条")


def tab_texts(dialog: ImportDialog) -> list[str]:
    tabs = dialog.dry_run_step.findChild(QTabWidget)
    return [tabs.tabText(number) for number in range(tabs.count())]


def meaning(dialog: ImportDialog, header: str) -> QComboBox:
    return next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == f"“{header}”读作")


def test_there_is_no_way_on_before_a_file_is_chosen(dialog: ImportDialog) -> None:
    assert not button(dialog, "读取").isEnabled()


def test_copied_cells_go_through_the_same_steps_as_a_file(dialog: ImportDialog, office: Office) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("今天天气不错")
    office.press(dialog, "粘贴复制的表格")
    assert not button(dialog, "读取").isEnabled()
    clipboard.setText("姓名\t身份证号\t村\r\n方秀兰\t512099194103051225\t土桥村\r\n")
    office.press(dialog, "粘贴复制的表格")
    office.press(dialog, "读取")
    assert meaning(dialog, "姓名").currentText() == "姓名"
    office.press(dialog, "预检")
    assert "新增 1" in "".join(tab_texts(dialog))


def test_dropped_files_are_taken_once(dialog: ImportDialog) -> None:
    drop = dialog.findChild(FileDrop)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ROSTER)), QUrl.fromLocalFile(str(ROSTER))])
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    drop.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    assert dialog.files_step.files() == [ROSTER]


def test_columns_show_what_was_understood_with_samples(dialog: ImportDialog, office: Office) -> None:
    read(dialog, office)
    table = dialog.columns_step.findChild(QTableWidget)
    samples = {table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())}
    assert "高滩村" in samples["村名"]
    assert meaning(dialog, "老人类别").currentText() == "困难类别"
    assert meaning(dialog, "序号").currentText() == "（不导入）"


def test_the_dry_run_counts_and_writes_nothing(dialog: ImportDialog, office: Office, fresh: Workspace) -> None:
    read(dialog, office)
    office.press(dialog, "预检")
    assert tab_texts(dialog)[:5] == ["新增 38", "变更 0", "相同 0", "有误 3", "疑似重复 0"]
    assert fresh.records.total(CASES) == 0


def test_only_the_good_rows_are_imported(dialog: ImportDialog, office: Office, fresh: Workspace) -> None:
    imported(dialog, office)
    assert fresh.records.total(CASES) == GOOD
    rows = [(row.row, row.field) for row in dialog.result_step._table.values]
    assert rows == [(10, "身份证号"), (22, "身份证号"), (34, "姓名")]


def test_one_click_takes_the_import_back(dialog: ImportDialog, office: Office, fresh: Workspace) -> None:
    imported(dialog, office)
    office.press(dialog, "撤销本次导入")
    assert fresh.records.total(CASES) == 0
    assert not button(dialog, "撤销本次导入").isEnabled()


def test_a_column_is_read_as_the_officer_says(dialog: ImportDialog, office: Office, fresh: Workspace) -> None:
    read(dialog, office)
    box = meaning(dialog, "联系方式")
    box.setCurrentIndex(0)
    box.activated.emit(0)
    office.press(dialog, "预检")
    office.press(dialog, f"导入 {GOOD} 条")
    ids = fresh.records.ids(Query(CASES))
    assert {fresh.records.get(CASES, one)["person"]["phone"] for one in ids} == {None}


def test_a_default_fills_what_the_files_lack(dialog: ImportDialog, office: Office, fresh: Workspace) -> None:
    dialog.files_step.add_default("enrol_date", "2026-11-01")
    imported(dialog, office)
    ids = fresh.records.ids(Query(CASES))
    assert {str(fresh.records.get(CASES, one)["enrol_date"]) for one in ids} == {"2026-11-01"}


def test_the_officers_own_workbook_comes_back_marked(
    dialog: ImportDialog, office: Office, save_to: Callable[[Path], None], tmp_path: Path
) -> None:
    read(dialog, office)
    office.press(dialog, "预检")
    save_to(tmp_path / "标出错误.xlsx")
    office.press(dialog, "保存标注错误的原表")
    assert message().informativeText() == str(tmp_path / "标出错误.xlsx")
    message().close()
    sheet = openpyxl.load_workbook(tmp_path / "标出错误.xlsx")["花名册"]
    reasons = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "错误原因" in reasons


def test_a_file_that_is_no_workbook_is_told_and_the_dialog_stays(
    dialog: ImportDialog, office: Office, tmp_path: Path
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    dialog.files_step.add_files([tmp_path / "坏.xlsx"])
    office.press(dialog, "读取")
    assert "坏.xlsx" in office.told()
    assert dialog.step is dialog.files_step
    assert button(dialog, "读取").isEnabled()


def test_an_earlier_batch_is_undone_only_after_the_question(
    dialog: ImportDialog, office: Office, fresh: Workspace, show: Callable[[QWidget], None]
) -> None:
    imported(dialog, office)
    batches = BatchesDialog(fresh.importing, office.tasks)
    show(batches)
    office.press(batches, "撤销这一批")
    assert fresh.records.total(CASES) == GOOD
    answer(batches, "撤销这一批")
    office.wait()
    assert fresh.records.total(CASES) == 0
    assert not button(batches, "撤销这一批").isEnabled()
