from __future__ import annotations

import pytest
from sheet_tables import CASE_COLUMNS, CONTEXT, WORKBOOKS, table_of

from anyue_desktop.sheets.raw import Span
from anyue_desktop.sheets.reader import read_workbook
from anyue_desktop.sheets.table import FOOTER, HEADER_AGAIN, NO_DATA, SECTION, is_footer, read_tables

HEADER = ["序号", "姓名", "身份证号", "村", "组", "备注"]
NUMBER = "512099194103051225"


def test_an_ugly_sheet_gives_its_four_people_and_says_what_it_left_out() -> None:
    book = read_workbook(WORKBOOKS / "双层表头.xlsx")
    table, note = read_tables(book, CASE_COLUMNS, CONTEXT)
    assert [(row.number, row.cells["person.name"]) for row in table.rows] == [
        (5, "方秀兰"), (6, "何国富"), (7, "李素芬"), (11, "王福安"),
    ]  # fmt: skip
    assert [(one.number, one.reason) for one in table.skipped] == [
        (8, FOOTER), (9, HEADER_AGAIN), (10, SECTION), (13, FOOTER), (15, FOOTER), (16, FOOTER),
    ]  # fmt: skip
    assert note.header is None


def test_merged_cells_are_filled_down_inside_their_range_only() -> None:
    book = read_workbook(WORKBOOKS / "双层表头.xlsx")
    rows = read_tables(book, CASE_COLUMNS, CONTEXT)[0].rows
    assert [row.cells["person.group_name"] for row in rows] == ["1组", "1组", "1组", "第二组"]
    unmerged = table_of([HEADER, [1, "甲", NUMBER, "土桥村", "1组"], [2, "乙", NUMBER, None, None]])
    assert unmerged.rows[1].cells["person.residence_division"] is None


def test_a_name_merged_over_two_rows_is_one_person() -> None:
    table = table_of(
        [HEADER, [1, "甲", NUMBER, "土桥村", "1组", "左"], [None, None, None, None, None, "右"]],
        merged=(Span(2, 2, 3, 2), Span(2, 3, 3, 3)),
    )
    assert [row.cells["person.name"] for row in table.rows] == ["甲", None]


def test_rows_prepared_with_serial_numbers_only_are_blank() -> None:
    table = table_of([HEADER, [1, "甲", NUMBER], [2], [3, " ", "\u3000"]])
    assert len(table.rows) == 1
    assert table.skipped == ()


def test_a_row_filled_only_where_nobody_knows_the_column_is_left_out_with_a_word() -> None:
    table = table_of([[*HEADER, "爱好"], [1, "甲", NUMBER], [None] * 6 + ["下棋"]])
    assert [(one.number, one.reason, one.text) for one in table.skipped] == [(3, NO_DATA, "下棋")]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", None, "28人"],
        ["合 计", 28],
        ["土桥村小计", 3],
        [29, "合计", "28人"],
        ["单位负责人：   审核人：   填表人：某某"],
        ["填表人", "某某"],
        ["备注：以上人员均已核实"],
        ["注：空巢指子女不在身边"],
        ["说明", "略"],
        [None, "村主任签字：", None, "日期："],
    ],
)
def test_totals_signatures_and_remarks_below_the_table_are_no_people(row: list[object]) -> None:
    table = table_of([HEADER, [1, "甲", NUMBER], row])
    assert len(table.rows) == 1
    assert table.skipped[0].reason == FOOTER


@pytest.mark.parametrize("remark", ["合计补助3人", "说明：已核实", "审核通过", "备注：无"])
def test_a_person_whose_remark_says_such_words_stays_a_person(remark: str) -> None:
    assert len(table_of([HEADER, [1, "甲", NUMBER, "土桥村", "1组", remark]]).rows) == 1
    assert not is_footer(["甲", remark])


def test_people_after_a_subtotal_are_not_lost() -> None:
    table = table_of([HEADER, [1, "甲", NUMBER], ["小计", "1人"], [2, "乙", NUMBER], ["合计", "2人"]])
    assert [row.cells["person.name"] for row in table.rows] == ["甲", "乙"]


