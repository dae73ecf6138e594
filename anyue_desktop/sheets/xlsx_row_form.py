"""The shape of a whole row in the text of an .xlsx sheet: one look takes all its cells apart."""

from __future__ import annotations

import re
from functools import lru_cache

from anyue_desktop.sheets.raw import letter

MOST_COLUMNS = 200  # rows wider than that are read cell by cell

# A cell of the row's own number, in its place or left out; what is given is everything from behind its place to the end
# of its content. Whatever else stands in a cell (a formula, rich text) makes the row another one.
_CELL = (
    r'(?:<c r="{letter}\1"([^>]*>(?:<v>[^<]*(?=</v>)|<is><t[^>]*>[^<]*(?=</t>))?)'
    r"(?:</v></c>|</t></is></c>|</c>|(?<=/>)))?"
)
INSIDE = re.compile(
    r'(?: s="(?P<style>[0-9]+)")?(?: t="(?P<kind>[a-zA-Z]+)")?\s*'
    r'(?:/>|>(?:(?:<v>|<is><t(?P<kept>| xml:space="preserve")>)(?P<written>[^<]*))?)'
)


@lru_cache(maxsize=16)
def row_form(width: int) -> re.Pattern[str]:
    """Returns the form of the rows that have their cells in the first `width` columns.

    Its groups are the number of the row and, for each column, the inside of the cell as `INSIDE` takes it apart; the
    inside of a cell that is left out is empty.
    """
    cells = "".join(_CELL.replace("{letter}", letter(column)) for column in range(1, width + 1))
    return re.compile(rf'<row r="([1-9][0-9]*)"[^>]*>{cells}</row>')
