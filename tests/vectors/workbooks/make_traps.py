"""Makes one workbook for each trap of village workbooks (registers.md D.4); every person is made up.

Run: python tests/vectors/workbooks/make_traps.py [numbers]
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

HERE = Path(__file__).parent / "traps"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WHO = ("姓名", "身份证号", "村")

Rows = Sequence[Sequence[Any]]
Trap = Callable[[], None]


def number(serial: int, birth: str = "19450607") -> str:
    """Returns an ID number of the unassigned county 512099."""
    first = f"512099{birth}{serial:03d}"
    return first + "10X98765432"[sum(int(one) * weight for one, weight in zip(first, WEIGHTS, strict=True)) % 11]


def ending_with_x() -> str:
    """Returns the first number whose check character is X."""
    return next(found for serial in range(100, 200) if (found := number(serial)).endswith("X"))


def people(*rows: Sequence[Any], first: int = 1) -> list[list[Any]]:
    """Puts a name, an ID number and the village before each row."""
    names = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
    return [[f"测{names[at]}", number(first + 2 * at), "土桥村", *row] for at, row in enumerate(rows)]


def by_xlsxwriter(name: str, *sheets: tuple[str, Rows], hidden: tuple[int, ...] = ()) -> None:
    """Writes shared strings, as Excel and WPS do; a date as a serial with a format."""
    with xlsxwriter.Workbook(HERE / f"{name}.xlsx") as book:
        day, month = (book.add_format({"num_format": code}) for code in ("yyyy-mm-dd", 'yyyy"年"m"月"'))
        for title, rows in sheets:
            sheet = book.add_worksheet(title)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, place, cell, month if "月" in name else day)
                    elif isinstance(cell, str):
                        sheet.write_string(at, place, cell)
                    elif cell is not None:
                        sheet.write_number(at, place, cell)
            for at in hidden:
                sheet.set_row(at, None, None, {"hidden": True})


def by_openpyxl(name: str, rows: Rows, *, epoch: Any = None, merged: Sequence[str] = ()) -> Workbook:
    """Writes texts in the cells themselves."""
    book = Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    for span in merged:
        sheet.merge_cells(span)
    book.save(HERE / f"{name}.xlsx")
    return book


def by_libreoffice(name: str, rows: Rows, kind: str) -> None:
    """Has LibreOffice write the old binary form; the file is kept, for not every machine has LibreOffice."""
    by_openpyxl(name, rows)
    made = HERE / f"{name}.xlsx"
    subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", HERE, made], check=True)
    made.unlink()


def simple(name: str, heads: Sequence[str], rows: Rows) -> Trap:
    return lambda: by_xlsxwriter(name, ("花名册", [[*WHO, *heads], *rows]))


def swollen_header() -> None:
    rows = [
        ["2026年特殊困难老年人花名册"],
        ["填报单位（盖章）：天马乡土桥村"],
        ["序号", "基本情况", None, None, "探访责任", None],
        [None, "姓名", "身份证号", "村", "姓名", "电话"],
        [1, "测甲", number(1), "土桥村", "龚志明", "13800001111"],
        [2, "测乙", number(3), None, "龚志明", "13800001111"],
    ]
    by_openpyxl("18-双层表头合并单元格", rows, merged=("A1:F1", "B3:D3", "E3:F3", "D5:D6"))


def formula() -> None:
    book = by_openpyxl("23-公式和错误值", [[*WHO, "备注"], *people(["甲"], ["乙"], ["丙"])])
    sheet = book.worksheets[0]
    sheet["D3"], sheet["D4"] = "=1/0", "#REF!"
    sheet["D4"].data_type = "e"
    book.save(HERE / "23-公式和错误值.xlsx")


def on_two_sheets() -> None:
    rows = people([], [])
    by_xlsxwriter("22-同一人在两张表", ("1组", [WHO, *rows]), ("2组", [WHO, rows[0]]))


def hidden_rows() -> None:
    first, second = people([], [], []), people([], first=21)
    by_xlsxwriter("20-隐藏行和多张表", ("1组", [WHO, *first]), ("2组", [WHO, *second]), hidden=(2,))


def old_mac() -> None:
    rows = [[*WHO[:1], WHO[2], "出生日期", WHO[1]], ["测甲", "土桥村", date(1945, 6, 7), "无"]]
    by_openpyxl("08-苹果电脑1904", rows, epoch=CALENDAR_MAC_1904)


def many_rows() -> None:
    rows = [[f"测{chr(0x4E00 + at)}", number(1 + 2 * at), "土桥村"] for at in range(400)]
    rows[200][1] = rows[200][1][:-1] + ("1" if rows[200][1][-1] != "1" else "2")
    by_xlsxwriter("28-一行有误", ("花名册", [WHO, *rows]))


DATES = (
    "1945.6.7", "1945-6-7", "1945/6/7", "1945年6月7日", "1945年6月", "1945.06", 19450607, "194506", 16595,
    "农历正月初一", "1945年正月", "45.6.7",
)  # fmt: skip
DOTS = "·•‧∙⋅・･.．。"
RARE = ("测𬌗", "测𣲗", "测㛃", "测䶮", "测?", "测□", "测\ue000", "测(王奇)", "测王+奇")
VILLAGES = ("土桥", "土桥村", "土桥村委会", "天马乡土桥村3组", "土桥村三社", "从来没有的村")

TRAPS: dict[int, Trap] = {
    1: lambda: by_xlsxwriter("01-证号是数字", ("花名册", [WHO, ["测甲", float(number(1)), "土桥村"]])),
    2: lambda: by_xlsxwriter("02-证号是科学记数", ("花名册", [WHO, ["测甲", "5.12099E+17", "土桥村"]])),
    3: lambda: by_xlsxwriter("03-证号带空格全角", ("花名册", [WHO, *(
        [f"测{name}", form(number(1 + 2 * at)), "土桥村"] for at, (name, form) in enumerate([
            ("甲", lambda text: "'" + text), ("乙", lambda text: f" {text[:6]} {text[6:14]} {text[14:]}"),
            ("丙", lambda text: "\u00a0" + text + "\t"), ("丁", lambda text: text[:17] + "\n" + text[17:]),
            ("戊", lambda text: "".join(chr(ord(one) + 0xFEE0) for one in text)),
        ])
    )])),
    4: lambda: by_openpyxl("04-小写x", [WHO, ["测甲", ending_with_x().lower(), "土桥村"]]),
    5: simple("05-电话是数字", ["联系电话"], people([13800001111], [2824512345])),
    6: simple("06-各种日期", ["出生日期"], [[f"测{chr(0x4E00 + at)}", "无", "土桥村", day]
                                        for at, day in enumerate(DATES)]),
    7: simple("07-只显示年月", ["出生日期"], [["测甲", "无", "土桥村", date(1945, 6, 1)]]),
    8: old_mac,
    9: simple("09-两位年份", ["出生日期"], [*people(["45.6.7"]), ["测乙", "无", "土桥村", "45.6.7"]]),
    10: lambda: by_openpyxl("10-姓名有空格", [WHO, ["测　甲", number(1), "土桥村"], ["测 乙", number(3), "土桥村"]]),
    11: lambda: by_openpyxl("11-姓名带括号", [WHO, ["测甲（已故）", number(1), "土桥村"]]),
    12: lambda: by_openpyxl("12-间隔号", [WHO, *(
        [f"阿的{dot}木果", number(1 + 2 * at), "土桥村"] for at, dot in enumerate(DOTS))]),
    13: lambda: by_xlsxwriter("13-生僻字", ("花名册", [WHO, *(
        [name, number(1 + 2 * at), "土桥村"] for at, name in enumerate(RARE))])),
    14: lambda: by_openpyxl("14-异体字村名", [WHO, ["测甲", number(1), "回龙社区"]]),
    15: simple("15-性别写法", ["性别"], people(["2"], ["F"], ["女性"], ["女 "], [2], first=2)),
    16: simple("16-是否写法", ["是否党员"], people(["√"], ["是"], ["有"], ["Y"], [1], ["×"], [None])),
    17: simple("17-关系写法", ["紧急联系人", "与本人关系"],
               people(["测子", "长子"], ["测丑", "大儿子"], ["测寅", "老大"])),
    18: swollen_header,
    19: lambda: by_openpyxl("19-表尾", [
        ["序号", *WHO], [1, *people([])[0]], ["合计", "1人"], ["填表人：测癸", None, "审核人："], ["说明：每月报送"],
    ]),
    20: hidden_rows,
    21: lambda: by_openpyxl("21-村名写法", [WHO, *(
        [f"测{chr(0x4E00 + at)}", number(1 + 2 * at), village] for at, village in enumerate(VILLAGES))]),
    22: on_two_sheets,
    23: formula,
    24: simple("24-一格几项", ["困难类别"], people(["独居、失能"], ["独居,失能"], ["独居；失能"])),
    25: simple("25-一格两个电话", ["联系电话"], people(["13800001111/13900002222"], ["测子13800003333"])),
    26: lambda: by_openpyxl("26-证号写无", [WHO, ["测甲", "无", "土桥村"], ["测乙", "待补", "土桥村"],
                                          ["测丙", "同上", "土桥村"]]),
    27: simple("27-格内换行", ["备注"], [["测\r\n甲", number(1)[:6] + "\r\n" + number(1)[6:], "土桥村", "一\r\n二"]]),
    28: many_rows,
}  # fmt: skip


def old_forms() -> None:
    """The old binary form, really written by another program."""
    by_libreoffice("23-老格式", [[*WHO, "联系电话"], *people([13800001111])], "xls")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for one in map(int, sys.argv[1:] or map(str, TRAPS)):
        TRAPS[one]()
    if len(sys.argv) == 1:
        old_forms()
