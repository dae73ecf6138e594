"""A ledger as a workbook: the same values as on paper, to be worked with in WPS or Excel."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from xlsxwriter.workbook import Workbook

from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Section, Sheet, Slot, head_cells
from anyue_desktop.sheets import look
from anyue_desktop.sheets.page import Page, open_workbook

MM_PER_CHARACTER = 1.9  # width of a digit in the workbook's font
ROW_POINTS = 25.5  # 9 mm: low rows leave no room to correct by hand
GAP, WIDE_SPACE = "    ", "　"


def write_sheet(path: Path, sheet: Sheet, progress: Progress | None = None) -> None:
    """Writes a ledger with its title, unit, totals and signing line as .xlsx.

    Tables of the same columns stand on one worksheet, others on one of their own.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the person asked to stop; no file is left.
    """
    progress = progress or Progress()
    progress.stage(f"写出{sheet.title}", sum(len(section.rows) for section in sheet.sections))
    alike = [list(found) for _, found in groupby(sheet.sections, key=lambda section: section.columns)]
    with whole_file(path) as part, open_workbook(part, row_by_row=False) as book:
        for sections in alike:
            name = sections[0].caption.rpartition(WIDE_SPACE)[2] if len(alike) > 1 else sheet.title
            _write(book, sheet, sections, name, progress)


def _write(book: Workbook, sheet: Sheet, sections: list[Section], name: str, progress: Progress) -> None:
    heading, columns = sheet.heading, sections[0].columns
    footer = f"{heading.print_number}{GAP}{look.FOOTER}"
    widths = [column.width_mm / MM_PER_CHARACTER for column in columns]
    page = Page(book, name, widths, portrait=sheet.portrait, footer=footer, least_height=ROW_POINTS)
    page.turn_at([place for place, column in enumerate(columns) if column.turns])
    unit = (Slot("填报单位（盖章）", heading.unit), Slot("统计时间", heading.period), Slot("单位", sheet.measure))
    facts = [_line(sheet.facts)] if sheet.facts else []
    page.heading([sheet.title, f"{_line(unit)}{GAP}{heading.notice}", *facts])
    page.header_cells(head_cells(columns))
    for section in sections:
        _write_rows(page, section, progress)
    page.lines([*sheet.notes, _line(sheet.signing or heading.signing)])
    page.finish()


def _write_rows(page: Page, section: Section, progress: Progress) -> None:
    if section.caption:
        page.caption(section.caption, new_page=section.new_page)
    for row in section.rows:
        page.row(row)
        progress.step()
    if section.totals:
        page.row(section.totals)


def _line(slots: tuple[Slot, ...]) -> str:
    return GAP.join(f"{slot.label}：{slot.value or GAP}" for slot in slots)