def test_hidden_rows_count_and_are_flagged() -> None:
    table = table_of([HEADER, [1, "甲", NUMBER], [2, "乙", NUMBER]], hidden_rows=frozenset({3}))
    assert [row.hidden for row in table.rows] == [False, True]
    assert table.hidden_rows == 1


def test_all_rows_of_a_hidden_sheet_are_flagged() -> None:
    assert table_of([HEADER, [1, "甲", NUMBER]], hidden=True).hidden_rows == 1


@pytest.mark.parametrize(
    ("above", "name", "file_name"),
    [
        ("填报单位（盖章）：天马乡土桥村村民委员会", "Sheet1", ""),
        ("村名：土桥村", "Sheet1", ""),
        ("土桥村2026年花名册", "Sheet1", ""),
        ("花名册", "土桥村", ""),
        ("花名册", "土桥", ""),
        ("花名册", "Sheet1", "01-天马乡土桥村花名册"),
    ],
)
def test_a_missing_village_is_taken_from_title_sheet_or_file_name(above: str, name: str, file_name: str) -> None:
    table = table_of([[above], ["姓名", "身份证号", "备注"], ["甲", NUMBER, None]], name, file_name)
    column = next(column for column in CASE_COLUMNS if column.path == "person.residence_division")
    assert column.field.type.parse(table.rows[0].cells[column.path], CONTEXT).value == "512021206200"


def test_a_name_no_village_of_the_township_has_is_not_guessed() -> None:
    table = table_of([["某某年花名册"], ["姓名", "身份证号", "备注"], ["甲", NUMBER, None]], "汇总", "子虚村乌有组")
    assert "person.residence_division" not in table.rows[0].cells


def test_a_sheet_named_after_a_group_fills_blank_groups_only() -> None:
    table = table_of([HEADER, [1, "甲", NUMBER, "土桥村", None], [2, "乙", NUMBER, "土桥村", "5组"]], "第3组")
    assert [row.cells["person.group_name"] for row in table.rows] == ["第3组", "5组"]


def test_a_line_with_a_village_or_a_group_counts_for_the_rows_below() -> None:
    table = table_of([HEADER, ["土桥村"], ["一组"], [1, "甲", NUMBER], ["二组"], [2, "乙", NUMBER]])
    assert [(row.cells["person.residence_division"], row.cells["person.group_name"]) for row in table.rows] == [
        ("土桥村", "一组"), ("土桥村", "二组"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "year", "month"),
    [("2026年11月探访记录", 2026, 11), ("2026.3 走访", 2026, 3), ("11月探访", None, 11), ("花名册", None, None)],
)
def test_year_and_month_come_from_the_title(title: str, year: int | None, month: int | None) -> None:
    hints = table_of([[title], HEADER, [1, "甲", NUMBER]]).hints
    assert (hints.year, hints.month) == (year, month)


def test_the_title_is_stronger_than_the_file_name() -> None:
    assert table_of([["2025年"], HEADER, [1, "甲", NUMBER]], file_name="2026年名册").hints.year == 2025


def test_two_lists_under_each_other_are_both_read() -> None:
    table = table_of([HEADER, [1, "甲", NUMBER], [], HEADER, [1, "乙", NUMBER]])
    assert [row.number for row in table.rows] == [2, 5]


def test_unknown_columns_keep_their_contents_by_header() -> None:
    table = table_of([[*HEADER, "爱好"], [1, "甲", NUMBER, None, None, None, "下棋"]])
    assert table.rows[0].unknown == {"爱好": "下棋"}


def test_columns_without_or_with_equal_headers_lose_nothing() -> None:
    table = table_of(
        [
            ["姓名", "身份证号", "村", "其他", "其他", None],
            ["甲", NUMBER, "土桥村", "一", "二", "三"],
            ["合计", None, None, None, None, None, "1"],
        ]
    )
    assert table.rows[0].unknown == {"其他D列": "一", "其他E列": "二", "（没有表头）": "三"}
    assert table.header is not None
    assert [cell.letter for cell in table.header.unknown] == ["D", "E", "F"]
