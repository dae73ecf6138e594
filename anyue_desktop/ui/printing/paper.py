"""Sends a document's pages to a printer, drawn at the printer's own sharpness."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.services.printing import Printing
from anyue_desktop.ui.printing.preview_pane import page_picture

DOTS_PER_INCH = 300


def prepare(printer: QPrinter, *, landscape: bool) -> None:
    """Sets A4, the way the sheet lies, and 300 dots an inch over the whole page."""
    printer.setResolution(DOTS_PER_INCH)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    lies = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(lies)
    printer.setFullPage(True)


def print_pages(printing: Printing, path: Path, printer: QPrinter, progress: Progress) -> int:
    """Prints the pages the printer was asked for; returns how many.

    Raises:
        UserError: the printer does not answer.
    """
    first = max(printer.fromPage(), 1)
    last = printer.toPage() or printing.page_count(path)
    first_page = page_picture(printing.preview_page(path, first - 1, DOTS_PER_INCH))
    prepare(printer, landscape=first_page.width() > first_page.height())
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有响应", "请检查打印机是否开机、缺纸或被占用，再试一次；也可以先另存为 PDF")
    try:
        for page in progress.each(range(first, last + 1), "打印", last - first + 1):
            if page > first:
                printer.newPage()
            picture = page_picture(printing.preview_page(path, page - 1, DOTS_PER_INCH)) if page > first else first_page
            sheet = printer.pageLayout().fullRectPixels(printer.resolution())
            painter.drawImage(QRect(0, 0, sheet.width(), sheet.height()), picture)
    finally:
        painter.end()
    return last - first + 1
