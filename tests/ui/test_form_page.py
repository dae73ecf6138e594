from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace
from anyue_desktop.ui.editors.build import EditorFactory
from anyue_desktop.ui.form import EntryForm
from anyue_desktop.ui.form_page import FormPage

CASE, FIELD = "elder_case", "risk_level"
WORD = "风险等级与村上说的不一致"


def test_a_returned_record_opens_with_the_cursor_in_the_field_to_mend(
    workspace: Workspace, factory: EditorFactory, show: Callable[[QWidget], None], qtbot: QtBot
) -> None:
    window = QStackedWidget()
    window.resize(1000, 600)
    window.addWidget(QWidget())
    show(window)
    form = EntryForm(factory, workspace.records.register(CASE))
    form.open(workspace.records.ids(Query(CASE))[0])
    page = FormPage(form, WORD, FIELD)
    window.addWidget(page)
    window.setCurrentWidget(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.arrive()
    qtbot.waitUntil(lambda: form.sheet.current() == FIELD)
    assert not form.sheet.rows[FIELD].visibleRegion().isEmpty()
    assert any(WORD in label.text() for label in page.findChildren(QLabel) if label.isVisible())
