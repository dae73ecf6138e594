"""The empty workbook a village fills in: every accepted column, choices to pick from, an explanation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from anyue_desktop.core.field import Need
from anyue_desktop.core.files import whole_file
from anyue_desktop.sheets import look, styles
from anyue_desktop.sheets.column import CHOICES, GUIDE, REQUIRED, Column, spelling
from anyue_desktop.sheets.entry_rules import LONGEST_HINT, EntryRule, entry_rule
from anyue_desktop.sheets.raw import letter

TITLE_ROW, HEADER_ROW, FIRST_ROW, LAST_ROW = 1, 2, 3, 5002
LONGEST_SHEET_NAME = 31

_NEEDS = {Need.REPORT: "应填", Need.CONDITIONAL: "按情况填"}
_ADVICE = (
    "1. 每人一行，从第3行起填写；不要改动表头的文字，不需要的列可以不填或删去整列。",
    "2. 带*的栏目必须填写；“应填”的栏目暂时不清楚可以先空着，以后补全。",
    "3. 身份证号、电话已设为文本，从别处粘贴时请选“只粘贴文本（值）”，避免变成5.12E+17这样的数字。",
    "4. 日期填公历，如2026-11-23；农历生日请按身份证上的公历填写。",
    "5. 有下拉箭头的栏目请从列表中选择；可填几项的栏目用“、”分开。",
    "6. 不要合并单元格，不要在数据中间写小计。合计、签字可以写在最后，导入时会自动略过。",
    "7. 分组填写时可以复制本表，每个村民小组一张。",
)


def write_template(path: Path, title: str, columns: Sequence[Column], villages: Sequence[str] = ()) -> None:
    """Writes the template of a register; `villages` are the names offered for the village column.

    Raises:
        UserError: the file cannot be written.
        ValueError: two columns have the same label, so a filled template could not be read back.
    """
    _refuse_doubles(columns)
    book = Workbook()
    entry = book.worksheets[0]
    entry.title = title[:LONGEST_SHEET_NAME]
    rules = [entry_rule(column.field.type, villages) for column in columns]
    _write_title(entry, title, len(columns))
    _write_header(entry, columns, rules)
    _write_guide(book.create_sheet(GUIDE), title, columns, rules)
    _add_checks(entry, rules, _write_choices(book.create_sheet(CHOICES), rules))
    _set_page(entry)
    with whole_file(path) as part:
        book.save(part)


def is_required(column: Column) -> bool:
    """Tells whether a row is worth nothing without this column."""
    return column.field.need is Need.DRAFT and column.field.default is None


def _refuse_doubles(columns: Sequence[Column]) -> None:
    seen: set[str] = set()
    for column in columns:
        if spelling(column.label) in seen:
            raise ValueError(f"two columns are called {column.label}")
        seen.add(spelling(column.label))


def _write_title(sheet: Worksheet, title: str, width: int) -> None:
    cell = sheet.cell(TITLE_ROW, 1, title)
    cell.font = styles.TITLE_FONT
    cell.alignment = Alignment(horizontal="left", vertical="center")
    if width > 1:
        sheet.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    sheet.row_dimensions[TITLE_ROW].height = 28


def _write_header(sheet: Worksheet, columns: Sequence[Column], rules: Sequence[EntryRule]) -> None:
    for number, (column, rule) in enumerate(zip(columns, rules, strict=True), 1):
        required = is_required(column)
        cell = sheet.cell(HEADER_ROW, number, column.label + (REQUIRED if required else ""))
        cell.font, cell.alignment, cell.border = styles.HEADER_FONT, styles.CENTRED, styles.BORDER
        cell.fill = styles.fill(look.REQUIRED_COLOUR if required else look.HEADER_COLOUR)
        whole = sheet.column_dimensions[letter(number)]
        whole.width = max(rule.width, len(column.label) * 2.2 + 2)
        whole.number_format, whole.font = rule.number_format, styles.BODY_FONT
    sheet.row_dimensions[HEADER_ROW].height = 34


def _write_choices(sheet: Worksheet, rules: Sequence[EntryRule]) -> dict[tuple[str, ...], str]:
    """Writes each list of choices into a column of a hidden sheet; returns where they stand."""
    sources: dict[tuple[str, ...], str] = {}
    for choices in dict.fromkeys(rule.choices for rule in rules if rule.choices):
        number = len(sources) + 1
        for row, choice in enumerate(choices, 1):
            _text_cell(sheet, row, number, choice)
        place = letter(number)
        sources[choices] = f"'{CHOICES}'!${place}$1:${place}${len(choices)}"
    sheet.sheet_state = "hidden"
    return sources


def _add_checks(sheet: Worksheet, rules: Sequence[EntryRule], sources: dict[tuple[str, ...], str]) -> None:
    for number, rule in enumerate(rules, 1):
        check = _validation(rule, sources.get(rule.choices, ""))
        check.add(f"{letter(number)}{FIRST_ROW}:{letter(number)}{LAST_ROW}")
        sheet.add_data_validation(check)


def _write_guide(sheet: Worksheet, title: str, columns: Sequence[Column], rules: Sequence[EntryRule]) -> None:
    sheet.cell(1, 1, f"{title}填表说明").font = styles.TITLE_FONT
    for row, advice in enumerate(_ADVICE, 2):
        sheet.cell(row, 1, advice).font = styles.BODY_FONT
    first = len(_ADVICE) + 3
    _write_line(sheet, first, ("填写的栏目", "要求", "怎样填", "补充说明"))
    for number in range(1, 5):
        cell = sheet.cell(first, number)
        cell.font, cell.fill = styles.HEADER_FONT, styles.fill(look.HEADER_COLOUR)
    for row, (column, rule) in enumerate(zip(columns, rules, strict=True), first + 1):
        hint = f"{rule.hint}：{'、'.join(rule.choices)}" if rule.choices else rule.hint
        _write_line(sheet, row, (column.label, _need(column), hint, column.field.help))
    for place, width in zip("ABCD", (24, 10, 70, 50), strict=True):
        sheet.column_dimensions[place].width = width


def _need(column: Column) -> str:
    return "必填" if is_required(column) else _NEEDS.get(column.field.need, "选填")


def _write_line(sheet: Worksheet, row: int, texts: Iterable[str]) -> None:
    for number, text in enumerate(texts, 1):
        _text_cell(sheet, row, number, text)


def _text_cell(sheet: Worksheet, row: int, number: int, text: str) -> None:
    cell = sheet.cell(row, number, text)
    cell.data_type = "s"  # never a formula, whatever it begins with
    cell.font, cell.alignment, cell.border = styles.BODY_FONT, styles.TOP_LEFT, styles.BORDER


def _set_page(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"B{FIRST_ROW}"
    sheet.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = look.A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = look.FOOTER


def _validation(rule: EntryRule, source: str) -> DataValidation:
    """Returns the check of a column's cells, or only their hint; `source` is where the choices stand."""
    if rule.choices:
        check = DataValidation("list", formula1=source, allow_blank=True)
    elif rule.limits:
        kind, least, most = rule.limits
        check = DataValidation(kind, operator="between", formula1=least, formula2=most, allow_blank=True)
    else:
        check = DataValidation(allow_blank=True)
    check.errorStyle = "stop" if rule.strict else "warning"
    check.showErrorMessage = bool(rule.choices or rule.limits)
    check.showInputMessage = True
    check.error, check.errorTitle = rule.hint[:LONGEST_HINT], "请核对"
    check.prompt, check.promptTitle = rule.hint[:LONGEST_HINT], "填写说明"
    return check
