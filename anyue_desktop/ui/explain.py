"""F1: what a field means, where it comes from and what may be written."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWhatsThis

from anyue_desktop.core.codes import CodeList
from anyue_desktop.core.field import Field, Need
from anyue_desktop.ui.editors.line import LineEditor
from anyue_desktop.ui.field_row import FieldRow

NEEDS = {
    Need.DRAFT: "必填：不填不能保存。",
    Need.REPORT: "上报时要填：不填也能保存和上报，记为“信息不全”。",
    Need.CONDITIONAL: "视情况填写：程序会提示什么时候要填。",
    Need.OPTIONAL: "选填。",
    Need.AUTO: "程序自动填写。",
}
LISTED = 14


def explain(row: FieldRow) -> None:
    """Shows the explanation of a field beside it."""
    place = row.editor.mapToGlobal(QPoint(0, row.editor.height()))
    QWhatsThis.showText(place, explanation(row.editor.field, row), row)


def explanation(field: Field, row: FieldRow | None = None) -> str:
    """Returns the explanation of a field as rich text."""
    parts = [f"<b>{escape(field.label)}</b>", NEEDS[field.need]]
    if field.help:
        parts.append(escape(field.help))
    if row is not None and isinstance(row.editor, LineEditor) and row.editor.example:
        parts.append(f"写法：{escape(row.editor.example)}")
    known = getattr(field.type, "list", None)
    if isinstance(known, CodeList):
        parts.append(_choices(known))
    if field.headers:
        parts.append(f"导入表格时也认这些表头：{escape('、'.join(field.headers[:6]))}")
    return "<br>".join(parts)


def _choices(known: CodeList) -> str:
    lines = [f"{item.code} {item.name}" for item in known.offered[:LISTED]]
    more = "……" if len(known.offered) > LISTED else ""
    source = f"<br>依据：{escape(known.source)}" if known.source else ""
    return f"可选：{escape('　'.join(lines))}{more}{source}"
