"""Writes resources/sample/*.xlsx: a village roster as people really send it, and that village's visits of a month.

    .venv/bin/python -m tools.make_sample_workbooks

Everybody in them is made up and differs from the people of the practice township. The roster has 41 rows, three of
which cannot be taken in; the visits are those of 36 people, and one row cannot be taken in. The files come out byte
for byte the same each time.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from anyue_desktop.core.dates import age_on
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw, Odds

TARGET = Path(__file__).resolve().parent.parent / "resources" / "sample"
ROSTER, VISITS = "高滩村花名册.xlsx", "高滩村11月探访.xlsx"
TOWNSHIP, VILLAGE, DAY = "鸳大镇", "高滩村", date(2026, 11, 20)
PEOPLE, VISITED = 38, 36
FIRST_SEQUENCE = numbers.SEQUENCES  # the practice township never issues these
ROSTER_HEADER = (
    "序号", "村名", "组别", "姓 名", "性别", "出生年月", "年龄", "身份证号码", "老人类别", "居住情况", "自理情况",
    "是否低保/特困", "联系方式", "家庭住址", "紧急联系人", "紧急联系人电话", "帮扶责任人", "责任人电话", "备注",
)  # fmt: skip
ROSTER_WIDTHS = (5, 8, 7, 10, 5, 13, 5, 22, 16, 10, 10, 12, 14, 14, 10, 14, 10, 14, 12)
VISIT_HEADER = (
    "序号", "姓名", "身份证号", "走访日期", "走访方式", "健康状况", "精神状况", "安全隐患", "卫生情况", "住房情况",
    "服务需求", "处置情况", "走访人",
)  # fmt: skip
VISIT_WIDTHS = (5, 10, 22, 13, 9, 9, 10, 14, 9, 10, 12, 14, 10)
RARE = ((4, "曹䶮"), (12, "马玥"), (21, "阿的 ・ 木果"), (29, "夏𣲗"))
GROUPS: tuple[Callable[[int], Any], ...] = (
    lambda number: f"{number}组", lambda number: f"第{number}组", lambda number: number, lambda number: f"{number}社",
    lambda number: "一二三四五六七八九"[number - 1] + "组",
)  # fmt: skip
CATEGORIES = (
    "独居",
    "独居、留守",
    "空巢",
    "空巢,留守",
    "留守老人",
    "失能",
    "重残；失能",
    "计划生育特殊家庭",
    "特困",
    "低保高龄",
)
LIVING = {"独居": "独居", "空巢": "与配偶", "留守": "隔代", "特困": "一个人住"}
SELF_CARE = Odds({"能自理": 60, "半自理": 28, "不能自理": 12})
METHODS = Odds({"入户": 70, "上门": 12, "电话": 14, "视频": 4})
HEALTH, MENTAL = Odds({"良好": 40, "一般": 50, "较差": 10}), Odds({"良好": 60, "一般": 40})
SAFETY = Odds({"无": 82, "用电线路老化": 6, "跌倒": 6, "独自用药": 6})
NEEDS = Odds({"无": 74, "助餐": 8, "助洁": 6, "代购代办": 6, "精神慰藉、医疗保健": 6})
HOUSES = Odds({"安全适宜": 55, "基本适宜": 45})
HYGIENE = Odds({"整洁": 50, "一般": 50})
VISITORS = (("涂志刚", "13700009101"), ("阳晓梅", "13700009102"))
EPOCH_OF_ZIP = (1980, 1, 1, 0, 0, 0)
MOMENT = re.compile(rb"(?<=W3CDTF\">)[^<]+")  # when the file was made and changed


@dataclass(frozen=True)
class Person:
    """One row before it is written the way people write."""

    name: str
    sex: str
    birth: date
    number: str
    category: str
    visitor: int


def people(draw: Draw) -> list[Person]:
    """Returns those who can be taken in."""
    found = []
    rare = dict(RARE)
    for position in range(PEOPLE):
        sex = draw.one("1222")
        birth = DAY - timedelta(days=draw.between(63 * 366, 93 * 365))
        number = numbers.id_number(birth, sex, FIRST_SEQUENCE + position % 10)
        name = rare.get(position, words.full_name(draw, sex))
        found.append(Person(name, sex, birth, number, CATEGORIES[position % len(CATEGORIES)], position // 19))
    return found


def written_name(person: Person, position: int) -> str:
    """Spaces two-character names for looks, and hangs notes on some."""
    name = person.name
    if len(name) == 2 and ord(name[1]) < 0x10000:
        return f"{name[0]}\u3000{name[1]}"
    return f"{name}（低保）" if position == 9 else name


def written_number(person: Person, position: int) -> str:
    """Writes the identity number in full width, with spaces, an apostrophe or a small x, as it comes."""
    number = person.number
    if position % 9 == 2:
        return number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    if position % 9 == 5:
        return f" {number[:6]} {number[6:14]} {number[14:]}"
    if position % 9 == 7:
        return f"'{number}"
    return number.lower()


def written_birth(day: date, position: int) -> Any:
    """Writes a birth date in one of the forms in use."""
    forms = (
        f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", int(f"{day:%Y%m%d}"),
        datetime(day.year, day.month, day.day), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月", None,
    )  # fmt: skip
    return forms[position % len(forms)]


def written_day(day: date, position: int) -> Any:
    """Writes a day of the title's year in one of the forms in use."""
    forms = (
        f"{day.month}月{day.day}日",
        f"{day.month}.{day.day}",
        datetime(day.year, day.month, day.day),
        day.isoformat(),
    )
    return forms[position % len(forms)]


