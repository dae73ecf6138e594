from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from anyue_desktop.core.errors import Cancelled, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Column, Heading, Section, Sheet, head_cells
from anyue_desktop.ledgers.handover import Handover, HandoverLine, handover
from anyue_desktop.ledgers.ink import Ink
from anyue_desktop.ledgers.month_summary import VillageMonth, month_summary
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.ledgers.table_printer import print_sheet
from anyue_desktop.services.printing.elders import ROSTER, UNVISITED
from anyue_desktop.services.printing.listing import Listing, sheet_of

GIVEN = [*"䶮㛃𣲗𬌗𠅤喆玥犇𪚥芳秀英桂兰淑珍\U00030000"]
L1_ORDER = (
    "序号 村（社区） 组（社） 姓名 性别 年龄 身份证号 困难类别 自理能力 残疾类别等级 居住状况 联系电话 "
    "紧急联系人及电话 探访责任人及电话 纳入日期 备注"
)
L3_ORDER = (
    "村（社区） 应探访人数 独居 空巢 留守 失能 重残 计生特殊 已探访人数 探访率 上门次数 电话视频次数 "
    "未探访人数 未探访原因 发现问题数 已处置数"
)
L4_ORDER = "序号 村 姓名 年龄 类别 上次探访日期 天数 责任人 未探访原因"


PLAIN = {
    "村（社区）": "土桥村",
    "组（社）": "3组",
    "性别": "女",
    "年龄": 83,
    "身份证号": "5120**********0021",
    "困难类别": "独居、失能",
    "自理能力": "部分丧失",
    "残疾类别等级": "肢体二级",
    "居住状况": "独居",
    "联系电话": "138****5678",
    "紧急联系人及电话": "陈小明 139****0001",
    "探访责任人及电话": "李建国 137****2222",
    "纳入日期": date(2026, 1, 5),
}


def elder(name: str, **cells: object) -> dict[str, object]:
    return {**PLAIN, "姓名": name, **cells}


def columns_of(listing: Listing) -> tuple[Column, ...]:
    return tuple(one.column for one in listing.columns)


def roster(rows: list[dict[str, object]], heading: Heading) -> Sheet:
    columns = columns_of(ROSTER)
    cells = tuple(
        tuple(number if column.title == "序号" else row.get(column.title, "") for column in columns)
        for number, row in enumerate(rows, start=1)
    )
    totals = ("合计", "", "", f"{len(rows)}人", *[""] * (len(columns) - 4))
    return sheet_of("L1", heading, [Section(columns, cells, totals)], "人")


def people(count: int) -> list[dict[str, object]]:
    """Made-up elders, each with a name of its own."""
    names = ("测" + first + second for first, second in itertools.product(GIVEN, GIVEN))
    return [elder(name) for _, name in zip(range(count), names, strict=False)]


def village(name: str, due: int, visited: int, **changes: object) -> VillageMonth:
    plain = VillageMonth(
        village=name,
        due=due,
        living_alone=1,
        empty_nest=2,
        left_behind=3,
        disabled=4,
        severely_disabled=5,
        bereaved_only_child=6,
        visited=visited,
        home_visits=70,
        remote_visits=80,
        unvisited_reason="",
        problems=9,
        handled=8,
    )
    return replace(plain, **changes)


def test_columns_stand_in_the_order_the_county_knows(heading):
    known = [columns_of(ROSTER), month_summary([], heading).columns, columns_of(UNVISITED)]
    assert [[column.title for column in columns] for columns in known] == [
        order.split() for order in (L1_ORDER, L3_ORDER, L4_ORDER)
    ]


def test_every_elder_is_printed_exactly_once_and_rare_names_can_be_found(tmp_path, fonts, heading, read):
    rows = people(200)
    printed = print_sheet(roster(rows, heading), tmp_path / "L1.pdf", fonts)
    found = Counter(line for page in read(printed.path) for line in page)
    assert {row["姓名"]: found[row["姓名"]] for row in rows} == {row["姓名"]: 1 for row in rows}
    assert printed.undrawable == ()


def test_title_header_and_frame_stand_on_every_page(tmp_path, fonts, heading, read):
    printed = print_sheet(roster(people(60), heading), tmp_path / "L1.pdf", fonts)
    pages = read(printed.path)
    assert len(pages) == printed.pages > 3
    for number, page in enumerate(pages, start=1):
        whole = "".join(page)
        assert f"第{number}页共{printed.pages}页" in whole
        for words in (
            "特殊困难老年人花名册",
            "填报单位（盖章）：姚市镇人民政府",
            "统计月份：2026年11月",
            "单位：人",
            "序号村（社区）",
            "单位负责人：",
            "填报日期：2026年11月23日",
            "打印号：P20261123-0007",
            f"打印摘要：{printed.digest[:8]}",
            "已脱敏",
        ):
            assert words in whole, words


