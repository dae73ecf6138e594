"""The look all workbooks of the program share, as plain values."""

FONT = "宋体"
HEADER_COLOUR, REQUIRED_COLOUR, LINE_COLOUR = "DCE6F1", "FDE9D9", "8C8C8C"
BAD_COLOUR, NOTE_COLOUR = "FFC7CE", "FFEB9C"
A4 = 9
FOOTER = "第&P页 共&N页"
