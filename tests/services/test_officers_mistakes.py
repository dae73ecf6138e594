"""The fifteen mistakes officers make (registers.md G.3), each through the door where it is made, in the words told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from service_desk import (
    HEADER,
    MONTH,
    OTHER_VILLAGE,
    VILLAGE,
    VISIT_HEADER,
    Desks,
    add_elder,
    add_visit,
    elder,
    id_number,
    person_of,
    roster_row,
    take_in,
    visit,
    workbook,
)

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.problem import Kind
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.records import Saved
from anyue_desktop.services.workspace import Workspace


def errors(saved: Saved) -> str:
    """Returns what stands in the way of saving, as the form tells it."""
    assert not saved.saved
    return "；".join(f"{one.message}。{one.hint}" for one in saved.problems if one.kind is Kind.ERROR)


def hints(problems: Sequence[Any]) -> str:
    return "；".join(f"{one.message}。{one.hint}" for one in problems if one.kind is Kind.WARNING)


def told(plan: ImportPlan) -> str:
    return "；".join(problem.message for problem in plan.problems)


def checked(workspace: Workspace, register: str) -> str:
    """Returns what the month's check says of a register."""
    found = [one.problem for one in workspace.checking.run().problems if one.register == register]
    return "；".join(f"{one.message}。{one.hint}" for one in found if one.kind is not Kind.MISSING)


def child(serial: int, born: date, **case: Any) -> dict[str, Any]:
    person = elder(serial)["person"] | {"id_number": id_number(serial, born), "hukou_kind": "1"}
    given = {"child_types": ("01",), "main_type": "01", "enrol_date": date(2024, 1, 5)}
    return {**given, **case, "person": person}


def facility(**values: Any) -> dict[str, Any]:
    given = {
        "name": "土桥村党群服务中心",
        "facility_type": "S01",
        "level": "3",
        "division_code": VILLAGE,
        "status": "1",
    }
    return {**given, **values}


def test_01_the_same_elder_in_two_villages_or_townships_is_found(
    desks: Desks, neighbour: Workspace, tmp_path: Path
) -> None:
    add_elder(desks.township, 2, "周春英")
    again = elder(2, "周春英", person={"residence_division": OTHER_VILLAGE})
    assert "该老年人已有未退出的档案" in errors(desks.township.records.save("elder_case", again))
    apart = desks.township.records.save("person", again["person"])
    assert "身份证号与已登记的“周春英”（土桥村）重复" in errors(apart)
    twice = [roster_row(4, "吴桂英"), roster_row(4, "吴桂英", "聚宝村")]
    assert "是同一个人，只导入一次" in told(take_in(desks.township, workbook(tmp_path / "册.xlsx", HEADER, *twice)))
    add_elder(neighbour, 2, "周春英", person={"residence_division": "512021101200"})
    desks.report()
    neighbour.enrolment.accept(desks.county.county_enrolment.trust(desks.stick).path, "")
    neighbour.reporting.seal(MONTH, desks.stick)
    desks.receive()
    assert "与天马乡登记的人员重复" in {one.message for one in desks.county.returning.returns()}


def test_02_somebody_who_lives_alone_and_is_frail_counts_once(township: Workspace) -> None:
    case = add_elder(township, 2, categories=("01", "04"), main_category="01", self_care_level="3")
    add_visit(township, case)
    (rate,) = (one for one in township.indicators.values(MONTH) if one.id == "I04")
    assert (int(rate.numerator), int(rate.denominator)) == (1, 1)
    assert "每人只算一次" in township.records.register("elder_case").field("categories").help


def test_03_the_dead_and_those_in_a_home_do_not_stay_on_the_list(township: Workspace) -> None:
    case = add_elder(township, 2, "周春英")
    person = person_of(township, "周春英")["id"]
    assert township.records.set("person", person, {"life_status": "2", "death_date": date(2026, 11, 3)}).saved
    assert "本人已死亡，档案还没有退出。请填写退出日期，退出原因选“死亡”" in checked(township, "elder_case")
    assert township.records.adopt("elder_case", case).saved
    assert township.records.get("elder_case", case)["exit_date"] == date(2026, 11, 3)
    moved = add_elder(township, 4, living_arrangement="6", categories=("04",), self_care_level="3")
    assert "本人在养老机构居住，不在每月探访范围" in checked(township, "elder_case")
    assert township.records.adopt("elder_case", moved, ("lives_in_home",)).saved
    assert township.records.get("elder_case", moved)["exit_reason"] == "02"


def test_04_children_leave_the_list_at_sixteen_and_when_the_parents_are_back(township: Workspace) -> None:
    old = township.records.save("child_case", child(2, date(2010, 11, 3)))
    assert "留守儿童已满16周岁。请办理退出，退出原因选“年满16周岁（留守）”" in hints(old.problems)
    back = township.records.save("child_case", child(4, date(2016, 3, 2), father_state="02", mother_state="02"))
    assert "父母没有都外出，或在家的一方能够监护，不再符合“农村留守儿童”" in hints(back.problems)
    for saved, reason in ((old, "01"), (back, "03")):
        assert township.records.adopt("child_case", saved.id).saved
        assert township.records.get("child_case", saved.id)["exit_reason"] == reason


