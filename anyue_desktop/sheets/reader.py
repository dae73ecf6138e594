"""Opens a workbook as people send it: .xlsx .xls .et .csv, whatever the file name says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.sheets.markup_table import read_markup
from anyue_desktop.sheets.protection import OLE, has_macros, is_protected
from anyue_desktop.sheets.raw import RawSheet, RawWorkbook, Span, plain_cell
from anyue_desktop.sheets.text_table import NOT_A_TABLE, read_text_table
from anyue_desktop.sheets.xlsx_marks import XlsxMarks
from anyue_desktop.sheets.xlsx_rows import TOO_BIG

MAX_FILE = 64 * 1024 * 1024
ZIP = b"PK"
LOCK = "~$"  # how WPS and Office name the file that says who has a workbook open
RUST_PANIC = "PanicException"  # how the cell reader fails on some damaged files; no subclass of Exception, no import
WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


def read_workbook(path: Path, progress: Progress | None = None) -> RawWorkbook:
    """Reads all sheets of a file.

    Raises:
        UserError: the file is missing, empty, too big, protected, damaged, or no workbook.
        Cancelled: the person asked to stop.
    """
    content = _content(path)
    if content.startswith((ZIP, OLE)):
        return _binary(path, content, progress or Progress())
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        kind, sheets = read_markup(content)
        if not sheets:
            raise UserError(f"“{path.name}”是网页，里面没有表格", NOT_A_TABLE)
        return RawWorkbook(path, kind, tuple(sheets))
    return RawWorkbook(path, "csv", (read_text_table(content, path.stem),))


def _content(path: Path) -> bytes:
    if path.name.startswith(LOCK):
        name = path.name.removeprefix(LOCK)
        raise UserError(
            f"“{path.name}”是WPS打开“{name}”时留下的临时文件，不是表格", f"请先保存并关闭“{name}”，再选择它"
        )
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹，不是表格", NOT_A_TABLE)
        if path.stat().st_size > MAX_FILE:
            raise UserError(f"“{path.name}”有{path.stat().st_size // 2**20} MB，太大了，读不了", TOO_BIG)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"找不到文件“{path.name}”", "文件可能已被移动或改名，U盘可能已拔出，请重新选择") from error
    except OSError as error:
        raise UserError(
            f"打不开“{path.name}”（{error.strerror or error}）", "请先在WPS或Excel中关闭它，再试一次"
        ) from error
    if not content.strip(b"\x00 \t\r\n"):
        raise UserError(f"“{path.name}”是空文件", "请让报送人重新发送，或重新从U盘复制")
    return content


def _binary(path: Path, content: bytes, progress: Progress) -> RawWorkbook:
    _refuse_locked(path, content)
    marks = XlsxMarks(content)
    progress.stage("读取表格")
    try:
        plain = marks.plain_sheets()
    except BadZipFile as error:
        raise _unreadable(path, content) from error
    if plain is not None:
        return RawWorkbook(path, "xlsx", plain)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        progress.stage("读取表格", len(book.sheet_names))
        sheets = tuple(_sheet(book, index, marks, progress) for index in range(len(book.sheet_names)))
    except PasswordError as error:
        raise _protected(path) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _unreadable(path, content) from error
    except BaseException as error:
        if type(error).__name__ != RUST_PANIC:
            raise
        raise _unreadable(path, content) from error
    kind = "xls" if content.startswith(OLE) else "xlsx"
    return RawWorkbook(path, kind, sheets, marks.epoch_1904)


def _refuse_locked(path: Path, content: bytes) -> None:
    if is_protected(content):
        raise _protected(path)
    if has_macros(content):
        raise UserError(
            f"“{path.name}”带有宏（会自动运行的程序），没有读取", "请用WPS或Excel另存为不带宏的.xlsx后再导入"
        )


def _sheet(book: CalamineWorkbook, index: int, marks: XlsxMarks, progress: Progress) -> RawSheet:
    name = book.sheet_names[index]
    found = marks.of(name)
    source = book.get_sheet_by_index(index)
    rows = [[plain_cell(cell) for cell in row] for row in source.to_python(skip_empty_area=False)]
    visible = book.sheets_metadata[index].visible is SheetVisibleEnum.Visible
    sheet = RawSheet(name, rows, not visible, _spans(source))
    found.apply(sheet)
    progress.step()
    return sheet


def _spans(source: CalamineSheet) -> tuple[Span, ...]:
    ranges = source.merged_cell_ranges or []
    return tuple(Span(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


def _protected(path: Path) -> UserError:
    return UserError(f"“{path.name}”设有打开密码", "请用WPS或Excel输入密码打开，另存为不带密码的表格后再导入")


def _unreadable(path: Path, content: bytes) -> UserError:
    """Says whether the file is a workbook that is damaged, or something else."""
    if content.startswith(OLE):
        is_workbook = any(stream in content for stream in WORKBOOK_STREAMS)
    else:
        is_workbook = _looks_like_workbook(content)
    if is_workbook:
        return UserError(f"“{path.name}”已损坏，读不出来", "请用WPS或Excel打开修复后另存一份，或让报送人重新发送")
    return UserError(f"“{path.name}”不是表格文件", NOT_A_TABLE)


def _looks_like_workbook(content: bytes) -> bool:
    try:
        names = ZipFile(BytesIO(content)).namelist()
    except BadZipFile:  # cut off: the list of contents stands at the end
        return b"xl/" in content or b"[Content_Types].xml" in content
    return any(name.startswith("xl/") for name in names)
