"""Drawing on the pages of one document, in millimetres from the upper left corner."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from anyue_desktop.core.sheet import Align
from anyue_desktop.ledgers.breaking import break_lines
from anyue_desktop.ledgers.fonts import FontChain, WidthTable

MM = 72 / 25.4  # points
HAIRLINE_MM = 0.15
RULE_MM = 0.3
LEADING = 1.28  # distance of lines in parts of the font size
MIDDLE = 0.36  # height of the middle of a character above its baseline, in parts of the font size
CREATOR = "安岳民政离线台账"
_TOTAL = "total_pages"
_KEPT_TEXTS = 50_000
_BELOW = 20  # points of room under a stamped baseline

rl_config.useA85 = 0  # streams stay binary: a quarter smaller, and quicker to write


class Ink:
    """One PDF being drawn, page after page; texts are turned into drawing orders once and then kept.

    Writing orders straight into the page is what keeps thousands of rows within seconds; the library's own table
    classes take ten times as long and grow faster than the number of rows.
    """

    def __init__(self, target: Path, size_mm: tuple[float, float], fonts: FontChain) -> None:
        self.width, self.height = size_mm
        self.fonts = fonts
        self.page = 1
        self.lost: dict[str, None] = {}  # characters no font draws, in the order met
        self._canvas: Any = Canvas(  # its type stubs know neither all its arguments nor its order list
            str(target),
            pagesize=(self.width * MM, self.height * MM),
            invariant=1,  # equal content makes equal bytes
            pageCompression=1,
            initialFontName=fonts.regular.fontName,  # type: ignore[arg-type]  # the stubs think it a size
        )
        self._canvas.setCreator(CREATOR)
        self._orders = functools.lru_cache(maxsize=_KEPT_TEXTS)(self._text_orders)
        self._lines = functools.lru_cache(maxsize=_KEPT_TEXTS)(self._broken)

    def describe(self, title: str, author: str, subject: str) -> None:
        """Sets what the document says about itself."""
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._canvas.setSubject(subject)

    def widths(self, *, bold: bool = False) -> WidthTable:
        """Returns the character widths in parts of the font size."""
        return self.fonts.bold_widths if bold else self.fonts.widths

    def text_width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Returns the width of a text in millimetres; `size` is in points."""
        return self.widths(bold=bold).of(self.fonts.shown(text)) * size / MM

    def break_text(self, text: str, width_mm: float, size: float, *, bold: bool = False) -> list[str]:
        """Breaks a text into lines no wider than `width_mm`."""
        return list(self._lines(text, width_mm, size, bold))

    def write(
        self, x: float, y: float, text: str, size: float, align: Align = Align.LEFT, *, bold: bool = False
    ) -> None:
        """Writes one line with its baseline at `y`; `x` is its left end, middle or right end."""
        if not text:
            return
        orders, width = self._orders(text, size, bold)
        if align is not Align.LEFT:
            x -= width / 2 if align is Align.CENTER else width
        self._add(f"BT 1 0 0 1 {x * MM:.2f} {(self.height - y) * MM:.2f} Tm {orders} ET")

    def write_lines(
        self, x: float, middle: float, lines: Sequence[str], size: float, align: Align, *, bold: bool = False
    ) -> None:
        """Writes lines centred vertically on `middle`."""
        step = line_height(size)
        baseline = middle + MIDDLE * size / MM - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.write(x, baseline + number * step, line, size, align, bold=bold)

    def rules(self, lines: Iterable[tuple[float, float, float, float]], width_mm: float = HAIRLINE_MM) -> None:
        """Draws straight lines given by their ends (x1, y1, x2, y2)."""
        top = self.height
        strokes = "".join(
            f"{x1 * MM:.2f} {(top - y1) * MM:.2f} m {x2 * MM:.2f} {(top - y2) * MM:.2f} l " for x1, y1, x2, y2 in lines
        )
        self._add(f"{width_mm * MM:.2f} w {strokes}S")

    def frame(self, x: float, y: float, width: float, height: float, line_mm: float = RULE_MM) -> None:
        """Draws the outline of a rectangle."""
        self._add(f"{line_mm * MM:.2f} w {self._rectangle(x, y, width, height)} S")

    def shade(self, x: float, y: float, width: float, height: float, gray: float) -> None:
        """Fills a rectangle with gray, 0 black to 1 white."""
        self._add(f"q {gray:.2f} g {self._rectangle(x, y, width, height)} f Q")

    def squares(self, corners: Iterable[tuple[float, float]], side: float) -> None:
        """Fills small black squares given by their upper left corners."""
        self._add(" ".join(self._rectangle(x, y, side, side) for x, y in corners) + " f")

    def total_pages(self, x: float, y: float) -> None:
        """Leaves at this place, baseline `y`, what `finish` will say about the number of pages."""
        self._add(f"q 1 0 0 1 {x * MM:.2f} {(self.height - y) * MM:.2f} cm")
        self._canvas.doForm(_TOTAL)
        self._add("Q")

    def define(self, name: str) -> _Stamp:
        """Opens a drawing that is made once and stamped on many pages."""
        return _Stamp(self._canvas, name)

    def stamp(self, name: str) -> None:
        """Puts a defined drawing on this page."""
        self._canvas.doForm(name)

    def next_page(self) -> None:
        """Ends this page and begins the next."""
        self._canvas.showPage()
        self.page += 1

    def finish(self, total_text: str, size: float) -> int:
        """Ends the last page, fills in the number of pages, closes the file and returns that number."""
        self._canvas.showPage()
        with self.define(_TOTAL):
            self.write(0, self.height, total_text, size)
        self._canvas.save()
        return self.page

    def _note_lost(self, text: str) -> None:
        self.lost.update(dict.fromkeys(self.fonts.undrawable(text)))

    def _broken(self, text: str, width_mm: float, size: float, bold: bool) -> list[str]:
        self._note_lost(text)
        shown = "\n".join(map(self.fonts.shown, text.splitlines()))
        return break_lines(shown, width_mm * MM / size, self.widths(bold=bold))

    def _text_orders(self, text: str, size: float, bold: bool) -> tuple[str, float]:
        self._note_lost(text)
        shown = self.fonts.shown(text)
        document = self._canvas._doc
        orders = [
            f"{font.getSubsetInternalName(subset, document)} {size:g} Tf ({self._canvas._escape(codes)}) Tj"
            for font, stretch in self.fonts.runs(shown, bold=bold)
            for subset, codes in font.splitString(stretch, document)
        ]
        return " ".join(orders), self.widths(bold=bold).of(shown) * size / MM

    def _rectangle(self, x: float, y: float, width: float, height: float) -> str:
        return f"{x * MM:.2f} {(self.height - y - height) * MM:.2f} {width * MM:.2f} {height * MM:.2f} re"

    def _add(self, order: str) -> None:
        self._canvas._code.append(order)


class _Stamp:
    """While open, everything drawn goes into a named drawing instead of the page."""

    def __init__(self, canvas: Any, name: str) -> None:
        self._canvas = canvas
        self._name = name

    def __enter__(self) -> None:
        self._canvas.beginForm(self._name, 0, -_BELOW, *self._canvas._pagesize)

    def __exit__(self, *failure: object) -> None:
        self._canvas.endForm()


def line_height(size: float) -> float:
    """Returns the distance of two lines in millimetres."""
    return size * LEADING / MM