def roster_row(draw: Draw, person: Person, position: int) -> list[Any]:
    """Returns the cells of one person without number and village."""
    living = next((how for word, how in LIVING.items() if person.category.startswith(word)), "与子女居住")
    own = int(numbers.phone(draw, numbers.ELDER)) if position % 4 else draw.one(("无", None, "无"))
    visitor, telephone = VISITORS[person.visitor]
    return [
        GROUPS[position % len(GROUPS)](draw.between(1, 8)),
        written_name(person, position),
        ("男", "女", "男性", "女 ")[(person.sex == "2") + 2 * (position % 6 == 1)],
        written_birth(person.birth, position),
        age_on(person.birth, DAY),
        written_number(person, position),
        person.category,
        living,
        "不能自理" if "失能" in person.category else draw.of(SELF_CARE),
        {"特困": "分散供养", "低保高龄": "低保"}.get(person.category, draw.one(("否", "一般", "低保"))),
        own,
        f"{draw.one(words.SPOTS)}{draw.between(1, 60)}号",
        words.full_name(draw, "1", young=True),
        numbers.phone(draw, numbers.FAMILY),
        visitor,
        telephone,
        None,
    ]


def bad_rows(draw: Draw) -> list[list[Any]]:
    """Returns rows that cannot be taken in: digits lost by the workbook, a wrong check digit, an unreadable name."""
    rows = []
    for position, name in enumerate(("汪德明", "汤玉芳", "欧□珍")):
        birth = date(1944 + position, 3 + position, 12)
        number: Any = numbers.id_number(birth, "2", FIRST_SEQUENCE + 9)
        if position == 0:
            number = float(number[:17] + "0")
        elif position == 1:
            number = number[:15] + number[16] + number[15] + number[17]
        person = Person(name, "2", birth, "", "独居", 1)
        row = roster_row(draw, person, 1)
        row[1], row[3], row[5] = name, None, number
        rows.append(row)
    return rows


def roster(found: list[Person]) -> Workbook:
    """Returns the roster: title, unit row, header in row 3, merged village cell, total and signatures below."""
    draw = Draw("花名册")
    rows = [roster_row(draw, person, position) for position, person in enumerate(found)]
    for place, row in zip((6, 18, 30), bad_rows(draw), strict=True):
        rows.insert(place, row)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "花名册"
    sheet.append([f"{TOWNSHIP}{VILLAGE}特殊困难老年人花名册"])
    sheet.append(
        [f"填报单位（盖章）：{VILLAGE}村民委员会", *[None] * 11, f"填报日期：{DAY.year}年{DAY.month}月{DAY.day}日"]
    )
    sheet.append(ROSTER_HEADER)
    for position, row in enumerate(rows, 1):
        sheet.append([position, VILLAGE if position == 1 else None, *row])
    last = sheet.max_row
    sheet.append(["合计", None, None, f"{len(rows)}人"])
    sheet.append([])
    sheet.append(["单位负责人：          审核人：          填表人：阳晓梅          联系电话：13700009102"])
    sheet.merge_cells(start_row=4, end_row=last, start_column=2, end_column=2)
    sheet.row_dimensions[17].hidden = True  # hidden by a filter, and still a person
    _dress(sheet, ROSTER_WIDTHS, header=3, last=last + 1)
    book.create_sheet("Sheet2")
    return book


def visits(found: list[Person]) -> Workbook:
    """Returns the visits: no year in most dates, no result column, a few people without number."""
    draw = Draw("探访")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "11月"
    sheet.append([f"{VILLAGE}{DAY.year}年{DAY.month}月特殊困难老年人探访记录"])
    sheet.append(VISIT_HEADER)
    for position, person in enumerate(found[:VISITED]):
        day = DAY.replace(day=2 + position // 2)
        number = None if position % 8 == 3 else person.number
        visitor = VISITORS[person.visitor][0]
        sheet.append([position + 1, person.name, number, written_day(day, position), *_seen(draw), visitor])
    spare = found[VISITED]
    sheet.append([VISITED + 1, spare.name, spare.number, "11月31日", *_seen(draw), VISITORS[1][0]])
    _dress(sheet, VISIT_WIDTHS, header=2, last=sheet.max_row)
    return book


def _seen(draw: Draw) -> list[str]:
    needs = draw.of(NEEDS)
    done = "无需处置" if needs == "无" else "现场解决"
    answers = [draw.of(odds) for odds in (METHODS, HEALTH, MENTAL, SAFETY, HYGIENE, HOUSES)]
    return [*answers, needs, done]


def _dress(sheet: Worksheet, widths: tuple[int, ...], *, header: int, last: int) -> None:
    line = Side(style="thin")
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        for row in range(header, last + 1):
            cell = sheet.cell(row, number)
            cell.border = Border(line, line, line, line)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(widths))
    sheet.cell(1, 1).font = Font(name="方正小标宋简体", size=18)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    for cell in sheet[header]:
        cell.font = Font(name="黑体", size=11)


def save(book: Workbook, path: Path) -> None:
    """Writes a workbook without a trace of the moment it was made."""
    book.properties.creator = f"{VILLAGE}村民委员会"
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            content = MOMENT.sub(f"{DAY}T08:00:00Z".encode(), source.read(member))
            target.writestr(zipfile.ZipInfo(member.filename, EPOCH_OF_ZIP), content, zipfile.ZIP_DEFLATED)


def main() -> None:
    """Writes both workbooks."""
    TARGET.mkdir(parents=True, exist_ok=True)
    found = people(Draw("样表"))
    save(roster(found), TARGET / ROSTER)
    save(visits(found), TARGET / VISITS)


if __name__ == "__main__":
    main()
