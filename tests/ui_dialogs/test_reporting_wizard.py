from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dialog_office import MONTH, SIGNERS, Office, button, seal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace, open_workspace
from anyue_desktop.ui.month_choice import package_words
from anyue_desktop.ui.places import RecordPlace
from anyue_desktop.ui.printing.document_dialog import DocumentDialog
from anyue_desktop.ui.reporting.reason_dialog import ReasonDialog
from anyue_desktop.ui.reporting.report_wizard import ReportWizard
from anyue_desktop.ui.reporting.reporting_page import ReportingPage

NOTE = "本月没有评估和待遇变动"


@pytest.fixture
def page(town: Workspace, office: Office, show: Callable[[QWidget], None]) -> ReportingPage:
    made = ReportingPage(town, office.tasks, office.problems, MONTH)
    show(made)
    return made


@pytest.fixture
def wizard(page: ReportingPage, office: Office) -> ReportWizard:
    made = page.start()
    office.wait()
    return made


def to_the_stick(wizard: ReportWizard, office: Office, stick: Path) -> None:
    office.press(wizard, "下一步")
    office.press(wizard, "下一步")
    for key in ("filler", "auditor", "leader", "phone"):
        wizard.statement_step.name(key, getattr(SIGNERS, key))
    wizard.statement_step.say_empty(NOTE)
    office.press(wizard, "下一步")
    wizard.place_step.place.choose(stick)


def packages(stick: Path) -> list[str]:
    return sorted(path.name for path in stick.glob("TPKG/*.tpkg"))


def die(town: Workspace) -> str:
    """Somebody dies and the file stays open: a 逻辑错误 of the file."""
    case = town.records.ids(Query("elder_case"))[0]
    person = town.records.get("elder_case", case)["person"]["id"]
    assert town.records.set("person", person, {"life_status": "2"}).saved
    return case


def test_an_unenrolled_laptop_cannot_report(fresh: Workspace, office: Office, show: Callable[[QWidget], None]) -> None:
    page = ReportingPage(fresh, office.tasks, office.problems, MONTH)
    show(page)
    assert not button(page, "开始报送").isEnabled()


def test_a_month_goes_from_check_to_stick(
    page: ReportingPage, wizard: ReportWizard, office: Office, stick: Path, town: Workspace
) -> None:
    to_the_stick(wizard, office, stick)
    assert "可以拔出" not in wizard.done_step.notice.text
    office.press(wizard, "签名并写入")
    assert "可以拔出 U 盘" in wizard.done_step.notice.text
    assert packages(stick) == ["t512021101a-000001.tpkg"]
    assert [one.state for one in page.packages.values] == ["sent"]
    report = town.records.get("report_package", town.records.ids(Query("report_package"))[0])
    assert (report["filler"], report["filler_phone"]) == ("王芳", "028-24512345")
    assert report["empty_note"] == NOTE


def test_a_stick_put_in_again_is_checked_once_more(wizard: ReportWizard, office: Office, stick: Path) -> None:
    to_the_stick(wizard, office, stick)
    office.press(wizard, "签名并写入")
    (copy,) = stick.glob("TPKG/*.tpkg")
    office.press(wizard, "拔出后重新插入复查")
    assert wizard.done_step.notice.text.startswith("复查无误：U 盘上的 1 个上报包")
    content = bytearray(copy.read_bytes())
    content[-30] ^= 1
    copy.write_bytes(content)
    office.press(wizard, "拔出后重新插入复查")
    assert "读回来的内容不一样" in wizard.done_step.notice.text
    copy.unlink()
    office.press(wizard, "拔出后重新插入复查")
    assert "U 盘上的文件读不出来" in wizard.done_step.notice.text


def test_names_and_note_of_the_last_report_stand_ready(
    town: Workspace, office: Office, stick: Path, page: ReportingPage
) -> None:
    seal(town, stick)
    wizard = page.start()
    office.wait()
    assert wizard.statement_step.signers() == SIGNERS
    assert wizard.statement_step.empty_note() == "没有评估"


def test_a_telephone_that_is_none_stops_before_the_county_would(wizard: ReportWizard, office: Office) -> None:
    office.press(wizard, "下一步")
    office.press(wizard, "下一步")
    for key in ("filler", "auditor", "leader"):
        wizard.statement_step.name(key, getattr(SIGNERS, key))
    wizard.statement_step.say_empty(NOTE)
    wizard.statement_step.name("phone", "0282")
    assert not button(wizard, "下一步").isEnabled()
    wizard.statement_step.name("phone", "028-24512345")
    assert button(wizard, "下一步").isEnabled()


