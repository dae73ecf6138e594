"""How an outcome of reception looks: never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from anyue_desktop.services.receiving import Received
from anyue_desktop.ui.importing.value_table import ValueColumn
from anyue_desktop.ui.month_choice import month_words

KNOWN = {"E_REPLAY"}
ASKED = "E_DELETIONS"
WAITING = {ASKED, "E_GAP", "E_VERSION_NEWER", "E_SCHEMA_NEWER", "E_CRIT"}


def tone(row: Received) -> str:
    """Returns the tone of an outcome: taken in, known already, to wait for, refused."""
    if row.taken_in:
        return "warning" if row.returned or row.conflicts else "ok"
    if row.status in KNOWN:
        return "muted"
    return "warning" if row.status in WAITING else "error"


def picture(row: Received) -> str:
    """Returns the icon of an outcome."""
    return {"ok": "ok", "warning": "warning", "muted": "missing", "error": "error"}[tone(row)]


def words(row: Received) -> str:
    """Returns an outcome in a few words."""
    if not row.taken_in:
        return row.message
    if row.conflicts:
        return f"可以接收，{row.conflicts} 人与别的乡镇重复"
    return f"可以接收，退回 {row.returned} 条" if row.returned else "可以接收"


def taken_words(row: Received) -> str:
    """Returns what became of a package in a few words."""
    return words(row).replace("可以接收", "已接收")


def summary(rows: Sequence[Received], *, preview: bool) -> tuple[str, str, str]:
    """Returns tone, sentence and hint about all packages together."""
    good = [row for row in rows if row.taken_in]
    known = [row for row in rows if row.status in KNOWN]
    refused = len(rows) - len(good) - len(known)
    records = sum(row.new + row.changed + row.removed for row in good)
    verb = "可以接收" if preview else "已接收"
    sentence = f"{verb} {len(good)} 个上报包，{records} 条记录有变化"
    sentence += f"；{len(known)} 个以前收过" if known else ""
    sentence += f"；{refused} 个不能接收" if refused else ""
    if refused:
        return "error", f"{sentence}。", "不能接收的包选中一行看原因和下一步；其他的包照常接收。"
    hint = "现在还没有写入，核对后点“接收”。" if preview else "退回的记录会写进回执。"
    return "ok", f"{sentence}。", hint


def _count(value: int) -> str:
    return str(value) if value else ""


def columns(*, preview: bool) -> tuple[ValueColumn, ...]:
    """Returns how packages are listed, before or after they are taken in."""
    return (
        ValueColumn("结果", words if preview else taken_words, icon=picture, tone=tone),
        ValueColumn("单位", lambda row: row.unit or "（未知）"),
        ValueColumn("月份", lambda row: month_words(row.month) if row.month else ""),
        ValueColumn("第几包", lambda row: _count(row.sequence), number=True),
        ValueColumn("新增", lambda row: _count(row.new), number=True),
        ValueColumn("变更", lambda row: _count(row.changed), number=True),
        ValueColumn("删除", lambda row: _count(row.removed), number=True),
        ValueColumn("相同", lambda row: _count(row.same), number=True),
        ValueColumn("退回", lambda row: _count(row.returned), number=True),
        ValueColumn("重复", lambda row: _count(row.conflicts), number=True),
        ValueColumn("文件", lambda row: row.file.replace("\\", "/").rsplit("/", 1)[-1]),
    )
