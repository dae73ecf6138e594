"""The shared look as openpyxl's styles."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from anyue_desktop.sheets.look import FONT, LINE_COLOUR

_LINE = Side(style="thin", color=LINE_COLOUR)
BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP_LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
TITLE_FONT = Font(name=FONT, size=16, bold=True)
HEADER_FONT = Font(name=FONT, size=11, bold=True)
BODY_FONT = Font(name=FONT, size=11)


def fill(colour: str) -> PatternFill:
    """Returns a plain background."""
    return PatternFill("solid", start_color=colour, end_color=colour)
