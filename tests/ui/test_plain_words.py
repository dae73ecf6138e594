"""What came in a package or a workbook is shown letter by letter, however much it looks like HTML: threat C12."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from anyue_desktop.core.errors import UserError
from anyue_desktop.ui import plain_label
from anyue_desktop.ui.importing.confirm import ask_first
from anyue_desktop.ui.importing.value_table import ValueColumn, ValueModel
from anyue_desktop.ui.plain_label import PlainLabel, plain_tip
from anyue_desktop.ui.problems import ProblemDoor

PICTURE = '<img src="//198.51.100.7/share/a.png"><h1>=1+1</h1>'
RICH_ON_PURPOSE = {"key_card.py", "indicator_card.py", "plain_label.py"}


def test_C12_a_label_measures_html_as_the_letters_it_is(qtbot: QtBot) -> None:
    plain, rich = PlainLabel(PICTURE), QLabel(PICTURE)
    for one in (plain, rich):
        qtbot.addWidget(one)
    assert plain.sizeHint().width() > 2 * rich.sizeHint().width()


def test_C12_no_label_of_the_window_guesses_whether_it_was_given_html() -> None:
    folder = Path(plain_label.__file__).parent
    guessing = {
        path.name for path in folder.rglob("*.py") if re.search(r"(?<![\w.])QLabel\(", path.read_text(encoding="utf-8"))
    }
    assert guessing <= RICH_ON_PURPOSE


@pytest.mark.parametrize("text", [PICTURE, f"姓名“{PICTURE}”不像姓名"])
def test_C12_a_sentence_with_a_value_seen_is_shown_as_it_is(qtbot: QtBot, text: str) -> None:
    door, parent = ProblemDoor(), QWidget()
    qtbot.addWidget(parent)
    door.show(UserError(text, text), parent)
    question = ask_first(parent, text, text, "做", lambda: None)
    for box in (door.open_box, question):
        assert box is not None
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert box.text() == text


@pytest.mark.parametrize("text", ["<img src=http://x/y.png>王芳", "<b>王芳</b>\n第二行", "王芳 & 李强 < 三"])
def test_C12_a_tip_shows_html_as_the_letters_it_is(text: str) -> None:
    tip = plain_tip(text)
    document = QTextDocument()
    document.setHtml(tip) if tip.startswith("<") else document.setPlainText(tip)
    assert document.toPlainText() == text


def test_C12_a_cell_gives_its_tip_plain() -> None:
    name = "<b>王</b>芳"
    model = ValueModel([ValueColumn("姓名", lambda row: row)])
    model.put([name])
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert (tip, model.data(model.index(0, 0))) == (plain_tip(name), name)
    assert tip != name
