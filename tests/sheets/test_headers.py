from __future__ import annotations

import pytest
from sheet_tables import CASE_COLUMNS, CONTEXT, VISIT_COLUMNS, WORKBOOKS, table_of

from anyue_desktop.sheets.column import spelling
from anyue_desktop.sheets.header import Header, Role, find_header, samples
from anyue_desktop.sheets.raw import RawSheet, Span
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.table import NO_HEADER, read_table


def header_of(*rows: list[object], merged: tuple[Span, ...] = ()) -> Header:
    found = find_header(RawSheet("Sheet1", [list(row) for row in rows], merged=merged), CASE_COLUMNS)
    assert found is not None
    return found


def paths(header: Header) -> list[str]:
    return [cell.column.path if cell.column else cell.role for cell in header.cells]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("姓 名", "person.name"),
        ("老人姓名", "person.name"),
        ("身份证\n号码", "person.id_number"),
        ("身份证号（18位）", "person.id_number"),
        ("村（社区）", "person.residence_division"),
        ("村\u3000名", "person.residence_division"),
        ("几组", "person.group_name"),
        ("出生年月", "person.birth_date"),
        ("联系方式", "person.phone"),
        ("家庭住址", "person.residence_address"),
        ("户籍所在地", "person.hukou_address"),
        ("身份类别", "categories"),
        ("陪伴居住情况", "living_arrangement"),
        ("自理情况", "self_care_level"),
        ("身体状况", "person.health_status"),
        ("残疾情况", "person.disability_type"),
        ("是否低保", "person.relief_class"),
        ("重点标识", "person.relief_class"),
        ("子女姓名", "person.emergency_name"),
        ("家属电话", "person.emergency_phone"),
        ("包户干部", "responsible_name"),
        ("*姓名：", "person.name"),
    ],
)
def test_headers_are_understood_as_villages_write_them(text: str, path: str) -> None:
    header = header_of([text, "序号", "年龄", "文化程度"])
    assert header.letters.get(path) == "A"


def test_a_serial_number_is_ignored_and_the_age_only_compared() -> None:
    header = header_of(["No.", "姓名", "周岁", "身份证号"])
    assert [cell.role for cell in header.cells] == [Role.IGNORED, Role.FIELD, Role.AGE, Role.FIELD]
    assert header.age == 3


def test_unknown_columns_are_listed() -> None:
    header = header_of(["姓名", "身份证号", "村", "喜欢吃什么"])
    assert [(cell.letter, cell.text) for cell in header.unknown] == [("D", "喜欢吃什么")]


def test_no_field_is_given_twice_and_the_left_column_wins() -> None:
    header = header_of(["姓名", "名字", "身份证号", "村"])
    assert paths(header)[:2] == ["person.name", Role.UNKNOWN]


def test_the_exact_label_is_stronger_than_another_spelling_further_left() -> None:
    found = find_header(RawSheet("a", [["联系人", "探访责任人", "姓名", "身份证号"]]), CASE_COLUMNS)
    assert found is not None
    assert found.letters["responsible_name"] == "B"


def test_visits_find_their_own_columns() -> None:
    found = find_header(
        RawSheet("a", [["姓名", "身份证号", "走访日期", "走访方式", "健康状况", "探访人"]]), VISIT_COLUMNS
    )
    assert found is not None
    assert [cell.column.path for cell in found.cells if cell.column] == [
        "case.person.name", "case.person.id_number", "visit_date", "visit_method", "health", "visitor_name",
    ]  # fmt: skip


def test_title_and_unit_rows_stand_above_the_header() -> None:
    header = header_of(
        ["特殊困难老年人花名册"], ["填报单位：土桥村", None, "填报日期：2026年"], ["序号", "姓名", "身份证号", "村"]
    )
    assert (header.top, header.bottom) == (3, 3)


def test_two_header_rows_are_read_together_and_somebody_elses_name_is_not_the_elders() -> None:
    sheet = read_workbook(WORKBOOKS / "双层表头.xlsx").sheets[0]
    header = find_header(sheet, CASE_COLUMNS)
    assert header is not None
    assert (header.top, header.bottom) == (3, 4)
    assert paths(header) == [
        Role.IGNORED, "person.name", "person.id_number", "person.group_name", "person.birth_date",
        "person.emergency_name", "person.emergency_phone", Role.UNKNOWN, Role.UNKNOWN, "categories", "person.remark",
    ]  # fmt: skip
    assert [cell.text for cell in header.unknown] == ["监护人姓名", "监护人电话"]


def test_a_group_row_above_a_complete_header_does_not_hide_whose_telephone_it_is() -> None:
    header = header_of(
        ["基本情况", None, None, "监护人", None],
        ["序号", "姓名", "身份证号", "姓名", "电话"],
        merged=(Span(1, 1, 1, 3), Span(1, 4, 1, 5)),
    )
    assert header.letters == {"person.name": "B", "person.id_number": "C"}
    assert header.bottom == 2


def test_a_first_data_row_is_not_taken_for_a_second_header_row() -> None:
    header = header_of(["姓名", "身份证号", "村", "组"], ["张三", "无", "土桥村", "组"])
    assert (header.top, header.bottom) == (1, 1)


def test_a_sheet_without_header_says_so() -> None:
    assert table_of([["请于25日前报送，联系人：唐主任"]]).message == NO_HEADER
    assert table_of([[None, " "], []]).message == "空表"


def test_a_header_below_the_tenth_row_is_not_looked_for() -> None:
    assert table_of([["通知"]] * 10 + [["姓名", "身份证号", "村"]]).header is None
    assert table_of([["通知"]] * 9 + [["姓名", "身份证号", "村"]]).header is not None


def test_a_short_sheet_of_two_known_columns_is_enough() -> None:
    assert table_of([["姓名", "身份证号"], ["方秀兰", "512099194103051225"]]).rows[0].cells["person.name"] == "方秀兰"


def test_two_known_words_among_others_are_no_header() -> None:
    assert table_of([["姓名", "备注", "钥匙", "邻居"], ["方秀兰", "", "", ""]]).message == NO_HEADER


def test_the_officer_may_give_columns_other_fields() -> None:
    sheet = RawSheet("a", [["姓名", "名字", "身份证号", "村", "绰号"], ["甲", "方秀兰", "无", "土桥村", "兰姐"]])
    header = find_header(sheet, CASE_COLUMNS)
    assert header is not None
    name = next(column for column in CASE_COLUMNS if column.path == "person.name")
    remark = next(column for column in CASE_COLUMNS if column.path == "person.remark")
    changed = header.remapped({"B": name, "E": remark, "D": None})
    table = read_table(sheet, CASE_COLUMNS, CONTEXT, header=changed)
    assert table.rows[0].cells["person.name"] == "方秀兰"
    assert table.rows[0].cells["person.remark"] == "兰姐"
    assert table.rows[0].unknown == {"姓名": "甲", "村": "土桥村"}


def test_samples_show_the_first_different_values_of_each_column() -> None:
    table = table_of(
        [["姓名", "身份证号", "村"], ["甲一", "无", "土桥村"], ["甲二", "无", "土桥村"], ["甲三", None, "聚宝村"]]
    )
    assert table.header is not None
    assert samples(table.sheet, table.header, 2) == {"A": ["甲一", "甲二"], "B": ["无"], "C": ["土桥村", "聚宝村"]}


def test_spelling_keeps_a_header_that_is_nothing_but_the_word_dropped() -> None:
    assert spelling("老年人") == "老年人"
    assert spelling("老人 姓名*") == "姓名"