def test_a_logic_error_opens_at_its_field_and_the_wizard_waits(
    town: Workspace, page: ReportingPage, office: Office
) -> None:
    case = die(town)
    wizard = page.start()
    office.wait()
    wizard.activateWindow()  # where checking took long the window of its progress was in front
    office.qtbot.waitUntil(wizard.isActiveWindow)
    with office.qtbot.waitSignal(page.go) as gone:
        office.qtbot.keyClick(wizard, Qt.Key.Key_F8)
    assert gone.args == [RecordPlace("elder_case", case, "exit_date", "本人已死亡，档案还没有退出")]
    assert not wizard.isVisible()
    assert button(page, "继续报送").isEnabled()
    assert page.start() is wizard
    office.wait()


def test_only_the_wrong_record_stays_behind(town: Workspace, page: ReportingPage, office: Office, stick: Path) -> None:
    die(town)
    wizard = page.start()
    office.wait()
    to_the_stick(wizard, office, stick)
    office.press(wizard, "签名并写入")
    assert [found.problem.code for found in wizard.done_step._left_out.values] == ["dead_but_open"]


def test_a_soft_problem_is_kept_with_a_reason(wizard: ReportWizard, office: Office, town: Workspace) -> None:
    before = town.checking.run(MONTH).warnings
    office.press(wizard, "写情况说明")
    dialog = next(one for one in wizard.findChildren(ReasonDialog) if one.isVisible())
    assert not button(dialog, "保存说明").isEnabled()
    office.press(dialog, "已向村干部核实")
    office.press(dialog, "保存说明")
    office.wait()
    report = town.checking.run(MONTH)
    assert report.warnings == before - 1
    assert "已向村干部核实，情况属实" in {found.reason for found in report.problems}


def test_after_a_failing_stick_the_same_package_is_written_again(
    page: ReportingPage, wizard: ReportWizard, office: Office, stick: Path, tmp_path: Path
) -> None:
    (stick / "TPKG").write_text("a file where the folder should be")
    to_the_stick(wizard, office, stick)
    office.press(wizard, "签名并写入")
    assert wizard.step is wizard.place_step
    other = tmp_path / "另一个U盘"
    other.mkdir()
    wizard.place_step.place.choose(other)
    office.press(wizard, "重新写入")
    assert "可以拔出" in wizard.done_step.notice.text
    assert packages(other) == ["t512021101a-000001.tpkg"]
    assert len(page.packages.values) == 1


def test_unanswered_packages_are_written_once_more(
    town: Workspace, page: ReportingPage, office: Office, stick: Path, tmp_path: Path
) -> None:
    seal(town, stick)
    lost = tmp_path / "新U盘"
    lost.mkdir()
    dialog = page.copy_again()
    dialog.place.choose(lost)
    office.press(dialog, "写入")
    assert packages(lost) == packages(stick)


def test_the_handover_slip_shows_and_leaves_nothing_behind(
    town: Workspace, page: ReportingPage, office: Office, stick: Path
) -> None:
    seal(town, stick)
    page.refresh()
    office.press(page, "打印交接单")
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, DocumentDialog))
    office.wait()
    made = dialog.pane.path
    assert made is not None
    assert made.exists()
    assert dialog.pane.pages == 1
    dialog.reject()
    assert not made.exists()


def test_the_wizard_names_the_month_in_words(wizard: ReportWizard) -> None:
    assert wizard.windowTitle() == "报送 2026年11月"


def test_the_last_package_is_named_with_its_month_in_words() -> None:
    assert package_words("2026-11 第1包") == "2026年11月 第1包"
    assert package_words("") == ""


def test_what_waits_for_a_second_person_is_listed_and_passed_by_a_colleague(
    town: Workspace, county: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    made = county.county_enrolment.set_two_person(stick, required=True)
    town.enrolment.accept(made.path, "")
    town.accounts.add("李明", "骏马-山羊-水牛-黄牛", ["entry", "reviewer"])
    page = ReportingPage(town, office.tasks, office.problems, MONTH)
    show(page)
    office.wait()
    everything = 38 * 2 + 36
    assert page._tabs.tabText(2) == f"待审核 {everything}"
    assert f"还有 {everything} 条没有审核" in page._state.text
    page._tabs.setCurrentWidget(page.review)
    assert {page.review.table.model().index(row, 5).data() for row in range(3)} == {"本人录入，请另一位审核"}
    office.press(page.review, "全部选中")
    office.press(page.review, "审核通过")
    assert "审核通过 0 条" in page.review.notice.text
    folder = town.folder
    town.close()
    colleague = open_workspace(folder, "李明", "骏马-山羊-水牛-黄牛")
    try:
        second = ReportingPage(colleague, office.tasks, office.problems, MONTH)
        show(second)
        office.wait()
        second._tabs.setCurrentWidget(second.review)
        office.press(second.review, "全部选中")
        office.press(second.review, "审核通过")
        assert (second.review.notice.text.startswith(f"审核通过 {everything} 条"), colleague.reviewing.count()) == (
            True,
            0,
        )
        assert second._tabs.tabText(2) == "待审核 0"
        office.wait()
    finally:
        colleague.close()


def test_the_list_of_reviews_shows_only_where_the_county_asks_for_them(page: ReportingPage) -> None:
    assert not page._tabs.isTabVisible(2)
