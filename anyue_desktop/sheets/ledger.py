"""A ledger as a workbook: the same values as on paper, to be worked with in WPS or Excel."""

from __future__ import annotations

from pathlib import Path

from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Sheet, Slot
from anyue_desktop.sheets import look
from anyue_desktop.sheets.page import Page, open_workbook

MM_PER_CHARACTER = 1.9  # width of a digit in the workbook's font
GAP = "    "


def write_sheet(path: Path, sheet: Sheet, progress: Progress | None = None) -> None:
    """Writes a ledger with its title, unit, totals and signing line as .xlsx.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the person asked to stop; no file is left.
    """
    heading = sheet.heading
    with whole_file(path) as part, open_workbook(part, row_by_row=False) as book:
        footer = f"{heading.print_number}{GAP}{look.FOOTER}"
        widths = [column.width_mm / MM_PER_CHARACTER for column in sheet.columns]
        page = Page(book, sheet.title, widths, portrait=sheet.portrait, footer=footer)
        unit = (Slot("填报单位（盖章）", heading.unit), Slot("统计时间", heading.period), Slot("单位", sheet.measure))
        page.heading(
            [sheet.title, f"{_line(unit)}{GAP}{heading.notice}", *([_line(sheet.facts)] if sheet.facts else [])]
        )
        page.header([column.title for column in sheet.columns], [column.group for column in sheet.columns])
        for row in (progress or Progress()).each(sheet.rows, f"写出{sheet.title}", len(sheet.rows)):
            page.row(row)
        if sheet.totals:
            page.row(sheet.totals)
        page.lines([*sheet.notes, _line(sheet.signing or heading.signing)])
        page.finish()


def _line(slots: tuple[Slot, ...]) -> str:
    return GAP.join(f"{slot.label}：{slot.value or GAP}" for slot in slots)
