"""10,000 files written as a workbook. Beside it: XlsxWriter alone writing the same cells with the same settings."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from anyue_desktop.core import clock
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services import columns
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, files
from anyue_desktop.sheets.export import plain, write_export
from benchmarks.town import report, timed

COLUMNS = columns.sheet_columns(REGISTERS["elder_case"])


def main(rows: int = 10_000) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    people = files(PRACTICE_TOWNSHIP, clock.today(), rows, months=0)
    values = [{**{f"person.{key}": one.person[key] for key in one.person}, **one.case} for one in people]
    cells = [[plain(column, row.get(column.path)) for column in COLUMNS] for row in values]
    with tempfile.TemporaryDirectory() as name:
        with timed(seconds, "ours", time.process_time):
            write_export(Path(name) / "导出.xlsx", "特殊困难老年人档案", COLUMNS, values)
        for way, streaming in (("streaming", True), ("whole", False)):
            with timed(seconds, way, time.process_time):
                _alone(Path(name) / f"{way}.xlsx", cells, streaming=streaming)
    report(
        f"导出：{rows:,} 行 × {len(COLUMNS)} 列",
        [
            ("导出工作簿", f"{seconds['ours']:.2f} s"),
            ("XlsxWriter 写同样的格子（逐行落盘）", f"{seconds['streaming']:.2f} s"),
            ("XlsxWriter 写同样的格子（全在内存）", f"{seconds['whole']:.2f} s"),
            ("倍数（导出 ÷ 逐行落盘）", f"{seconds['ours'] / seconds['streaming']:.2f}"),
        ],
    )


def _alone(path: Path, rows: Sequence[Sequence[Any]], *, streaming: bool) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": streaming}) as book:
        sheet = book.add_worksheet()
        text = book.add_format({"border": 1, "num_format": "@", "text_wrap": True})
        day, number = book.add_format({"border": 1, "num_format": "yyyy-mm-dd"}), book.add_format({"border": 1})
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is None:
                    sheet.write_blank(at, place, None, text)
                elif isinstance(cell, str):
                    sheet.write_string(at, place, cell, text)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, place, datetime(cell.year, cell.month, cell.day), day)
                else:
                    sheet.write_number(at, place, cell, number)


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