def test_05_a_visit_is_not_in_the_future_nor_before_enrolment_and_a_late_one_says_so(
    township: Workspace, tmp_path: Path
) -> None:
    case = add_elder(township, 2, "周春英")
    rows = [
        ["周春英", id_number(2), "土桥村", day, "上门入户", "良好"]
        for day in ("2026-11-24", "2026-01-04", "2026-10-08")
    ]
    plan = take_in(township, workbook(tmp_path / "探访.xlsx", VISIT_HEADER, *rows), "elder_visit")
    assert "晚于今天（2026-11-23）" in told(plan)
    assert "探访日期 2026-01-04 早于纳入日期 2026-01-05" in told(plan)
    assert "探访日期 2026-10-08 距录入已46天，属于补录" in told(plan)
    assert (plan.new, plan.bad) == (1, 2)
    october = {one.id: one for one in township.indicators.values("2026-10")}["I04"]
    november = {one.id: one for one in township.indicators.values(MONTH)}["I04"]
    assert (int(october.numerator), int(november.numerator)) == (1, 0)
    assert township.records.get("elder_case", case)["last_visit_date"] == date(2026, 10, 8)


def test_06_the_same_sentence_about_five_people_is_noticed(township: Workspace) -> None:
    cases = [add_elder(township, serial) for serial in (2, 4, 6, 8, 10)]
    for number, case in enumerate(cases[:4]):
        add_visit(township, case, date(2026, 11, 2 + number), needs_note="身体良好，无需求")
    last = township.records.save("elder_visit", visit(cases[4], date(2026, 11, 12), needs_note="身体良好，无需求"))
    assert last.saved
    assert "本月有5人以上的“需求描述”完全相同。请按每次看到的实际情况填写" in hints(last.problems)


def test_07_swapped_digits_and_the_number_of_the_spouse_are_refused(township: Workspace) -> None:
    swapped = township.records.save("elder_case", elder(2, person={"id_number": "51209919460302020X"}))
    assert "校验位不对，应为6；交换第16、17位后校验正确，请核对" in errors(swapped)
    (proposed,) = (one.suggestion for one in swapped.problems if one.code == "number_wrong")
    assert proposed == {"person.id_number": "51209919460302002X"}
    wife = elder(2, "张强", person={"sex": "1"})
    sentence = "性别与身份证不一致：填的是男，身份证是女。请核对是否填成了配偶的号码"
    assert sentence in errors(township.records.save("elder_case", wife))


def test_08_a_birthday_by_the_moon_is_not_taken_for_one_by_the_sun(township: Workspace, tmp_path: Path) -> None:
    header = (*HEADER, "出生日期")
    rows = [[*roster_row(2, "周春英"), "农历1946年正月初二"], [*roster_row(4, "吴桂英"), "1946-01-02"]]
    sentences = told(take_in(township, workbook(tmp_path / "册.xlsx", header, *rows)))
    assert "“农历1946年正月初二”是农历，请换算成公历再填写（身份证上的出生日期就是公历）" in sentences
    assert "出生日期与身份证号不一致：表里是1946-01-02，身份证号是1946-03-02，已按身份证号填写，请核对" in sentences
    typed = township.records.save("elder_case", elder(6, person={"birth_date": date(1946, 1, 2)}))
    assert "出生日期与身份证不一致：填的是 1946-01-02，身份证是 1946-03-02。农历生日请按身份证上的公历填写" in errors(
        typed
    )


def test_09_beds_are_counted_once_and_nursing_beds_are_some_of_them(township: Workspace) -> None:
    home = facility(name="天马乡敬老院", facility_type="E01", beds_total=40, beds_full=40, beds_day=10, beds_nursing=20)
    assert "全托 40 张加日托 10 张多于床位总数 40 张。床位总数＝全托＋日托＋其他，请核对" in errors(
        township.records.save("facility", home)
    )
    more = home | {"beds_total": 50, "beds_nursing": 60}
    assert "护理型床位 60 张多于床位总数 50 张" in errors(township.records.save("facility", more))


def test_10_an_area_in_mu_or_hectares_is_noticed(township: Workspace) -> None:
    saved = township.records.save("facility", facility(floor_area=Decimal(5001)))
    assert "建筑面积 5001 ㎡ 过大，可能把亩或公顷当成了平方米。请按平方米填写；1亩≈667㎡，1公顷＝10000㎡" in hints(
        saved.problems
    )
    plain = township.records.save("facility", facility(name="聚宝村党群服务中心", floor_area=Decimal(5000)))
    assert "过大" not in hints(plain.problems)


