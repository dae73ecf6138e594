from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dialog_office import WORDS, Office, button, type_digits
from PySide6.QtWidgets import QLineEdit, QWidget

from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.services.workspace import Workspace, create_county
from anyue_desktop.ui.county.approval_dialog import ApprovalDialog
from anyue_desktop.ui.county.devices_panel import DevicesPanel
from anyue_desktop.ui.reporting.digit_groups import DigitEntry
from anyue_desktop.ui.reporting.enrolment_dialog import EnrolmentDialog

SITE = "t512021101a"
Approving = tuple[Workspace, ApprovalDialog]


@pytest.fixture
def asking(fresh: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path) -> EnrolmentDialog:
    """The township's dialog, with the request on the stick and the digits on the screen."""
    dialog = EnrolmentDialog(fresh.enrolment, office.tasks)
    show(dialog)
    dialog.request_step.place.choose(stick)
    office.press(dialog, "写出申请")
    return dialog


@pytest.fixture
def approving(office: Office, show: Callable[[QWidget], None], tmp_path: Path) -> Iterator[Approving]:
    """A county that has enrolled nobody, with its dialog."""
    county = create_county(tmp_path / "新县局", "李强", WORDS, cost=FLOOR)
    dialog = ApprovalDialog(county.county_enrolment, office.tasks)
    show(dialog)
    yield county, dialog
    county.close()


def approve(dialog: ApprovalDialog, office: Office, stick: Path, digits: str) -> None:
    dialog.file_step.add_file(stick / f"enrol-{SITE}.tpkg")
    office.press(dialog, "下一步")
    dialog.call_step.place.choose(stick)
    type_digits(dialog.call_step.heard, " ".join(digits.split()[:3]))
    dialog.call_step.agreed.setChecked(True)
    office.press(dialog, "批准并签名")


def accept(dialog: EnrolmentDialog, office: Office, stick: Path, digits: str) -> None:
    office.press(dialog, "核对一致")
    dialog.trust_step.add_file(stick / "trust-000002.tpkg")
    type_digits(dialog.trust_step.digits, digits)
    office.press(dialog, "接收")


def test_a_township_is_enrolled_by_telephone_and_card(
    asking: EnrolmentDialog, approving: Approving, office: Office, stick: Path, fresh: Workspace
) -> None:
    county, approval = approving
    approve(approval, office, stick, asking.telephone_step.digits.text())
    assert (stick / "allowed_signers").exists()
    card = county.county_enrolment.root_fingerprint().split()[-2:]
    accept(asking, office, stick, " ".join(card))
    assert asking.step is asking.enrolled_step
    assert "可以上报" in asking.enrolled_step.notice.text
    assert fresh.enrolment.state() == "enrolled"


def test_digits_heard_wrong_are_not_approved(
    asking: EnrolmentDialog, approving: Approving, office: Office, stick: Path
) -> None:
    county, approval = approving
    heard = asking.telephone_step.digits.text()
    wrong = ("1" if heard[0] != "1" else "2") + heard[1:]
    approve(approval, office, stick, wrong)
    assert "电话里听到的数字与登记申请不符" in office.told()
    assert county.county_enrolment.sites() == []
    assert approval.step is approval.call_step


def test_the_county_cannot_approve_before_both_sides_agreed(
    asking: EnrolmentDialog, approving: Approving, office: Office, stick: Path
) -> None:
    approval = approving[1]
    approval.file_step.add_file(stick / f"enrol-{SITE}.tpkg")
    office.press(approval, "下一步")
    approval.call_step.place.choose(stick)
    type_digits(approval.call_step.heard, " ".join(asking.telephone_step.digits.text().split()[:3]))
    assert not button(approval, "批准并签名").isEnabled()
    approval.call_step.agreed.setChecked(True)
    assert button(approval, "批准并签名").isEnabled()


