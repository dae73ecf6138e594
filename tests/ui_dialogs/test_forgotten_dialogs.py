"""忘记密码 in the window: both halves, by stick and telephone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dialog_office import WORDS, Office, button, type_digits
from PySide6.QtWidgets import QWidget

from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.services.workspace import Workspace, open_workspace
from anyue_desktop.ui.county.unlock_answer_dialog import UnlockAnswerDialog
from anyue_desktop.ui.entrance.county_forgotten_dialog import CountyForgottenDialog
from anyue_desktop.ui.entrance.forgotten_dialog import ForgottenDialog
from anyue_desktop.ui.entrance.unlock_dialog import UnlockDialog
from anyue_desktop.ui.news import tell_news

FRESH = "春天-云朵-流星-蓝天"
SITE = "t512021101a"
Show = Callable[[QWidget], None]


@pytest.fixture
def locked(town: Workspace, office: Office, show: Show) -> UnlockDialog:
    """A township at its lock screen."""
    town.close()
    dialog = UnlockDialog(town.folder, office.tasks)
    show(dialog)
    return dialog


def ask(dialog: ForgottenDialog, office: Office, stick: Path) -> str:
    dialog.ask_step.place.choose(stick)
    office.press(dialog, "写出申请")
    return dialog.read_out_step.digits.text()


def answer(dialog: UnlockAnswerDialog, office: Office, stick: Path, key: Path, digits: str) -> None:
    dialog.files_step.request.add([stick / f"unlock-request-{SITE}.json"])
    dialog.files_step.key.add([key])
    office.press(dialog, "下一步")
    type_digits(dialog.call_step.heard, " ".join(digits.split()[:3]))
    dialog.call_step.agreed.setChecked(True)
    dialog.call_step.place.choose(stick)
    office.press(dialog, "写出答复")


def test_a_forgotten_passphrase_is_set_anew_with_the_countys_answer(
    locked: UnlockDialog, county: Workspace, office: Office, show: Show, stick: Path
) -> None:
    asking = locked.forget()
    digits = ask(asking, office, stick)
    assert len(digits.split()) == 6
    answering = UnlockAnswerDialog(CountyUnlocking(county.store), office.tasks)
    show(answering)
    answer(answering, office, stick, county.folder / "离线保管" / "恢复密钥.agekey", digits)
    code = answering.code_step.code.text()
    assert len(code.split()) == 5
    office.press(asking, "县局已经答复")
    step = asking.answer_step
    assert not button(asking, "重新设密码").isEnabled()
    step.drop.add([stick / f"unlock-response-{SITE}.age"])
    type_digits(step.code, code)
    step.new.type(FRESH)
    office.press(asking, "重新设密码")
    assert "请用新密码登录" in locked.said()
    assert "重新申请设备登记" in locked.said()
    folder = locked._folder
    with pytest.raises(Exception, match="密码不对"):
        open_workspace(folder, "王芳", WORDS)
    open_workspace(folder, "王芳", FRESH).close()


def test_a_wrong_code_is_told_in_the_dialog_and_can_be_mended(
    locked: UnlockDialog, county: Workspace, office: Office, show: Show, stick: Path
) -> None:
    asking = locked.forget()
    digits = ask(asking, office, stick)
    answering = UnlockAnswerDialog(CountyUnlocking(county.store), office.tasks)
    show(answering)
    answer(answering, office, stick, county.folder / "离线保管" / "恢复密钥.agekey", digits)
    office.press(asking, "县局已经答复")
    asking.answer_step.drop.add([stick / f"unlock-response-{SITE}.age"])
    type_digits(asking.answer_step.code, "12345" * 5)
    asking.answer_step.new.type(FRESH)
    office.press(asking, "重新设密码")
    assert "一次性数字不对" in asking.answer_step.notice.text
    assert asking.isVisible()


def test_somebody_elses_new_passphrase_is_told_once(qapp: object, office: Office, show: Show) -> None:
    parent = QWidget()
    show(parent)
    box = tell_news("“王芳”在 2026-11-23 10:00 忘记密码，经县局重新设了密码", parent)
    assert box is not None
    assert "王芳" in box.text()
    box.done(0)
    assert tell_news("", parent) is None


def test_a_county_comes_in_again_with_the_keys_from_the_safe(county: Workspace, office: Office, show: Show) -> None:
    folder, safe = county.folder, county.folder / "离线保管"
    county.close()
    locked = UnlockDialog(folder, office.tasks)
    show(locked)
    office.press(locked, "忘记密码")
    (dialog,) = locked.findChildren(CountyForgottenDialog)
    dialog.new.type(FRESH)
    assert not button(dialog, "重新设密码").isEnabled()
    dialog.drop.add([safe / "恢复密钥.agekey"])
    office.press(dialog, "重新设密码")
    assert "还需要封存的根密钥" in dialog.notice.text
    dialog.drop.add([safe / "根密钥.openssh"])
    office.press(dialog, "重新设密码")
    assert "“李强”的密码已重新设好" in locked.said()
    open_workspace(folder, "李强", FRESH).close()
