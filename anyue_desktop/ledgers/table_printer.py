"""Printing a sheet: its table, page after page, inside the frame."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Section, Sheet, Slot, fingerprint
from anyue_desktop.ledgers.fonts import FontChain, font_chain
from anyue_desktop.ledgers.frame import GAP_MM, LANDSCAPE, LINE_SIZE, PORTRAIT, Frame, FrameText
from anyue_desktop.ledgers.ink import Ink, line_height
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.qr_stamp import qr_text
from anyue_desktop.ledgers.table import ROW_MM, LaidRow, Table

NOTE_SIZE = 8.5
FACT_MM = 7.0
FACT_COLUMNS = 2
CAPTION_SIZE = 11.0
CAPTION_MM = 8.0
CONTINUED = "（续）"


def print_sheet(
    sheet: Sheet, target: Path, fonts: FontChain | None = None, progress: Progress | None = None
) -> Printed:
    """Writes a sheet as a PDF document to `target`; one step of progress a row.

    Raises:
        UserError: the file cannot be written or a font is damaged.
        Cancelled: the person stopped it; nothing is left behind.
    """
    progress = progress or Progress()
    digest = fingerprint(sheet)
    with whole_file(target) as part:
        ink = Ink(part, PORTRAIT if sheet.portrait else LANDSCAPE, fonts or font_chain())
        ink.describe(sheet.title, sheet.heading.unit, sheet.heading.print_number)
        pages = _SheetPages(ink, sheet, digest).draw(progress)
    return Printed(target, pages, digest, tuple(ink.lost))


class _SheetPages:
    """The pages of one sheet being drawn."""

    def __init__(self, ink: Ink, sheet: Sheet, digest: str) -> None:
        self._ink = ink
        self._sheet = sheet
        self._frame = Frame(ink, frame_text(sheet, digest))
        self._y = 0.0

    def draw(self, progress: Progress) -> int:
        """Draws everything and ends the document; returns the number of pages."""
        sections = [band for section in self._sheet.sections for band in section.bands()]
        progress.stage("打印" + self._sheet.title, sum(len(section.rows) for section in sections))
        self._frame.draw()
        self._y = self._frame.top
        self._draw_facts()
        for number, section in enumerate(sections):
            table = Table(self._ink, section.columns, self._frame.left, self._frame.width, self._sheet.text_size)
            if number:
                self._make_room(section, table)
            self._draw_table(section, table, progress)
        self._draw_notes()
        return self._frame.close()

    def _make_room(self, section: Section, table: Table) -> None:
        """A further table begins on a page of its own, or below the one before if it need not be torn."""
        wanted = CAPTION_MM + table.head_height + ROW_MM * (len(section.rows) + 1)
        if section.new_page or self._y + GAP_MM + wanted > self._frame.bottom:
            self._turn_page()
        else:
            self._y += GAP_MM

    def _draw_table(self, section: Section, table: Table, progress: Progress) -> None:
        self._open_table(section.caption, table)
        waiting: list[LaidRow] = []
        height = 0.0
        for row in self._laid_rows(section, table, progress):
            if self._y + height + row.height > self._frame.bottom:
                table.draw_rows(waiting, self._y)
                self._turn_page()
                self._open_table(section.caption and section.caption + CONTINUED, table)
                waiting, height = [], 0.0
            waiting.append(row)
            height += row.height
        if waiting:
            self._y = table.draw_rows(waiting, self._y)

    def _laid_rows(self, section: Section, table: Table, progress: Progress) -> Iterator[LaidRow]:
        caption = CAPTION_MM if section.caption else 0.0
        room = self._frame.bottom - self._frame.top - table.head_height - caption
        for row in section.rows:
            yield from table.pieces(table.lay_out(row), room)
            progress.step()
        if section.totals:
            yield from table.pieces(table.lay_out(section.totals, bold=True), room)

    def _open_table(self, caption: str, table: Table) -> None:
        if caption:
            self._ink.write(self._frame.left, self._y + CAPTION_MM - GAP_MM, caption, CAPTION_SIZE, bold=True)
            self._y += CAPTION_MM
        table.draw_head(self._y)
        self._y += table.head_height

    def _turn_page(self) -> None:
        self._ink.next_page()
        self._frame.draw()
        self._y = self._frame.top

    def _draw_facts(self) -> None:
        """Draws what stands above the table in two columns."""
        width = self._frame.width / FACT_COLUMNS
        for number, fact in enumerate(self._sheet.facts):
            row, column = divmod(number, FACT_COLUMNS)
            self._ink.write(self._frame.left + column * width, self._y + (row + 0.6) * FACT_MM, _said(fact), LINE_SIZE)
        rows = -(-len(self._sheet.facts) // FACT_COLUMNS)
        self._y += rows * FACT_MM

    def _draw_notes(self) -> None:
        step = line_height(NOTE_SIZE)
        self._y += GAP_MM
        for note in self._sheet.notes:
            for line in self._ink.break_text(note, self._frame.width, NOTE_SIZE):
                if self._y + step > self._frame.bottom:
                    self._turn_page()
                self._y += step
                self._ink.write(self._frame.left, self._y, line, NOTE_SIZE)


def frame_text(sheet: Sheet, digest: str) -> FrameText:
    """Returns the words around a sheet."""
    heading = sheet.heading
    return FrameText(
        title=sheet.title,
        heading=heading,
        measure=sheet.measure,
        signing=sheet.signing or heading.signing,
        digest=digest,
        qr=sheet.qr or qr_text(sheet.ledger, heading.print_number, digest),
        personal=sheet.personal,
    )


def _said(fact: Slot) -> str:
    return f"{fact.label}：{fact.value}"
