"""The office of the tests: the day, made-up people, and what a person does at the keyboard."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from anyue_desktop.core.resident_id import check_character
from anyue_desktop.services.workspace import Workspace

TODAY = date(2026, 11, 23)
LOGIN, PASSPHRASE = "王会计", "山羊-水牛-黄牛-骏马"
PEOPLE = ("张淑芳", "李国强", "王秀英", "赵桂兰", "刘德明", "陈玉珍", "杨光荣", "周素华", "吴建军", "徐春梅")
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def id_number(born: date, serial: int) -> str:
    first = f"512099{born:%Y%m%d}{serial:03d}"
    return first + check_character(first)


def elder(workspace: Workspace, name: str, number: int) -> dict[str, Any]:
    villages = [choice.code for choice in workspace.records.villages()]
    born = date(1940 + number, 3, 5)
    return {
        "person": {
            "name": name,
            "id_type": "111",
            "id_number": id_number(born, number + 1),
            "residence_division": villages[number % 3],
            "group_name": f"{number + 1}组",
            "phone": f"1380000{number:04d}",
            "life_status": "1",
        },
        "categories": ("01",) if number % 2 else ("04",),
        "risk_level": "123"[number % 3],
        "responsible_name": "李干部",
        "responsible_type": "01",
        "enrol_date": date(2025, 3, 1),
    }


def visit(case_id: str, day: date) -> dict[str, Any]:
    return {
        "case_id": case_id, "visit_date": day, "visit_method": "1", "visit_result": "1", "visitor_name": "李干部",
        "health": "2", "mental": "1", "safety_issues": ("00",), "hygiene": "1", "housing": "1", "needs": ("00",),
        "actions": ("00",), "follow_up": "0",
    }  # fmt: skip


def write(text: str) -> None:
    """Types a text where the cursor is: plain letters by key, Chinese as the input method gives it."""
    target = QApplication.focusWidget()
    assert target is not None
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def compose(text: str) -> None:
    """Leaves letters in the input method, not yet chosen."""
    target = QApplication.focusWidget()
    assert target is not None
    QApplication.sendEvent(target, QInputMethodEvent(text, []))


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Presses a key where the cursor is."""
    target = QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key, modifiers)


class Keyboard:
    """What a person does at the keyboard."""

    write = staticmethod(write)
    compose = staticmethod(compose)
    press = staticmethod(press)
