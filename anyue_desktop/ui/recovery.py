"""After a start: what was being entered when the program ended."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox

from anyue_desktop.services.records import Records
from anyue_desktop.ui.main_window import MainWindow
from anyue_desktop.ui.places import DraftPlace, NamedPlace

LISTED = 5


def offer_recovery(records: Records, window: MainWindow) -> QMessageBox | None:
    """Asks whether to go on with unfinished entries; nothing when there are none."""
    drafts = records.drafts()
    if not drafts:
        return None
    lines = [f"{one.caption}　{one.saved_at[:16].replace('T', ' ')}" for one in drafts[:LISTED]]
    more = f"\n……共 {len(drafts)} 份" if len(drafts) > LISTED else ""
    box = QMessageBox(
        QMessageBox.Icon.Question, "恢复未完成的录入？", "有没有录完的内容，要接着录入吗？", parent=window
    )
    box.setInformativeText("\n".join(lines) + more)
    resume = box.addButton("接着录入", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("以后再说", QMessageBox.ButtonRole.RejectRole)
    first = drafts[0]
    place = DraftPlace(first.register, first.key) if len(drafts) == 1 else NamedPlace("drafts")
    resume.clicked.connect(lambda: window.open(place))
    box.finished.connect(box.deleteLater)
    box.open()
    return box
