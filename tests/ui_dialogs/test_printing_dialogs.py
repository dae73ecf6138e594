from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from dialog_office import MONTH, Office, button, message
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QWidget

from anyue_desktop.core.errors import UserError
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.importing.export_dialog import ExportDialog
from anyue_desktop.ui.jobs import Jobs
from anyue_desktop.ui.month_choice import MonthChoice
from anyue_desktop.ui.places import JobPlace
from anyue_desktop.ui.printing.order_form import Chosen
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


def shown_choices(dialog: PrintDialog) -> set[str]:
    """Returns what can be chosen besides the ledger."""
    boxes = [one.accessibleName() for one in dialog.findChildren(QComboBox) if one.isVisible()]
    return {*boxes, *(one.text()[:6] for one in dialog.findChildren(QCheckBox) if one.isVisible())}


@pytest.mark.parametrize(
    ("ledger", "choices"),
    [
        ("L1", {"月份", "村（社区）", "显示完整的身"}),
        ("L3", {"月份"}),
        ("L5", {"月份", "村（社区）", "显示完整的姓"}),
        ("L6", {"月份", "村（社区）", "显示完整的姓", "打印空白表，"}),
        ("L16", {"月份"}),
    ],
)
def test_only_what_a_ledger_knows_can_be_chosen(dialog: PrintDialog, ledger: str, choices: set[str]) -> None:
    dialog.choose(ledger)
    assert shown_choices(dialog) == choices


def test_ledgers_stand_below_their_subjects_which_cannot_be_chosen(dialog: PrintDialog, town: Workspace) -> None:
    ledgers = dialog.findChild(QListWidget)
    items = [ledgers.item(row) for row in range(ledgers.count())]
    subjects = [one.text() for one in items if not one.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert subjects == ["特殊困难老年人", "留守（困境）儿童", "居家养老服务", "设施与安全", "待遇补贴", "上报"]
    titles = [one.text().strip() for one in items if one.flags() & Qt.ItemFlag.ItemIsSelectable]
    assert titles == [title for _, title in town.printing.ledgers()]
    assert "强制报告登记簿" not in titles


@pytest.mark.parametrize(
    ("register", "ledger"),
    [
        ("elder_case", "L1"), ("elder_visit", "L2"), ("child_case", "L5"), ("child_visit", "L6"),
        ("homecare_enrolment", "L8"), ("homecare_log", "L9"), ("facility", "L10"), ("facility_inspection", "L13"),
        ("facility_issue", "L13"), ("protect_staff", "L11"), ("person_benefit", "L14"),
    ],
)  # fmt: skip
def test_the_dialog_opens_at_the_ledger_of_the_list(
    town: Workspace, office: Office, show: Callable[[QWidget], None], register: str, ledger: str
) -> None:
    window = QWidget()
    show(window)
    Jobs(town, office.tasks, MonthChoice()).open(JobPlace("print", Query(register)), window)
    made = window.findChild(PrintDialog)
    assert made.findChild(QListWidget).currentItem().data(Qt.ItemDataRole.UserRole) == ledger


def test_a_ledger_can_be_asked_for_by_its_number(
    town: Workspace, office: Office, show: Callable[[QWidget], None]
) -> None:
    window = QWidget()
    show(window)
    Jobs(town, office.tasks, MonthChoice()).open(JobPlace("print", ledger="QD"), window)
    assert window.findChild(PrintDialog).findChild(QListWidget).currentItem().text().strip() == "老年人入户探访清单"


def test_a_report_is_printed_after_it_was_chosen(town: Workspace, office: Office) -> None:
    jobs = Jobs(town, office.tasks, MonthChoice())
    with pytest.raises(UserError, match="请先选一条记录再打印"):
        jobs.open(JobPlace("print", Query("child_report")), QWidget())


def test_a_chosen_person_can_be_printed_alone(town: Workspace, office: Office, show: Callable[[QWidget], None]) -> None:
    case = town.records.ids(Query("elder_case"))[0]
    name = town.records.caption("elder_case", case)
    made = PrintDialog(town.printing, MONTH, office.tasks, code=ROSTER_LEDGER, chosen=Chosen("elder_case", case))
    show(made)
    assert not box(made, "只打印选中").isChecked()
    box(made, "只打印选中").setChecked(True)
    office.press(made, "预览")
    assert name in "".join(text(pdf(made)).split())
    assert "合计 1人" in " ".join(text(pdf(made)).split())
    made.choose(FORM)
    box(made, "打印空白表").setChecked(True)
    office.press(made, "预览")
    assert made.pane.pages == 1
    assert name in "".join(text(pdf(made)).split())


def test_a_chosen_visit_is_printed_alone_but_says_nothing_of_blank_forms(
    town: Workspace, office: Office, show: Callable[[QWidget], None]
) -> None:
    visit = town.records.ids(Query("elder_visit"))[0]
    made = PrintDialog(town.printing, MONTH, office.tasks, code=FORM, chosen=Chosen("elder_visit", visit))
    show(made)
    office.press(made, "预览")
    assert made.pane.pages == 1
    box(made, "打印空白表").setChecked(True)
    assert not box(made, "只打印选中").isVisible()
    box(made, "填好姓名").setChecked(False)
    office.press(made, "预览")
    assert made.pane.pages == 1
    assert "龙台镇" not in text(pdf(made))


def test_a_report_asks_for_its_reason_first(town: Workspace, office: Office, show: Callable[[QWidget], None]) -> None:
    values = {"found_at": "2026-11-10 09:30", "reported_at": "2026-11-10 09:40", "report_types": ("02",)}
    report = town.records.save("child_report", {**values, "reported_to": ("1",), "detail": "放学后没有回家"}).id
    made = PrintDialog(town.printing, MONTH, office.tasks, code="L17", chosen=Chosen("child_report", report))
    show(made)
    assert made.findChild(QListWidget).count() == 2
    assert not button(made, "预览").isEnabled()
    assert not box(made, "显示完整").isEnabled()
    write_reason(made, "移交派出所")
    office.press(made, "预览")
    assert "放学后没有回家" in text(pdf(made))
    assert "移交派出所" in text(pdf(made))


def test_the_county_chooses_a_township_and_then_its_villages(
    county: Workspace, office: Office, show: Callable[[QWidget], None]
) -> None:
    made = PrintDialog(county.printing, MONTH, office.tasks, code=ROSTER_LEDGER)
    show(made)
    township, village = (
        next(one for one in made.findChildren(QComboBox) if one.accessibleName() == words)
        for words in ("乡镇（街道）", "村（社区）")
    )
    assert (township.count(), township.currentText()) == (47, "全县")
    assert not village.isEnabled()
    township.setCurrentIndex(township.findText("天马乡"))
    assert village.isEnabled()
    assert village.findText("土桥村") > 0
    office.press(made, "预览")
    assert "天马乡人民政府" in text(pdf(made))


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
