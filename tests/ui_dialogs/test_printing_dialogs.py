from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from dialog_office import MONTH, Office, button, message
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.printing.print_dialog import PrintDialog

ROSTER_LEDGER, FORM, SUMMARY = "L1", "L2", "L3"


@pytest.fixture
def dialog(town: Workspace, office: Office, show: Callable[[QWidget], None]) -> PrintDialog:
    made = PrintDialog(town.printing, MONTH, office.tasks, code=ROSTER_LEDGER)
    show(made)
    return made


def pdf(dialog: PrintDialog) -> Path:
    path = dialog.pane.path
    assert path is not None
    return path


def text(path: Path) -> str:
    with Preview(path) as preview:
        return "\n".join(preview.text(page) for page in range(preview.pages))


def box(dialog: QWidget, words: str) -> QCheckBox:
    return next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith(words))


def write_reason(dialog: QWidget, words: str) -> None:
    next(one for one in dialog.findChildren(QLineEdit) if one.accessibleName() == "不脱敏的理由").setText(words)


def full_number(town: Workspace) -> str:
    rows = town.records.rows("elder_case", town.records.ids(Query("elder_case")), masked=False)
    return rows[0]["person.id_number"]


def test_the_preview_shows_the_roster_masked(dialog: PrintDialog, office: Office, town: Workspace) -> None:
    office.press(dialog, "预览")
    assert dialog.pane.pages == 3
    assert full_number(town) not in text(pdf(dialog))


def test_nothing_is_unmasked_without_a_written_reason(dialog: PrintDialog, office: Office, town: Workspace) -> None:
    box(dialog, "显示完整").setChecked(True)
    assert not button(dialog, "预览").isEnabled()
    write_reason(dialog, "民政所存档")
    office.press(dialog, "预览")
    assert full_number(town) in text(pdf(dialog))
    assert "民政所存档" in text(pdf(dialog))


def test_pages_turn_by_key_and_stop_at_the_ends(dialog: PrintDialog, office: Office) -> None:
    office.press(dialog, "预览")
    for _ in range(5):
        office.qtbot.keyClick(dialog.pane, Qt.Key.Key_PageDown)
        office.wait()
    assert not button(dialog, "下一页").isEnabled()
    office.qtbot.keyClick(dialog.pane, Qt.Key.Key_PageUp)
    office.wait()
    assert button(dialog, "下一页").isEnabled()


def test_only_the_visit_form_is_offered_empty(dialog: PrintDialog, office: Office) -> None:
    assert not box(dialog, "打印空白表").isVisible()
    dialog.choose(FORM)
    box(dialog, "打印空白表").setChecked(True)
    office.press(dialog, "预览")
    assert dialog.pane.pages == 38


def test_one_village_is_printed_alone(dialog: PrintDialog, office: Office, town: Workspace) -> None:
    villages = next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == "村（社区）")
    other = next(one for one in town.records.villages() if one.name != "高滩村")
    villages.setCurrentIndex(villages.findData(other.code))
    office.press(dialog, "预览")
    assert "高滩村" not in text(pdf(dialog))
    dialog.choose(SUMMARY)
    assert not villages.isVisible()


def test_the_preview_is_gone_when_the_dialog_closes(dialog: PrintDialog, office: Office) -> None:
    office.press(dialog, "预览")
    made = pdf(dialog)
    assert made.exists()
    dialog.reject()
    assert not made.exists()


def test_a_document_is_saved_and_the_place_told(
    dialog: PrintDialog, office: Office, save_to: Callable[[Path], None], tmp_path: Path
) -> None:
    office.press(dialog, "预览")
    save_to(tmp_path / "花名册.pdf")
    office.press(dialog, "另存为 PDF")
    assert message().informativeText() == str(tmp_path / "花名册.pdf")
    message().close()
    assert text(tmp_path / "花名册.pdf") == text(pdf(dialog))


def test_the_same_ledger_is_saved_as_a_workbook(
    dialog: PrintDialog, office: Office, save_to: Callable[[Path], None], tmp_path: Path
) -> None:
    save_to(tmp_path / "花名册.xlsx")
    office.press(dialog, "另存为工作簿")
    message().close()
    sheet = openpyxl.load_workbook(tmp_path / "花名册.xlsx").active
    assert any(cell.value == "高滩村" for row in sheet.iter_rows() for cell in row)


def test_every_page_reaches_the_printer(dialog: PrintDialog, office: Office, tmp_path: Path) -> None:
    office.press(dialog, "预览")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    dialog.bar.print_to(printer)
    office.wait()
    with Preview(tmp_path / "纸.pdf") as paper:
        assert paper.pages == 3
        wide, high = paper.size_mm(0)
    assert wide > high


def test_a_month_without_visits_is_told(dialog: PrintDialog, office: Office) -> None:
    dialog.choose(FORM)
    months = next(one for one in dialog.findChildren(QComboBox) if one.accessibleName() == "月份")
    months.setCurrentIndex(months.findData("2026-08"))
    office.press(dialog, "预览")
    assert "2026-08 没有探访记录可打印" in office.told()
    assert button(dialog, "预览").isEnabled()


@pytest.mark.parametrize("name", ["导出.xlsx", "导出.csv"])
def test_an_export_is_masked_unless_a_reason_is_written(
    town: Workspace,
    office: Office,
    show: Callable[[QWidget], None],
    save_to: Callable[[Path], None],
    tmp_path: Path,
    name: str,
) -> None:
    dialog = ExportDialog([town.records.register("elder_case")], town.exporting, office.tasks)
    show(dialog)
    save_to(tmp_path / name)
    office.press(dialog, "导出")
    message().close()
    assert full_number(town) not in cells(tmp_path / name)
    box(dialog, "显示完整").setChecked(True)
    assert not button(dialog, "导出").isEnabled()
    write_reason(dialog, "核对低保名单")
    office.press(dialog, "导出")
    message().close()
    assert full_number(town) in cells(tmp_path / name)


def cells(path: Path) -> str:
    if path.suffix == ".csv":
        return path.read_text(encoding="utf-8-sig")
    sheet = openpyxl.load_workbook(path).active
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_the_preview_is_gone_when_the_window_is_locked_away(town: Workspace, office: Office) -> None:
    window = QWidget()
    dialog = PrintDialog(town.printing, MONTH, office.tasks, window, code=ROSTER_LEDGER)
    dialog.preview()
    office.wait()
    made = pdf(dialog)
    assert made.exists()
    window.deleteLater()
    office.qtbot.waitUntil(lambda: not made.exists())


def test_the_preview_opens_with_the_whole_page_in_sight(dialog: PrintDialog, office: Office) -> None:
    office.press(dialog, "预览")
    pane = dialog.pane
    room, paper = pane._scroll.viewport().size(), pane._paper.pixmap().size()
    assert paper.width() <= room.width()
    assert paper.height() <= room.height()
    office.press(dialog, "放大")
    assert pane._paper.pixmap().width() > paper.width()
