"""How a record that came back is listed."""

from __future__ import annotations

from anyue_desktop.ui.importing.value_table import ValueColumn

RETURNED = (
    ValueColumn("姓名", lambda row: row.caption, icon=lambda row: "returned"),
    ValueColumn("项目", lambda row: row.label or "（整条）"),
    ValueColumn("退回原因", lambda row: row.message, tone=lambda row: "error"),
)
