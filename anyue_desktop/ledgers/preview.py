"""Looking at a printed document without printing it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from anyue_desktop.core.errors import UserError

_ONE_AT_A_TIME = threading.Lock()  # the library may not be entered from two threads
_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """A page as pixels: four bytes each, red, green, blue and one unused, row after row from the top."""

    width: int
    height: int
    pixels: bytes


class Preview:
    """An open document; pages are numbered from 0."""

    def __init__(self, path: Path) -> None:
        """Opens a document.

        Raises:
            UserError: the file is missing or is no PDF document.
        """
        try:
            with _ONE_AT_A_TIME:
                self._document = pypdfium2.PdfDocument(path)
                self.pages = len(self._document)
        except (OSError, pypdfium2.PdfiumError) as error:
            raise UserError(f"无法打开打印文件“{path.name}”", "请重新生成后再预览") from error

    def __enter__(self) -> Preview:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        with _ONE_AT_A_TIME:
            self._document.close()

    def image(self, page: int, dpi: float = 96) -> PageImage:
        """Returns a page as pixels at `dpi` dots an inch."""
        with _ONE_AT_A_TIME:
            bitmap = self._document[page].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, prefer_bgrx=True)
            rows = bytes(bitmap.buffer)
            return PageImage(bitmap.width, bitmap.height, rows)

    def text(self, page: int) -> str:
        """Returns the text of a page."""
        with _ONE_AT_A_TIME:
            return str(self._document[page].get_textpage().get_text_bounded())

    def size_mm(self, page: int) -> tuple[float, float]:
        """Returns width and height of a page."""
        with _ONE_AT_A_TIME:
            width, height = self._document[page].get_size()
        return width * 25.4 / _POINTS_PER_INCH, height * 25.4 / _POINTS_PER_INCH
