"""The look all workbooks of the program share."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

FONT = "宋体"
HEADER_COLOUR, REQUIRED_COLOUR, LINE_COLOUR = "DCE6F1", "FDE9D9", "8C8C8C"
BAD_COLOUR, NOTE_COLOUR = "FFC7CE", "FFEB9C"
A4 = 9
FOOTER = "第&P页 共&N页"

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
