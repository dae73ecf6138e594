"""The list ledgers: their columns as registers.md G.2 gives them, and what stands in them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from every_register import saved
from ledger_desk import (
    cells_of,
    child,
    facility,
    head_of,
    home_care,
    page_of,
    paper,
    some_of_everything,
    table_of,
)
from service_desk import OTHER_VILLAGE, VILLAGE, add_elder, id_number

from anyue_desktop.services.printing import LEDGERS
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

HEADS = {  # registers.md G.2; what belongs together stands below the word before ·
    "L1": "序号 村（社区） 组（社） 姓名 性别 年龄 身份证号 困难类别 自理能力 残疾类别等级 居住状况 联系电话 "
    "紧急联系人及电话 探访责任人及电话 纳入日期 备注",
    "L4": "序号 村 姓名 年龄 类别 上次探访日期 天数 责任人 未探访原因",
    "L5": "序号 村（社区） 姓名 性别 出生年月 年龄 儿童类别 监护情况 委托照料人及电话 父母外出情况及电话 就读学校年级 "
    "是否寄宿 健康状况 救助措施 风险等级 儿童主任 备注",
    "L8": "序号 村 姓名 性别 年龄 对象类别 自理能力 服务机构 服务项目 补贴标准 起始日期 备注",
    "L9": "村（社区） 服务人数 服务人次·助餐 服务人次·助浴 服务人次·助洁 服务人次·助医 服务人次·助行 服务人次·助急 "
    "服务人次·其他 服务小时 补贴金额 满意度",
    "L10": "序号 名称 类型 所在村 建筑面积 床位·总 床位·全托 床位·日托 床位·护理型 收住人数 "
    "负责人及电话 消防 食品 运行状态",
    "L12": "村（社区） 设施名称 建筑面积 服务户数 每百户面积 是否达300㎡ 志愿服务站点 儿童之家",
    "L13": "序号 设施 排查日期 类型 隐患描述 等级 整改措施 责任人 时限 完成日期 复查人 复查结论",
    "L14": "序号 村 姓名 身份证号 补贴类型 标准 起领年月 账号后四位 签字",
    "QD": "序号 姓名 性别 年龄 组（社） 类别 联系电话 上次探访 应探访日期 日期 方式 见到本人 健康 安全 需求 签字",
    "QZ": "序号 儿童编号 姓名 性别 年龄 组（社） 类别 联系电话 上次走访 应走访日期 "
    "日期 方式 见到本人 健康 安全 需求 签字",
}
STATIONS, PEOPLE = "名称 地点 设置方式 专职人数 场地面积 是否挂牌", "村 儿童主任/督导员 电话 任职日期 本年参训次数"
WITHOUT_SUM = ("L2", "L6", "L15", "L16", "L17", "CB")  # forms, indicators, what needs something, the county's
LISTED = [ledger for ledger in HEADS if ledger != "L9"]


@pytest.mark.parametrize("ledger", HEADS)
def test_columns_stand_in_the_order_of_the_list_of_ledgers(township: Workspace, tmp_path: Path, ledger: str) -> None:
    heads = HEADS[ledger].split()
    assert head_of(page_of(township, tmp_path, ledger), heads[0]) == heads


def test_stations_and_staff_stand_on_two_worksheets_and_on_one_page(township: Workspace, tmp_path: Path) -> None:
    some_of_everything(township)
    saved(township, "staff_training", _training(township, date(2026, 5, 6)))
    saved(township, "staff_training", _training(township, date(2025, 12, 30)))
    stations, staff = page_of(township, tmp_path, "L11"), page_of(township, tmp_path, "L11", 1)
    assert [stations.title, staff.title] == ["站点", "人员"]
    assert head_of(stations, "名称") == STATIONS.split()
    assert head_of(staff, "村") == PEOPLE.split()
    assert table_of(stations, "名称")[1] == ["土桥村未保工作点", "土桥村村委会旁", "", 0, "", "否"]
    assert table_of(staff, "村")[1] == ["土桥村", "赵敏（儿童主任）", "139****0001", "", 1]
    (page,) = paper(township, tmp_path, "L11")
    assert (
        page.index("站点")
        < page.index("土桥村未保工作点")
        < page.index("本年参训次数")
        < page.index("赵敏（儿童主任）")
    )


def _training(township: Workspace, day: date) -> dict[str, object]:
    (staff,) = township.records.ids(Query("protect_staff"))
    return {"title": f"培训{day.year}", "place": "乡政府", "trained_on": day, "content": "走访", "attendees": (staff,)}


def test_full_time_staff_are_counted_at_their_station(township: Workspace, tmp_path: Path) -> None:
    facility(
        township, "C02", "天马乡未保站", set_mode="04", floor_area=Decimal("30.00"), approval_doc="天府〔2024〕3号"
    )
    facility(township, "C03", "聚宝村未保点", division_code=OTHER_VILLAGE)
    for name, role, place, whole_time in (
        ("甲督导", "1", "512021206000", True),
        ("乙社工", "4", "512021206000", False),
        ("丙主任", "2", OTHER_VILLAGE, True),
        ("丁主任", "2", VILLAGE, True),
    ):
        staff = {"name": name, "role": role, "duty_division": place, "phone": "13990150001", "is_full_time": whole_time}
        saved(township, "protect_staff", staff)
    rows = {row[0]: row[1:] for row in table_of(page_of(township, tmp_path, "L11"), "名称")}
    assert rows["天马乡未保站"] == ["土桥村村委会旁", "依托社工站", 1, 30, "是"]
    assert rows["聚宝村未保点"] == ["聚宝村村委会旁", "", 1, "", "否"]
    assert rows["合计"] == ["2个", "", 2, 30, ""]


def test_children_are_masked_whatever_their_age(township: Workspace, tmp_path: Path) -> None:
    small, tall = date(2016, 3, 2), date(2010, 12, 5)
    kid = child(township, 3, small, "周小春", child_types=("01", "05"), main_type="01", person={"remark": "外婆有病"})
    child(township, 5, tall, "吴大勇", school_stage="4", is_boarding=True, risk_level="3")
    carer = {"carer_name": "周奶奶", "carer_phone": "13990160001", "carer_relation": "62", "excluded_grounds": ("00",)}
    saved(township, "care_entrustment", {"child_case_id": kid, **carer})
    rows = table_of(page_of(township, tmp_path, "L5"), "序号")
    parents = "父：外出务工 139****0001\n母：在家"
    assert rows[:2] == [
        [1, "土桥村", "吴**", "男", "2010-12", 15, "农村留守", "一般", "", parents, "初中",
         "是", "健康或良好", "最低生活保障、教育资助", "高", "赵敏 139****0001", ""],
        [2, "土桥村", "周**", "男", "2016-03", 10, "农村留守、家庭贫困", "一般", "周** 139****0001", parents, "小学",
         "否", "健康或良好", "最低生活保障、教育资助", "中", "赵敏 139****0001", "***"],
    ]  # fmt: skip
    assert rows[2][:7] == ["合计", "", "2人", "", "", "", "男2人，女0人"]


def test_children_are_named_for_a_reason_and_what_was_done_to_them_never_is(
    township: Workspace, tmp_path: Path
) -> None:
    case = {"guardianship_level": "3", "improper_care": ("05",), "risk_level": "3"}
    child(township, 3, date(2016, 3, 2), "周小春", **case)
    row = table_of(page_of(township, tmp_path, "L5", unmask_reason="县局核对"), "序号")[0]
    assert (row[2], row[9], row[10]) == ("周小春", "父：外出务工 13990140001\n母：在家", "天马中心小学 三年级2班")
    for order in ({}, {"unmask_reason": "县局核对"}):
        assert "家庭暴力" not in "".join(paper(township, tmp_path, "L5", **order))


def test_whoever_has_left_or_comes_later_is_not_on_the_list(township: Workspace, tmp_path: Path) -> None:
    stays = child(township, 3, date(2016, 3, 2), "周小春")
    child(township, 5, date(2017, 3, 2), "吴小明", exit_date=date(2026, 11, 20), exit_reason="03")
    assert len(table_of(page_of(township, tmp_path, "L5"), "序号")) == 2
    township.records.set("child_case", stays, {"enrol_date": date(2026, 11, 22)})
    rows = table_of(page_of(township, tmp_path, "L5", month="2026-10"), "序号")
    assert [row[2] for row in rows] == ["吴**", "1人"]


def test_people_served_at_home(township: Workspace, tmp_path: Path) -> None:
    home = facility(township, "E09", "土桥村互助养老点")
    home_care(township, 6, "郑秀英", home)
    ended = {"end_date": date(2026, 10, 31), "end_reason": "5"}
    home_care(township, 8, "王玉珍", home, **ended)
    free = {"pay_kind": "4", "subsidy_standard": None, "person": {"residence_division": OTHER_VILLAGE}}
    home_care(township, 10, "陈素华", home, **free)
    rows = table_of(page_of(township, tmp_path, "L8"), "序号")
    assert [row[:7] for row in rows[:2]] == [
        [1, "土桥村", "郑秀英", "女", 80, "80周岁以上高龄老年人", "轻度失能"],
        [2, "聚宝村", "陈素华", "女", 80, "80周岁以上高龄老年人", "轻度失能"],
    ]
    assert [str(cell)[:10] for cell in rows[0][7:11]] == ["土桥村互助养老点", "助餐、助洁", "120.0", "2026-02-01"]
    assert rows[1][9] == ""
    assert (rows[2][2], rows[2][9]) == ("2人", 120)


def test_homes_show_their_beds_and_the_months_residents(township: Workspace, tmp_path: Path) -> None:
    beds = {"beds_total": 12, "beds_full": 8, "beds_day": 4, "beds_nursing": 3, "floor_area": Decimal("480.50")}
    home = facility(township, "E01", "天马敬老院", head_name="龚志明", head_phone="13990120001", fire_ok="1", **beds)
    facility(township, "E10", "聚宝服务站", division_code=OTHER_VILLAGE, floor_area=Decimal("60.00"), food_license="9")
    facility(township, "E11", "老食堂", status="4", status_date=date(2026, 6, 30))
    facility(township, "C04", "儿童之家")
    for month, count in (("2026-10", 5), ("2026-11", 7)):
        saved(township, "facility_month", {"facility_id": home, "month": month, "residents_end": count})
    rows = table_of(page_of(township, tmp_path, "L10"), "序号")
    assert rows == [
        [1, "天马敬老院", "敬老院", "土桥村", 480.5, 12, 8, 4, 3, 7, "龚志明 139****0001", "是", "", "在用"],
        [2, "聚宝服务站", "居家养老服务站", "聚宝村", 60, "", "", "", "", "", "", "", "不适用", "在用"],
        ["合计", "2个", "", "", 540.5, 12, 8, 4, 3, 7, "", "", "", ""],
    ]


def test_community_buildings_are_held_against_300_square_metres(township: Workspace, tmp_path: Path) -> None:
    facility(
        township, "S01", "土桥村中心", floor_area=Decimal("299.99"), households_served=600, has_volunteer_site=True
    )
    large = {"floor_area": Decimal("300.00"), "has_child_home": True, "division_code": OTHER_VILLAGE}
    facility(township, "S01", "聚宝村中心", households_served=900, **large)
    facility(township, "S01", "铁盔村中心", division_code="512021206205")
    rows = table_of(page_of(township, tmp_path, "L12"), "村（社区）")
    assert rows == [
        ["土桥村", "土桥村中心", 299.99, 600, 50, "否", "是", ""],
        ["聚宝村", "聚宝村中心", 300, 900, 33.3, "是", "", "是"],
        ["铁盔村", "铁盔村中心", "", "", "", "", "", ""],
        ["合计", "3个", 599.99, 1500, 40, 1, 1, 1],
    ]


def test_hazards_of_the_month_are_those_found_or_still_there(township: Workspace, tmp_path: Path) -> None:
    home = facility(township, "E01", "天马敬老院")
    for day, issue, done in (
        (date(2026, 8, 3), "早已整改", date(2026, 10, 31)),
        (date(2026, 9, 3), "本月整改", date(2026, 11, 2)),
        (date(2026, 9, 4), "还没整改", None),
        (date(2026, 11, 5), "本月发现", date(2026, 11, 6)),
    ):
        values = {"facility_id": home, "inspected_on": day, "inspect_type": "01", "inspectors": "甲、乙", "result": "2"}
        found = saved(township, "facility_inspection", values)
        mended = {"done_on": done, "recheck_by": "乙", "recheck_result": "1"} if done else {}
        hazard = {"issue": issue, "hazard_level": "1", "measure": "更换", "owner": "甲", "due_on": date(2026, 12, 1)}
        saved(township, "facility_issue", {"inspection_id": found, **hazard, **mended})
    rows = table_of(page_of(township, tmp_path, "L13"), "序号")
    assert [row[4] for row in rows[:-1]] == ["本月发现", "还没整改", "本月整改"]
    assert [str(cell)[:10] for cell in rows[0]] == [
        "1", "天马敬老院", "2026-11-05", "消防安全", "本月发现", "一般隐患", "更换", "甲", "2026-12-01", "2026-11-06",
        "乙", "整改到位",
    ]  # fmt: skip
    assert rows[-1][:2] == ["合计", "3条"]


def test_benefits_of_the_month_show_four_digits_of_the_account_and_room_to_sign(
    township: Workspace, tmp_path: Path
) -> None:
    case = add_elder(township, 2, "周春英")
    person = township.records.get("elder_case", case)["person_id"]
    account = {"bank_account": "6217001234567890", "person_id": person}
    for kind, amount, start, end in (
        ("01", "50.00", "2026-01", None),
        ("04", "120.00", "2026-03", "2026-11"),
        ("05", "80.00", "2025-01", "2026-10"),
        ("03", "90.00", "2026-12", None),
    ):
        ended = {"end_month": end, "stop_reason": "3"} if end else {}
        values = {"benefit_type": kind, "amount_month": Decimal(amount), "start_month": start, **account, **ended}
        saved(township, "person_benefit", values)
    rows = table_of(page_of(township, tmp_path, "L14", unmask_reason="发放"), "序号")
    number = id_number(2)
    assert rows == [
        [1, "土桥村", "周春英", number, "居家养老服务补贴", 120, "2026-03", "7890", ""],
        [2, "土桥村", "周春英", number, "高龄津贴", 50, "2026-01", "7890", ""],
        ["合计", "", "1人", "", "2笔", 170, "", "", ""],
    ]
    shown = str(cells_of(page_of(township, tmp_path, "L14")))
    assert number not in shown
    assert "6217001234567890" not in shown


@pytest.mark.parametrize("ledger", LISTED)
def test_the_workbook_says_what_the_paper_says(township: Workspace, tmp_path: Path, ledger: str) -> None:
    some_of_everything(township)
    rows = table_of(page_of(township, tmp_path, ledger), HEADS[ledger].split()[0])
    shown = "".join(paper(township, tmp_path, ledger))
    assert len(rows) > 1
    told = [_as_on_paper(cell) for row in rows for cell in row]
    assert [text for text in told if text not in shown] == []


def _as_on_paper(cell: object) -> str:
    text = cell.strftime("%Y-%m-%d") if isinstance(cell, date) else str(cell)
    return "".join(text.split())


@pytest.mark.parametrize("ledger", [one for one in LEDGERS if one not in WITHOUT_SUM])
def test_a_ledger_of_nobody_is_still_a_page_with_its_sum(township: Workspace, tmp_path: Path, ledger: str) -> None:
    pages = paper(township, tmp_path, ledger)
    assert 1 <= len(pages) <= 3
    assert LEDGERS[ledger] in pages[0]
    assert "合计" in pages[0]
    assert "单位负责人：" in pages[-1]


def test_amounts_show_their_places_on_paper_and_in_the_workbook(township: Workspace, tmp_path: Path) -> None:
    facility(township, "E10", "服务站", floor_area=Decimal("60"))
    facility(township, "E11", "老年食堂", floor_area=Decimal("40.5"))
    page = page_of(township, tmp_path, "L10")
    found = {cell.value: cell.number_format for row in page.iter_rows() for cell in row}
    assert {amount: found[amount] for amount in (60, 40.5, 100.5)} == {60: "0.00", 40.5: "0.00", 100.5: "0.00"}
    (shown,) = paper(township, tmp_path, "L10")
    assert all(text in shown for text in ("60.00", "40.50", "100.50"))
