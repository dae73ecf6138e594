"""Makes the ugly workbooks of this folder; every person is made up.

Run: python tests/vectors/workbooks/make.py
"""

from __future__ import annotations

import struct
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent

FANG = ("方秀兰", "512099194103051225")  # 女 1941-03-05
HE = ("何国富", "512099195001122314")  # 男 1950-01-12
LI = ("李素芬", "512099194811020040")  # 女 1948-11-02
WANG = ("王福安", "512099195202290154")  # 男 1952-02-29
HEADER = ["序号", "姓名", "身份证号码", "村", "组", "出生年月", "联系电话", "备注"]


def save(book: Workbook, name: str) -> None:
    book.save(HERE / name)


def two_row_header() -> None:
    """Two header rows, merged cells, a group line, a repeated header, totals, signatures, bad cells, hidden rows."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "花名册"
    page["A1"] = "2026年特殊困难老年人花名册"
    page.merge_cells("A1:K1")
    page["A2"], page["F2"] = "填报单位（盖章）：土桥村", "填报日期：2026年11月20日"
    for column, text in zip(
        "ABCDEK", ["序号", "姓 名", "身份证\n号码", "组别", "出生年月", "备注（其他）"], strict=True
    ):
        page[f"{column}3"] = text
        page.merge_cells(f"{column}3:{column}4")
    page["F3"], page["H3"], page["J3"] = "紧急联系人", "监护人", "困难情况"
    page.merge_cells("F3:G3")
    page.merge_cells("H3:I3")
    page["F4"], page["G4"], page["H4"], page["I4"], page["J4"] = "姓名", "电话", "姓名", "电话", "老人类别"
    _two_row_people(page)
    page.row_dimensions[7].hidden = True
    page.column_dimensions["I"].hidden = True
    page["B5"].font = Font(name="楷体", size=14)
    page["B5"].fill = PatternFill("solid", start_color="C6E0B4")
    note = book.create_sheet("说明")
    note["A1"] = "请于25日前报送"
    save(book, "双层表头.xlsx")


def _two_row_people(page: Worksheet) -> None:
    page.append([1, *FANG, "1组", date(1941, 3, 1), "方明", "13800001111", "无", "", "独居、失能", "经合计后补报"])
    page["E5"].number_format = 'yyyy"年"m"月"'
    page.append([2, *HE, None, "1950.1.12", "=B5", "13900002222", "", "", "空巢", ""])
    page.append([3, LI[0], "#REF!", None, "1948-11-02", "", "", "", "", "独居", "户主说明情况"])
    page["C7"].data_type = "e"
    page.merge_cells("D5:D7")
    page.append(["小计", "3人"])
    for column, text in zip(
        "ABCDEK", ["序号", "姓 名", "身份证\n号码", "组别", "出生年月", "备注（其他）"], strict=True
    ):
        page[f"{column}9"] = text
    page["A10"] = "第二组"
    page.merge_cells("A10:K10")
    page.append([4, *WANG, None, "1952年2月", "", "", "", "", "留守", ""])
    page.append([5])
    page["A13"] = "合计"
    page["B13"] = "4人"
    page["A15"] = "单位负责人：        审核人：        填表人：某某"
    page["B16"], page["G16"] = "村主任签字：", "联系电话：13800001111"


def old_mac() -> None:
    """The 1904 date system: real dates, a bare serial, numbers shown with leading zeros."""
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    page = book.worksheets[0]
    page.append(HEADER)
    page.append([1, *FANG, "土桥村", 3, date(1941, 3, 5), 2824512345, ""])
    page["F2"].number_format = "yyyy-mm-dd"
    page["G2"].number_format = "00000000000"
    page.append([2, HE[0], "无", "土桥村", 3, 16813, "", ""])  # 1950-01-12 counted from 1904
    save(book, "苹果电脑1904.xlsx")


def stray_cell() -> None:
    """One value in the last cell a sheet can have."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(HEADER)
    page["XFD1048576"] = "误填"
    save(book, "远处一格.xlsx")


def renamed() -> None:
    """An .xlsx whose name says .xls."""
    book = Workbook()
    page = book.worksheets[0]
    page.append(HEADER)
    page.append([1, *FANG, "土桥村", "3组", "1941-03-05", "13800001111", "=1+1"])
    page["H2"].data_type = "s"
    content = BytesIO()
    book.save(content)
    (HERE / "其实是xlsx.xls").write_bytes(content.getvalue())
    (HERE / "损坏.xlsx").write_bytes(content.getvalue()[:2500])