def test_the_sum_stands_once_at_the_end(tmp_path, fonts, heading, read):
    printed = print_sheet(roster(people(31), heading), tmp_path / "L1.pdf", fonts)
    assert "合计31人" in "".join(read(printed.path)[-1])
    assert sum("合计" in "".join(page) for page in read(printed.path)) == 1


def test_a_printing_with_full_numbers_says_why(tmp_path, fonts, heading, read):
    reason = "未脱敏：" + "县民政局专项核查要求核对完整证件号码，经镇分管领导书面同意。" * 6
    numbers = {
        "身份证号": "512099195001011225",
        "联系电话": "028-24531234",
        "探访责任人及电话": "测建国 028-24539876",
    }
    sheet = roster([elder("测一", **numbers)], replace(heading, notice=reason))
    page = read(print_sheet(sheet, tmp_path / "L1.pdf", fonts).path)[0]
    assert reason in "".join(page)
    assert {"512099195001011225", "028-24531234", "028-24539876"} <= set(page)


def test_a_character_no_font_has_is_drawn_as_a_placeholder_and_reported(tmp_path, fonts, heading, read):
    rows = [elder("测\U0002ebf0"), elder("测\ue000", 备注="\U0002ebf0")]
    printed = print_sheet(roster(rows, heading), tmp_path / "L1.pdf", fonts)
    assert printed.undrawable == ("\U0002ebf0", "\ue000")
    assert read(printed.path)[0].count("测〓") == 2


def test_an_overlong_remark_goes_on_over_pages_and_loses_nothing(tmp_path, fonts, heading, read):
    remark = "".join(f"第{number}句话。" for number in range(250))
    rows = [elder("测一"), elder("测二", 备注=remark), elder("测三")]
    printed = print_sheet(roster(rows, heading), tmp_path / "L1.pdf", fonts)
    text = "".join(line for page in read(printed.path) for line in page)
    torn = [number for number in range(250) if f"第{number}句话。" not in text]
    assert len(torn) < printed.pages > 1  # no more than one sentence at each turn of a page
    assert text.count("句话") + len(torn) >= 250
    assert text.count("测二") == 1


def test_an_empty_roster_is_still_a_page(tmp_path, fonts, heading, read):
    printed = print_sheet(roster([], heading), tmp_path / "L1.pdf", fonts)
    assert printed.pages == 1
    assert "合计0人" in "".join(read(printed.path)[0])


def test_the_summary_adds_the_villages_and_takes_rates_from_the_sums(heading):
    sheet = month_summary([village("土桥村", 20, 20), village("聚宝村", 1980, 1979)], heading)
    assert [row[9] for row in sheet.rows] == ["100.0%", "99.9%"]
    assert [row[12] for row in sheet.rows] == [0, 1]
    assert sheet.totals == ("合计", 2000, 2, 4, 6, 8, 10, 12, 1999, "99.9%", 140, 160, 1, "", 18, 16)


def test_a_village_without_anyone_to_visit_has_no_rate(heading):
    assert month_summary([village("土桥村", 0, 0)], heading).rows[0][9] == "—"


def test_the_heading_over_the_classes_is_printed_above_them(tmp_path, fonts, heading, read):
    path = print_sheet(month_summary([village("土桥村", 5, 4)], heading), tmp_path / "L3.pdf", fonts).path
    text = "".join(read(path)[0])
    assert text.index("其中") < text.index("独居") < text.index("计生特殊") < text.index("已探访人数")
    assert "80.0%" in text
    assert "本表不含个人信息" in text


def test_the_handover_slip_says_what_is_handed_over(tmp_path, fonts, heading, read):
    lines = (HandoverLine("人员基础信息", 7, 2, 1), HandoverLine("探访记录", 120))
    named = ("512021102-202611-01", "t512021102a-000012.tpkg", "月报")
    package = Handover(*named, lines, 0, 3, "7d9c11fa" * 8, "40213377", "2026-11-23 16:20")
    sheet = handover(package, heading)
    assert [row[-1] for row in sheet.rows] == [10, 120]
    assert sheet.totals == ("", "合计", 127, 2, 1, 130)
    printed = print_sheet(sheet, tmp_path / "L16.pdf", fonts)
    text = "".join(read(printed.path)[0])
    for words in (
        "包号：512021102-202611-01",
        "文件名：t512021102a-000012.tpkg",
        "7d9c11fa",
        "核对码：40213377",
        "提示3条",
        "移交人：",
        "接收人：",
        "日期：",
    ):
        assert words in text, words
    with Preview(printed.path) as preview:
        width, height = preview.size_mm(0)
    assert width < height


def test_a_slip_for_an_empty_package_adds_up_to_nothing(heading):
    named = ("512021102-202611-01", "t512021102a-000012.tpkg", "月报")
    package = Handover(*named, (), 0, 0, "0" * 64, "00000000", "2026-11-23 16:20")
    assert handover(package, heading).totals == ("", "合计", 0, 0, 0, 0)