def test_10_an_area_written_with_its_wrong_unit_is_refused(township: Workspace, tmp_path: Path) -> None:
    header = ("机构（设施）名称", "设施类型", "所在村（社区）", "建筑面积（㎡）")
    rows = [
        ["土桥村党群服务中心", "城乡社区综合服务设施", "土桥村", "0.5亩"],
        ["聚宝村党群服务中心", "S01", "聚宝村", "320㎡"],
    ]
    plan = take_in(township, workbook(tmp_path / "设施.xlsx", header, *rows), "facility")
    assert "“0.5亩”的单位是亩，请换算后再填（1亩≈667㎡）" in told(plan)
    assert (plan.new, plan.bad) == (1, 1)


def test_11_the_denominators_of_last_year_are_worth_a_look(township: Workspace) -> None:
    figures = {"village_code": VILLAGE, "households_reg": 400, "pop_reg": 1300, "pop60_reg": 300}
    assert township.records.save("village_year_base", {**figures, "year": 2025}).saved
    copied = township.records.save("village_year_base", {**figures, "year": 2026})
    assert "户数、人口数与2025年完全相同。请核对是否照抄了上年的数据" in hints(copied.problems)
    changed = {"id": copied.id, **figures, "year": 2026, "pop_reg": 1296}
    assert "完全相同" not in hints(township.records.save("village_year_base", changed).problems)


def test_12_the_county_gets_the_columns_in_the_order_it_asks_for(township: Workspace, tmp_path: Path) -> None:
    add_elder(township, 2, "周春英")
    order = ("person.residence_division", "case_no", "person.name", "categories")
    township.records.keep_columns("elder_case", "县局格式", order)
    paths = Workspace(township.store).records.column_set("elder_case", "县局格式")
    done = township.exporting.export("elder_case", tmp_path / "导出.xlsx", paths=paths)
    page = openpyxl.load_workbook(done.path).worksheets[0]
    header = next(row for row in page.iter_rows(values_only=True) if "姓名" in row)
    assert [cell for cell in header if cell] == ["村（社区）", "档案编号", "姓名", "困难类别"]


def test_13_a_village_named_with_its_old_township_is_understood_or_asked_about(
    township: Workspace, tmp_path: Path
) -> None:
    rows = [
        roster_row(2, "周春英", "天马乡土桥村3组"),
        roster_row(4, "吴桂英", "东学村"),
        roster_row(6, "郑秀英", "石桥铺镇石兴社区"),
    ]
    plan = take_in(township, workbook(tmp_path / "册.xlsx", HEADER, *rows))
    assert person_of(township, "周春英")["residence_division"] == VILLAGE
    assert "东学村" in told(plan)
    assert "“石桥铺镇”是合并前的乡镇，现属石桥街道，请核对" in told(plan)


def test_14_numbers_kept_as_text_still_add_up(township: Workspace, tmp_path: Path) -> None:
    header = ("村（社区）", "年度", "户籍户数", "户籍人口")
    rows = [["土桥村", "2026", "400", "1,300"], ["聚宝村", "2026年", "350 ", "1200人"]]
    plan = take_in(township, workbook(tmp_path / "基础数据.xlsx", header, *rows), "village_year_base")
    assert (plan.new, plan.bad) == (2, 0)
    for serial, village in ((2, VILLAGE), (4, OTHER_VILLAGE)):
        add_visit(township, add_elder(township, serial, person={"residence_division": village}))
    printed = township.printing.print_ledger(LedgerOrder("L3", MONTH), tmp_path / "汇总.xlsx")
    cells = list(openpyxl.load_workbook(printed.path).worksheets[0].iter_rows(values_only=True))
    total = next(row for row in cells if "合计" in {str(cell) for cell in row})
    assert [cell for cell in total if isinstance(cell, int)][:1] == [2]


def test_15_a_lost_stick_is_written_again_and_a_changed_byte_is_refused(desks: Desks, tmp_path: Path) -> None:
    add_elder(desks.township, 2)
    sealed = desks.seal()
    kept = desks.township.store.workspace.outbox / sealed.path.name
    assert kept.read_bytes() == sealed.path.read_bytes()
    sealed.path.unlink()
    other = tmp_path / "新U盘"
    other.mkdir()
    (copy,) = desks.township.reporting.copy_unanswered(other)
    good = bytearray(copy.read_bytes())
    good[len(good) // 2] ^= 1
    copy.write_bytes(good)
    (refused,) = desks.receive(copy)
    assert not refused.taken_in
    assert refused.message
    assert desks.county.records.total("elder_case") == 0
    copy.write_bytes(kept.read_bytes())
    assert desks.receive(copy)[0].taken_in


@pytest.mark.parametrize(("text", "unit"), [("0.5公顷", "公顷"), ("3万元", "万元")])
def test_a_number_in_another_unit_is_never_taken_as_it_stands(township: Workspace, text: str, unit: str) -> None:
    with pytest.raises(UserError, match=f"“{text}”的单位是{unit}，请换算后再填"):
        township.by_words.add("facility", {"name": "甲", "设施类型": "S01", "占地面积（㎡）": text})
