"""Photographs in the form of a visit."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.pictures import digest_of
from anyue_desktop.core.types import PhotoRef
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.photos import store_content
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.editors.photos import PhotosEditor
from anyue_desktop.ui.photo_view import PhotoView
from anyue_desktop.ui.problems import ProblemDoor
from anyue_desktop.ui.progress_dialog import ProgressDialog
from anyue_desktop.ui.tasks import Tasks

VISIT = "elder_visit"


@pytest.fixture
def editor(workspace: Workspace, show: Callable[[QWidget], None]) -> PhotosEditor:
    field = REGISTERS[VISIT].field("photos")
    made = EditorFactory(workspace.records, workspace.context()).editor(VISIT, "photos", field)
    show(made)
    assert isinstance(made, PhotosEditor)
    return made


def file(folder: Path, name: str, shade: int) -> Path:
    target = io.BytesIO()
    Image.new("RGB", (320, 240), (shade, 90, 90)).save(target, "JPEG")
    path = folder / name
    path.write_bytes(target.getvalue())
    return path


def copy(*paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    QApplication.clipboard().setMimeData(data)


def small(editor: PhotosEditor) -> list[QPushButton]:
    return [one for one in editor.findChildren(QPushButton) if one.objectName() == "photo" and not one.isHidden()]


def test_copied_files_are_added_once_and_shown(editor: PhotosEditor, tmp_path: Path) -> None:
    copy(file(tmp_path, "一.jpg", 10), file(tmp_path, "二.jpg", 200))
    for _ in range(2):
        QTest.keyClick(editor.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [one.split()[2] for one in editor.value()] == ["一.jpg", "二.jpg"]
    assert [one.accessibleName() for one in small(editor)] == ["第1张照片 一.jpg", "第2张照片 二.jpg"]
    assert all(not one.icon().pixmap(96, 96).isNull() for one in small(editor))


def test_a_copied_picture_is_added(editor: PhotosEditor) -> None:
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(image)
    QTest.keyClick(editor.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(editor.value()) == 1


def test_what_cannot_be_added_is_said_and_the_others_stay(editor: PhotosEditor, tmp_path: Path) -> None:
    wrong = tmp_path / "说明.jpg"
    wrong.write_text("不是照片", encoding="utf-8")
    with pytest.raises(UserError, match=r"“说明\.jpg”不是照片"):
        editor._added(_kept(editor, file(tmp_path, "一.jpg", 10), wrong))
    assert len(editor.value()) == 1


def _kept(editor: PhotosEditor, *paths: Path) -> tuple[list[str], UserError | None]:
    kept: list[str] = []
    for path in paths:
        try:
            kept.append(editor._album.keep(path.read_bytes(), path.name))
        except UserError as error:
            return kept, error
    return kept, None


def test_backspace_takes_the_last_one_and_enter_goes_on(editor: PhotosEditor, tmp_path: Path) -> None:
    copy(file(tmp_path, "一.jpg", 10), file(tmp_path, "二.jpg", 200))
    QTest.keyClick(editor.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor.add_button, Qt.Key.Key_Backspace)
    assert [one.split()[2] for one in editor.value()] == ["一.jpg"]
    gone_on: list[bool] = []
    editor.forward.connect(lambda: gone_on.append(True))
    QTest.keyClick(editor.add_button, Qt.Key.Key_Return)
    assert gone_on == [True]


def test_a_photograph_is_looked_at_large_and_removed(editor: PhotosEditor, tmp_path: Path) -> None:
    copy(file(tmp_path, "一.jpg", 10))
    QTest.keyClick(editor.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    small(editor)[0].click()
    (view,) = editor.findChildren(PhotoView)
    assert view.picture.pixmap().width() > 300
    next(one for one in view.findChildren(QPushButton) if one.text().startswith("移除")).click()
    assert editor.value() is None


def test_C13_what_a_package_brought_instead_of_a_picture_does_not_keep_the_page_shut(
    editor: PhotosEditor, workspace: Workspace
) -> None:
    ref = PhotoRef(digest_of(b"\xff\xd8\xff no picture"), 14, "x.jpg")
    with workspace.store.work("接收") as work:
        store_content(work.session, ref.sha256, b"\xff\xd8\xff no picture")
    editor.set_value((str(ref),))
    small(editor)[0].click()
    (view,) = editor.findChildren(PhotoView)
    assert "打不开" in view.picture.text()


def test_no_other_record_can_be_shown_while_a_photograph_is_being_added(
    workspace: Workspace, show: Callable[[QWidget], None], tmp_path: Path, qtbot: QtBot
) -> None:
    tasks = Tasks(ProblemDoor())
    field = REGISTERS[VISIT].field("photos")
    made = EditorFactory(workspace.records, workspace.context(), tasks).editor(VISIT, "photos", field)
    show(made)
    assert isinstance(made, PhotosEditor)
    copy(file(tmp_path, "一.jpg", 10))
    QTest.keyClick(made.add_button, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(QApplication.activeModalWidget(), ProgressDialog)
    qtbot.waitUntil(lambda: not tasks.busy())
    assert QApplication.activeModalWidget() is None
    assert len(made.value()) == 1
    tasks.close()