def test_a_trust_list_is_not_believed_without_the_digits_of_the_card(
    asking: EnrolmentDialog, approving: Approving, office: Office, stick: Path, fresh: Workspace
) -> None:
    approve(approving[1], office, stick, asking.telephone_step.digits.text())
    accept(asking, office, stick, "00000 00000")
    assert "信任卡" in office.told()
    assert fresh.enrolment.state() == "requested"


def test_a_revoked_laptop_leaves_the_list(
    county: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    panel = DevicesPanel(county.county_enrolment, CountyUnlocking(county.store), office.tasks)
    show(panel)
    assert [(row.site, row.state) for row in panel.table.values] == [(SITE, "可以上报")]
    dialog = panel.revoke()
    assert dialog is not None
    dialog.place.choose(stick)
    office.press(dialog, f"注销 {SITE}")
    assert [(row.site, row.state) for row in panel.table.values] == [(SITE, "已注销")]
    assert not button(panel, "注销").isEnabled()
    assert (stick / "trust-000003.tpkg").exists()


def test_a_former_key_is_revoked_alone_and_the_present_one_extended(
    county: Workspace, town: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    request = town.enrolment.request(stick, renew=True)
    county.county_enrolment.approve(request.path, stick, request.fingerprint)
    panel = DevicesPanel(county.county_enrolment, CountyUnlocking(county.store), office.tasks)
    show(panel)
    assert [row.state for row in panel.table.values] == ["可以上报", "以前的密钥"]
    panel.table.selectRow(1)
    dialog = panel.revoke()
    assert dialog is not None
    dialog.place.choose(stick)
    office.press(dialog, f"注销 {SITE} 以前的密钥")
    assert [row.state for row in panel.table.values] == ["可以上报", "已注销"]
    panel.table.selectRow(0)
    longer = panel.extend()
    assert longer is not None
    longer.place.choose(stick)
    office.press(longer, f"延长 {SITE}")
    assert "信任表第 5 版已写好" in panel.notice.text


def test_the_county_changes_its_root_in_two_steps_and_the_township_needs_no_card(
    county: Workspace, town: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    panel = DevicesPanel(county.county_enrolment, CountyUnlocking(county.store), office.tasks)
    show(panel)
    before = panel._digits.text()
    for words in ("公布新的根密钥", "换成新的根密钥"):
        dialog = panel.change_root()
        dialog.place.choose(stick)
        office.press(dialog, words)
    assert panel._digits.text() == county.county_enrolment.root_fingerprint() != before
    asking = EnrolmentDialog(town.enrolment, office.tasks)
    show(asking)
    office.press(asking, "已经核对过")
    assert not asking.trust_step.digits.isVisible()
    asking.trust_step.add_file(stick / "trust-000004.tpkg")
    office.press(asking, "接收")
    assert "登记完成" in asking.enrolled_step.notice.text


def test_the_county_asks_for_two_people_and_no_more(
    county: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    panel = DevicesPanel(county.county_enrolment, CountyUnlocking(county.store), office.tasks)
    show(panel)
    for words, asked in (("要求双人审核", True), ("不再要求", False)):
        dialog = panel.ask_for_two()
        dialog.place.choose(stick)
        office.press(dialog, words)
        assert county.county_enrolment.two_person() is asked
    assert (stick / "trust-000004.tpkg").exists()


def test_the_trust_list_is_written_again_for_another_stick(
    county: Workspace, office: Office, show: Callable[[QWidget], None], stick: Path
) -> None:
    panel = DevicesPanel(county.county_enrolment, CountyUnlocking(county.store), office.tasks)
    show(panel)
    dialog = panel.write_trust()
    dialog.place.choose(stick)
    office.press(dialog, "写出")
    assert (stick / "trust-000002.tpkg").exists()
    assert "第 2 版" in panel.notice.text


def test_digits_pasted_at_once_spread_over_the_groups(office: Office, show: Callable[[QWidget], None]) -> None:
    entry = DigitEntry(3, "数字")
    show(entry)
    first = entry.findChildren(QLineEdit)[0]
    first.setText("１２３４５ 67890 24680")
    first.textEdited.emit(first.text())
    assert entry.text() == "12345 67890 24680"
    assert entry.complete()
