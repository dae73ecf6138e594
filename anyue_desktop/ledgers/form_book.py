"""Forms of one kind printed in one go, a record a page; as a workbook a record is a row under the form's labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from anyue_desktop.core.files import whole_file
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Align, Column, Heading, Sheet, fingerprint
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.fonts import FontChain, font_chain
from anyue_desktop.ledgers.form import Entry, FormRow, Label, Ticks, draw_form
from anyue_desktop.ledgers.frame import PORTRAIT, Frame, FrameText
from anyue_desktop.ledgers.ink import Ink
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.qr_stamp import qr_text

NARROW_MM, WIDE_MM = 26.0, 45.0
PAGE_MM = 250.0


@dataclass(frozen=True)
class FormBook:
    """The pages of one ledger."""

    ledger: str  # its number in the catalogue, L2
    heading: Heading
    pages: tuple[tuple[FormRow, ...], ...]


def print_forms(
    book: FormBook, target: Path, fonts: FontChain | None = None, progress: Progress | None = None
) -> Printed:
    """Writes forms as a PDF document to `target`, one page each; one step of progress a form.

    Raises:
        ValueError: there is nothing to print.
        UserError: the file cannot be written or a font is damaged.
        Cancelled: the person stopped it; nothing is left behind.
    """
    if not book.pages:
        raise ValueError("no form to print")
    digest, title = fingerprint(book), LEDGERS[book.ledger]
    with whole_file(target) as part:
        ink = Ink(part, PORTRAIT, fonts or font_chain())
        ink.describe(title, book.heading.unit, book.heading.print_number)
        code = qr_text(book.ledger, book.heading.print_number, digest)
        frame = Frame(ink, FrameText(title, book.heading, measure="", signing=(), digest=digest, qr=code))
        for number, rows in enumerate((progress or Progress()).each(book.pages, f"打印{title}", len(book.pages))):
            if number:
                ink.next_page()
            draw_form(ink, frame, rows)
        pages = frame.close()
    return Printed(target, pages, digest, tuple(ink.lost))


def form_sheet(book: FormBook) -> Sheet:
    """Returns the forms as a table: the labels in the order of the form, a row each."""
    rows = [dict(_answers(page)) for page in book.pages]
    wide = {label for page in book.pages for label, _ in _answers(page) if _is_wide(label, rows)}
    columns = [Column(label, WIDE_MM if label in wide else NARROW_MM, Align.LEFT) for label in rows[0]]
    return Sheet(
        book.ledger,
        LEDGERS[book.ledger],
        book.heading,
        tuple(_turning(columns)),
        tuple(tuple(row[label] for label in rows[0]) for row in rows),
        measure="条",
    )


def _answers(page: Sequence[FormRow]) -> Iterator[tuple[str, str]]:
    """Pairs each label of a page with what stands beside it."""
    for row in page:
        for part, beside in pairwise(row.parts):
            if isinstance(part, Label) and isinstance(beside, Entry):
                yield part.text, beside.text
            elif isinstance(part, Label) and isinstance(beside, Ticks):
                yield part.text, "、".join(option.name for option in beside.options if option.ticked)
                if beside.remark_label:
                    yield part.text + beside.remark_label, beside.remark


def _is_wide(label: str, rows: Sequence[dict[str, str]]) -> bool:
    return any(len(row[label]) > NARROW_MM / 2 for row in rows)


def _turning(columns: Sequence[Column]) -> Iterator[Column]:
    """Lets a further page begin where one is full."""
    first, *others = columns
    yield first
    filled = first.width_mm
    for column in others:
        turns = filled + column.width_mm > PAGE_MM
        filled = (first.width_mm if turns else filled) + column.width_mm
        yield Column(column.title, column.width_mm, column.align, turns=turns)