def web_page() -> None:
    """A web page saved as .xls, in GBK, with spans."""
    text = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
        "<table><tr><td colspan=8>特殊困难老年人</td></tr><tr>"
        + "".join(f"<th>{text}</th>" for text in HEADER)
        + f"</tr><tr><td>1<td>{FANG[0]}<td>{FANG[1]}<td rowspan=2>土桥村<td>3组<td>1941.3.5<td>&nbsp;"
        "<td>甲&amp;乙<br>丙"
        f"</tr><tr style='display: none'><td>2</td><td>{HE[0]}</td><td>{HE[1]}</td><td>4组</td>"
        "<td></td><td></td><td></td></tr>"
        "</table></body></html>"
    )
    (HERE / "网页导出.xls").write_bytes(text.encode("gb18030"))
    (HERE / "没有表格的网页.xls").write_bytes("<html><body>登录超时</body></html>".encode())


def spreadsheet_xml() -> None:
    """“XML 表格 2003”."""
    heads = "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in HEADER)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="3组"><Table>'
        f'<Row ss:Index="3">{heads}</Row>'
        '<Row><Cell><Data ss:Type="Number">1</Data></Cell>'
        f'<Cell><Data ss:Type="String">{FANG[0]}</Data></Cell><Cell><Data ss:Type="String">{FANG[1]}</Data></Cell>'
        '<Cell ss:MergeDown="1"><Data ss:Type="String">土桥村</Data></Cell><Cell ss:Index="6">'
        '<Data ss:Type="DateTime">1941-03-05T00:00:00.000</Data></Cell>'
        '<Cell><Data ss:Type="Number">13800001111</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>'
        f'<Row ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="String">{HE[0]}</Data></Cell>'
        '<Cell><Data ss:Type="Number">5.12099195001122E17</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    (HERE / "XML表格2003.xls").write_text(text, encoding="utf-8")


def text_tables() -> None:
    """CSV as Chinese desktops save it."""
    rows = [HEADER, ["1", "䶮秀兰", FANG[1], "土桥村", "3组", "1941/3/5", "'-13800001111", '="0012"']]
    table = "\r\n".join(",".join(row) for row in rows) + "\r\n"
    (HERE / "名册-GBK.csv").write_bytes(table.encode("gb18030").replace("秀兰".encode("gbk"), b"\xfe\x59"))
    (HERE / "名册-带标记.csv").write_bytes(table.encode("utf-8-sig"))
    (HERE / "名册-Unicode.txt").write_bytes(table.replace(",", "\t").encode("utf-16"))


def not_tables() -> None:
    """Files that are no tables."""
    (HERE / "空文件.xlsx").write_bytes(b"")
    (HERE / "照片.xlsx").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(range(256)) * 4)
    with zipfile.ZipFile(HERE / "压缩包.xlsx", "w") as archive:
        archive.writestr("说明.txt", "不是表格")
    (HERE / "有密码.xlsx").write_bytes(_compound({"EncryptedPackage": b"\x00" * 4096}))


def old_binary() -> None:
    """A real BIFF8 workbook, as .xls and as WPS's .et; and one with a password."""
    rows: list[list[object]] = [
        HEADER,
        [1, *FANG, "土桥村", "3组", "1941.3.5", 13800001111, ""],
        [2, *HE, None, "4组", 18275, "", ""],
    ]
    stream = _biff("花名册", rows, merged=(1, 2, 3, 3))
    (HERE / "老格式.xls").write_bytes(_compound({"Workbook": stream}))
    (HERE / "WPS格式.et").write_bytes(_compound({"Workbook": stream}))
    (HERE / "有密码.xls").write_bytes(_compound({"Workbook": _biff("花名册", rows, protected=True)}))


def _biff(name: str, rows: list[list[object]], merged: tuple[int, ...] = (), *, protected: bool = False) -> bytes:
    """Writes the records of one sheet ([MS-XLS] 2.4)."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    if protected:
        begin += _record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    title = name.encode("utf-16-le")
    bound_size = 4 + 8 + len(title)
    offset = len(begin) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name), 1) + title)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str) and cell:
                sheet += _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
            elif isinstance(cell, int):
                sheet += _record(0x0203, place + struct.pack("<d", cell))
    if merged:
        sheet += _record(0x00E5, struct.pack("<HHHHH", 1, *merged))
    return begin + bound + _record(0x000A, b"") + sheet + _record(0x000A, b"")


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _compound(streams: dict[str, bytes]) -> bytes:
    """Writes a compound file of 512-byte sectors ([MS-CFB]): FAT in sector 0, directory in sector 1."""
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    entries = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    body = b""
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first, count = len(fat), len(padded) // 512
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        entries.append(_entry(name, 2, 0xFFFFFFFF, first, len(padded)))
        body += padded
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    head += b"\xff" * (512 - len(head))
    return (
        head + struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat))) + b"".join(entries).ljust(512, b"\0") + body
    )


def _entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)


if __name__ == "__main__":
    two_row_header()
    old_mac()
    stray_cell()
    renamed()
    web_page()
    spreadsheet_xml()
    text_tables()
    not_tables()
    old_binary()
