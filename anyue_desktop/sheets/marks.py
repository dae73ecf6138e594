"""What is to be said in an officer's own workbook when it goes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anyue_desktop.sheets.row_reader import ReadRow


@dataclass(frozen=True)
class Mark:
    """A sentence for one row, and the cell it is about; without a letter it is about the whole row."""

    row: int
    message: str
    letter: str = ""
    soft: bool = False  # worth a look, not wrong


def marks_of(read: ReadRow) -> list[Mark]:
    """Returns what reading a row found, as marks."""
    problems = [Mark(read.row.number, str(one), one.letter) for one in read.problems]
    return problems + [Mark(read.row.number, str(one), one.letter, soft=True) for one in read.notes]


def returned_name(source: Path) -> str:
    """Returns the file name under which a workbook goes back."""
    return f"{source.stem}-有误.xlsx"