def test_a_line_break_within_a_cell_stays_one(tmp_path, fonts):
    ink = Ink(tmp_path / "L5.pdf", (60.0, 20.0), fonts)
    assert ink.break_text("父：外出务工\n母：\u200b在家", 40, 9) == ["父：外出务工", "母：在家"]


def test_a_heading_spans_the_levels_and_columns_below_it():
    columns = (
        Column("村", 10),
        Column("男", 5, groups=("年龄", "0—5岁")),
        Column("女", 5, groups=("年龄", "0—5岁")),
        Column("未采集", 5, groups=("年龄",)),
    )
    assert {cell.text: (cell.first, cell.last, cell.top, cell.bottom) for cell in head_cells(columns)} == {
        "村": (0, 1, 0, 3),
        "年龄": (1, 4, 0, 1),
        "0—5岁": (1, 3, 1, 2),
        "男": (1, 2, 2, 3),
        "女": (2, 3, 2, 3),
        "未采集": (3, 4, 1, 3),
    }


def test_a_further_table_begins_a_page_where_it_is_asked_to(tmp_path, fonts, heading, read):
    columns = (Column("姓名", 20), Column("签字", 40))
    first = Section(columns, (("测一", ""),), ("1人", ""), "甲村")
    more = (
        Section(columns, (("测二", ""),), caption="乙村", new_page=True),
        Section(columns, (("测三", ""),), caption="丙村"),
    )
    sheet = sheet_of("QD", heading, [first, *more], "人")
    pages = ["".join(page) for page in read(print_sheet(sheet, tmp_path / "QD.pdf", fonts).path)]
    assert [[name for name in ("甲村", "乙村", "丙村") if name in page] for page in pages] == [
        ["甲村"],
        ["乙村", "丙村"],
    ]


def test_a_table_that_goes_on_says_so_on_the_next_page(tmp_path, fonts, heading, read):
    rows = tuple((f"测{number}", "") for number in range(30))
    section = Section((Column("姓名", 20), Column("签字", 40)), rows, caption="甲村")
    pages = [
        "".join(page)
        for page in read(print_sheet(sheet_of("QD", heading, [section], "人"), tmp_path / "QD.pdf", fonts).path)
    ]
    assert ["甲村（续）" in page for page in pages] == [False, True]
    assert all("签字" in page for page in pages)


def test_equal_sheets_make_equal_files(tmp_path, fonts, heading):
    sheet = roster(people(20), heading)
    first = print_sheet(sheet, tmp_path / "a.pdf", fonts)
    second = print_sheet(sheet, tmp_path / "b.pdf", fonts)
    assert first.path.read_bytes() == second.path.read_bytes()
    assert first.digest == second.digest


def test_every_font_of_the_document_lies_in_it(tmp_path, fonts, heading):
    path = print_sheet(roster(people(20), heading), tmp_path / "L1.pdf", fonts).path
    content = path.read_bytes()
    assert b"Helvetica" not in content
    assert content.count(b"/FontFile2") == content.count(b"/Type /FontDescriptor") > 0


def test_each_row_is_a_step_of_progress(tmp_path, fonts, heading):
    told: list[tuple[str, int, int]] = []
    progress = Progress(lambda stage, done, total: told.append((stage, done, total)))
    print_sheet(roster(people(12), heading), tmp_path / "L1.pdf", fonts, progress)
    assert told[0] == ("打印特殊困难老年人花名册", 0, 12)


def test_a_cancelled_printing_leaves_nothing_behind(tmp_path, fonts, heading):
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        print_sheet(roster(people(12), heading), tmp_path / "L1.pdf", fonts, progress)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_printing_keeps_the_older_file(tmp_path, fonts, heading):
    target = tmp_path / "L1.pdf"
    target.write_bytes(b"older")
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        print_sheet(roster(people(12), heading), target, fonts, progress)
    assert target.read_bytes() == b"older"


def test_a_folder_that_cannot_be_written_is_reported_in_words(tmp_path, fonts, heading):
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="无法写入"):
        print_sheet(roster([], heading), tmp_path / "file" / "L1.pdf", fonts)


def test_the_binding_edge_stays_free(tmp_path, fonts, heading):
    path = print_sheet(roster(people(15), heading), tmp_path / "L1.pdf", fonts).path
    dots_per_mm = 4
    with Preview(path) as preview:
        image = preview.image(0, dpi=dots_per_mm * 25.4)
    inked = [
        x for x in range(18 * dots_per_mm) for y in range(image.height) if image.pixels[(y * image.width + x) * 4] < 250
    ]
    assert inked == []


def test_rows_are_high_enough_to_correct_by_hand(fonts, heading, tmp_path):
    sheet = Sheet("L0", "小表", heading, (Column("甲", 10), Column("乙", 10)), tuple((n, "") for n in range(40)))
    pages = print_sheet(sheet, tmp_path / "L0.pdf", fonts).pages
    assert pages == 3  # sixteen rows of 9 mm fill a page
