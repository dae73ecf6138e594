"""A small township in which every number is worked out by hand beside the records that make it (registers.md F)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from conftest import Made
from service_desk import OTHER_VILLAGE, VILLAGE, add_elder, add_visit, indicator

from anyue_desktop.core.divisions import divisions
from anyue_desktop.indicators.basis import AS_MADE, Basis
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.workspace import Workspace

MONTH, LAST = "2026-11", "2026-10"
TOWNSHIP = "512021206000"
VILLAGES = [one.code for one in divisions().children(TOWNSHIP)]
THIRD, FOURTH, FIFTH = [code for code in VILLAGES if code not in (VILLAGE, OTHER_VILLAGE)][:3]
Write = Callable[..., list[str]]


@pytest.fixture
def write(township: Workspace) -> Write:
    """Writes rows into a register as received: the numbers matter here, not the forms."""

    def writing(register: str, *rows: dict[str, Any]) -> list[str]:
        with township.store.work("录入") as work:
            return work.insert_many(RECORDS[register], [{"source": "1", "report_state": "1", **row} for row in rows])

    return writing


@pytest.fixture
def tell(township: Workspace) -> Callable[..., IndicatorValue]:
    return lambda number, month=MONTH, village="": indicator(township, number, month, village)


def facility(kind: str, name: str = "设施", **values: Any) -> dict[str, Any]:
    return {"name": name, "facility_type": kind, "division_code": VILLAGE, "status": "1", **values}


def relief(kind: str, willing: str = "1", **values: Any) -> dict[str, Any]:
    person = {"name": "周甲", "id_type": "111", "residence_division": VILLAGE, "hukou_kind": "1", "life_status": "1"}
    return {**person, "relief_class": kind, "central_willing": willing, "central_asked_on": date(2026, 3, 1), **values}


def parts(value: IndicatorValue) -> tuple[Any, Any]:
    return value.numerator, value.denominator


def test_of_those_who_wish_it_some_are_cared_for_in_a_home(write: Write, tell: Any) -> None:
    write(
        "person",
        relief("3"), relief("3"), relief("2"),  # three rural people who wish it, two of them in a home
        relief("2", "2"), relief("3", "9"),  # one does not wish it, one was not asked
        relief("3", hukou_kind="2"),  # of the town
        relief("3", life_status="2", death_date=date(2026, 11, 1)),  # died this month
        relief("0"),
    )  # fmt: skip
    value = tell("I01")
    assert (value.value, *parts(value)) == ("66.7%", 2, 3)
    assert (value.gap, value.state, value.sign, value.share) == ("还差1人", "below", "✗", "66.7%")
    assert "另有1人无意愿，1人未征询意愿" in value.notes
    assert parts(tell("I01", LAST)) == (3, 4)  # she still lived on the last of October
    assert (tell("I01", village=OTHER_VILLAGE).value, tell("I01", village=OTHER_VILLAGE).gap) == ("—", "")


def test_a_wish_of_last_year_is_told(write: Write, tell: Any) -> None:
    write("person", relief("3", central_asked_on=date(2025, 12, 31)), relief("3"))
    assert "1人的意愿不是2026年征询的" in tell("I01").notes


def test_who_cannot_look_after_themselves_is_said_by_the_newest_assessment(write: Write, tell: Any) -> None:
    in_a_home, at_home, better, _ = write("person", relief("3"), relief("2"), relief("3"), relief("2"))
    write(
        "ability_assessment",
        {"person_id": in_a_home, "assessed_on": date(2026, 1, 5), "self_care_level": "3"},
        {"person_id": at_home, "assessed_on": date(2025, 1, 5), "self_care_level": "1"},
        {"person_id": at_home, "assessed_on": date(2026, 11, 5), "self_care_level": "3"},
        {"person_id": better, "assessed_on": date(2025, 1, 5), "self_care_level": "3"},
        {"person_id": better, "assessed_on": date(2026, 2, 5), "self_care_level": "2"},
    )  # fmt: skip
    assert parts(tell("I18")) == (1, 2)
    assert "1名特困人员没有评估生活自理能力，没有计入" in tell("I18").notes
    assert parts(tell("I18", LAST)) == (1, 1)


def test_a_township_has_a_station_or_has_none(write: Write, tell: Any) -> None:
    assert tell("I03").value == "—"  # no facility is registered: nobody knows
    write("facility", facility("S01"))
    assert (tell("I03").value, tell("I03").gap, tell("I36").gap) == ("0.0%", "还差1个乡镇", "还差1个乡镇")
    write("facility", facility("C02", division_code=TOWNSHIP), facility("C02", "第二个", division_code=None))
    assert (tell("I03").value, *parts(tell("I03"))) == ("100.0%", 1, 1)
    assert (tell("I03").met, tell("I36").met, tell("I36").target) == (True, True, "全部")
    assert tell("I03", village=VILLAGE).value == "—"


FATES = [
    ({"status": "1"}, (1, 1)),
    ({"status": "1", "status_date": date(2026, 11, 23)}, (0, 1)),  # put to use today
    ({"status": "1", "status_date": date(2026, 10, 31)}, (1, 1)),
    ({"status": "1", "built_on": "2026-11"}, (0, 1)),
    ({"status": "4", "status_date": date(2026, 11, 1)}, (1, 0)),
    ({"status": "4", "status_date": date(2026, 10, 31)}, (0, 0)),
    ({"status": "3"}, (0, 0)),  # since when is not known
    ({"status": "2"}, (0, 0)),
    ({"status": None}, (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("fate", "counted"), FATES)
def test_a_facility_counts_while_it_is_in_use(
    write: Write, tell: Any, fate: dict[str, Any], counted: tuple[int, int]
) -> None:
    write("facility", facility("F03", **fate))
    assert (tell("I08", LAST).numerator, tell("I08").numerator) == counted


def base(village: str = VILLAGE, year: int = 2026, **values: Any) -> dict[str, Any]:
    return {"village_code": village, "year": year, **values}


def test_beds_for_a_thousand_elders(write: Write, tell: Any, township: Workspace) -> None:
    (home, *_) = write(
        "facility",
        facility("E01", beds_total=40, beds_full=40, beds_day=0, beds_nursing=18),
        facility("E07", "综合体", beds_total=25, beds_full=15, beds_day=10),
        facility("E08", "日照", beds_total=12),  # 日间照料: all of them for the day
        facility("E09", "幸福院"),  # not filled in
        facility("E01", "关停的", beds_total=90, status="4", status_date=date(2026, 1, 1)),
    )
    write("village_year_base", base(pop60_reg=4000, pop60_res=2500), base(OTHER_VILLAGE, pop60_reg=2000))
    value = tell("I07")
    assert (value.value, *parts(value)) == ("9.17", 55, 6000)  # 55 × 1000 ÷ 6000
    assert (value.gap, value.state, value.share) == ("还差5张", "near", "91.7%")
    assert "1个养老服务设施没有填床位数，没有计入" in value.notes
    township.indicators.set_basis(Basis(day_care_beds=True, elder_population="res"))
    assert (tell("I07").value, *parts(tell("I07"))) == ("30.80", 77, 2500)
    township.indicators.set_basis(AS_MADE)
    write("facility_month", {"facility_id": home, "month": LAST, "beds_snapshot": 30, "nursing_snapshot": 16})
    write("facility_month", {"facility_id": home, "month": MONTH, "beds_snapshot": 1, "nursing_snapshot": 1})
    assert tell("I07", LAST).numerator == 45  # what the month's report kept
    assert tell("I07").numerator == 55  # this month is as registered
    assert (parts(tell("I19", LAST)), parts(tell("I19"))) == ((16, 30), (18, 40))


def test_nine_beds_too_few_by_a_hair_are_not_shown_as_enough(write: Write, tell: Any) -> None:
    write("facility", facility("E01", beds_total=9999, beds_day=0))
    write("village_year_base", base(pop60_reg=1_000_000))
    assert (tell("I07").value, tell("I07").met, tell("I07").share) == ("9.99", False, "99.9%")


def test_a_regional_centre_is_a_home_only_when_it_is_filed(write: Write, tell: Any) -> None:
    write(
        "facility",
        facility("E06", beds_total=10, beds_nursing=10, is_filed=True, meets_gbt35796=True),
        facility("E06", "未备案", beds_total=90, beds_nursing=0, is_filed=False),
        facility("E04", "民办", beds_total=10, beds_nursing=2, meets_gbt35796=False, is_smart=True),
    )
    assert parts(tell("I19")) == (12, 20)
    assert (tell("I27").value, *parts(tell("I27"))) == ("50.0%", 1, 2)
    assert (tell("I25").value, tell("I28").value, tell("I24").value) == ("2", "1", "0")


def test_a_count_of_the_countys_is_not_judged_in_a_township(write: Write, tell: Any) -> None:
    write("facility", facility("F02"), facility("F05", "经营性"), facility("F06", "生态"))
    value = tell("I08")
    assert (value.value, value.numerator, value.denominator) == ("2", 2, None)
    assert (value.target, value.met, value.state, value.gap, value.share) == ("1个", None, "", "", "")


def test_volunteers_area_and_size_of_community_facilities(write: Write, tell: Any, township: Workspace) -> None:
    write(
        "facility",
        facility("S01", "甲", floor_area=Decimal("299.99"), has_volunteer_site=True),
        facility("S01", "乙", floor_area=Decimal("300.00"), has_volunteer_site=False, division_code=OTHER_VILLAGE),
        facility("S01", "丙", has_volunteer_site=True),
        facility("S01", "丁", floor_area=Decimal("120.50"), has_volunteer_site=True, in_new_estate=True,
                 households_served=250),
    )  # fmt: skip
    write("village_year_base", base(households_reg=1500, households_res=1000), base(OTHER_VILLAGE, households_reg=1000))
    assert (tell("I09").value, *parts(tell("I09"))) == ("75.0%", 3, 4)
    assert (tell("I15").value, *parts(tell("I15"))) == ("28.8", Decimal("720.49"), 2500)  # 720.49 × 100 ÷ 2500
    assert (tell("I15").gap, tell("I15").state) == ("还差30㎡", "near")  # 750 ㎡ are wanted, 29.51 are missing
    assert (tell("I20").value, *parts(tell("I20"))) == ("25.0%", 1, 4)
    assert (tell("I21").value, *parts(tell("I21"))) == ("48.2", Decimal("120.5"), 250)
    assert tell("I15", village=OTHER_VILLAGE).value == "30.0"
    township.indicators.set_basis(Basis(households="res"))
    assert parts(tell("I15")) == (Decimal("720.49"), 1000)


def test_the_newest_earlier_year_is_used_and_told(write: Write, tell: Any) -> None:
    write(
        "village_year_base",
        base(year=2024, deaths=50, cremations=1),
        base(year=2025, deaths=20, cremations=9),
        base(year=2027, deaths=99, cremations=99),  # a year still to come
        base(OTHER_VILLAGE, deaths=10, cremations=None),  # half filled in: left out
    )
    value = tell("I14")
    assert (value.value, *parts(value)) == ("45.0%", 9, 20)
    assert "用的是2025年的基础数据，2026年的还没有填" in value.notes
    assert f"{len(VILLAGES) - 1}个村（社区）没有填“全年死亡人数”、“其中火化”，没有计入" in value.notes
    write("village_year_base", base(OTHER_VILLAGE, year=2025, deaths=20, cremations=1))
    write("village_year_base", base(THIRD, deaths=10, cremations=4))
    assert parts(tell("I14")) == (14, 50)
    assert "2个村（社区）用的是2025年的基础数据，2026年的还没有填" in tell("I14").notes
    assert "分母用的是2025年的基础数据，2026年的还没有填" in _after(write, tell)


def _after(write: Write, tell: Any) -> tuple[str, ...]:
    write("facility", facility("S01", floor_area=Decimal(300)))
    write("village_year_base", base(FOURTH, year=2025, households_reg=1000))
    notes: tuple[str, ...] = tell("I15").notes
    return notes


def test_no_deaths_give_no_rate(write: Write, tell: Any) -> None:
    assert "2026年和以前的基础数据都没有填“全年死亡人数”、“其中火化”" in tell("I14").notes
    write("village_year_base", base(deaths=0, cremations=0))
    assert (tell("I14").value, tell("I14").met, tell("I14").gap) == ("—", None, "")


def test_subsidies_are_given_to_all_but_one(write: Write, tell: Any, township: Workspace) -> None:
    short, whole = write(
        "village_year_base",
        base(disabled_hard_should=1000, disabled_hard_got=999, disabled_severe_should=4, disabled_severe_got=4),
        base(OTHER_VILLAGE, disabled_hard_should=1000, disabled_hard_got=1000),
    )
    assert (tell("I17a").value, tell("I17a").gap, tell("I17a").share) == ("99.9%", "还差1人", "99.9%")
    assert (tell("I17b").value, tell("I17b").met) == ("100.0%", True)
    assert township.indicators.behind("I17a", MONTH, "missing").ids == [short]
    assert set(township.indicators.behind("I17a", MONTH, "denominator").ids) == {short, whole}


def test_home_care_runs_where_the_village_says_so_or_somebody_is_served(
    write: Write, tell: Any, township: Workspace
) -> None:
    assert tell("I05").value == "—"
    write("village_year_base", base(homecare_running=True), base(THIRD, homecare_running=False))
    people = write("person", *(relief("0", residence_division=OTHER_VILLAGE) for _ in range(3)))
    served, ended, idle, *_ = write(
        "homecare_enrolment",
        {"person_id": people[0], "start_date": date(2026, 1, 1)},
        {"person_id": people[1], "start_date": date(2026, 1, 1), "end_date": date(2026, 11, 23)},
        {"person_id": people[2], "start_date": None},
    )
    write(
        "homecare_log",
        *({"enrolment_id": served, "month": "2026-10", "service_type": kind, "times": 2} for kind in ("01", "02")),
        {"enrolment_id": ended, "month": "2026-11", "service_type": "01", "times": 3},
        {"enrolment_id": idle, "month": "2026-11", "service_type": "01", "times": 0},
        {"enrolment_id": idle, "month": "2025-12", "service_type": "01", "times": 9},
    )
    assert (tell("I05").numerator, tell("I05").denominator) == (2, len(VILLAGES))
    assert (tell("I06").value, tell("I06").year_value, tell("I06").target) == ("0", "1", "12000人")
    assert tell("I06", LAST).value == "1"  # two services, one person
    township.indicators.set_basis(Basis(homecare_reading="B"))
    assert (tell("I05").value, tell("I05").numerator) == ("—", 1)
    assert "没有居家养老目标人数，算不出覆盖率" in tell("I05").notes
    township.indicators.set_basis(Basis(homecare_reading="B", homecare_target=4))
    assert (tell("I05").value, *parts(tell("I05"))) == ("25.0%", 1, 4)
    assert tell("I05", village=OTHER_VILLAGE).value == "—"  # the target is the township's


def test_staff_in_post_and_trained_in_the_year(write: Write, tell: Any, township: Workspace) -> None:
    first, second, left, *_ = write(
        "protect_staff",
        {"name": "甲", "role": "2", "duty_division": VILLAGE, "on_date": date(2024, 1, 1)},
        {"name": "乙", "role": "1", "duty_division": TOWNSHIP, "on_date": date(2024, 1, 1)},
        {"name": "丙", "role": "2", "duty_division": OTHER_VILLAGE, "off_date": date(2026, 11, 23)},
        {"name": "丁", "role": "4", "duty_division": THIRD},
    )
    write(
        "staff_training",
        {"title": "一", "trained_on": date(2026, 1, 1), "attendees": (first, left)},
        {"title": "二", "trained_on": date(2026, 5, 1), "attendees": (first,)},
        {"title": "去年", "trained_on": date(2025, 12, 31), "attendees": (second,)},
    )
    assert (tell("I23").value, *parts(tell("I23"))) == ("50.0%", 1, 2)
    assert parts(tell("I23", LAST)) == (2, 3)
    assert (parts(tell("I34")), parts(tell("I34", LAST))) == ((1, len(VILLAGES)), (2, len(VILLAGES)))
    assert tell("I34").gap == f"还差{len(VILLAGES) - 1}个村（社区）"
    assert (tell("I34", village=VILLAGE).value, tell("I34", village=FIFTH).value) == ("100.0%", "0.0%")
    missing = township.indicators.behind("I34", MONTH, "missing")
    assert (missing.register, missing.ids) == ("", [one for one in VILLAGES if one != VILLAGE])


def test_social_workers_charters_and_renovation(write: Write, tell: Any) -> None:
    write(
        "village_year_base",
        base(area_kind="1", social_workers=3, has_charter=True),
        base(OTHER_VILLAGE, area_kind="1", social_workers=0, has_charter=False),
        base(THIRD, area_kind="2", social_workers=1),
        base(FOURTH, area_kind="3", social_workers=9),
    )
    write(
        "facility",
        facility("S01", renovated=True), facility("S01", "乙", renovated=None, division_code=OTHER_VILLAGE),
        facility("S01", "丙", renovated=True, division_code=FOURTH), facility("S02", "社工站"),
    )  # fmt: skip
    assert (tell("I31a").value, *parts(tell("I31a")), tell("I31a").gap) == ("1.50", 3, 2, "还差1名社工")
    assert (tell("I31b").value, tell("I31b").met) == ("1.00", True)
    assert parts(tell("I35")) == (1, len(VILLAGES))
    assert (tell("I22").value, *parts(tell("I22"))) == ("50.0%", 1, 2)
    assert tell("I30").value == "100.0%"


def test_what_the_county_enters_has_no_value_in_a_township(write: Write, tell: Any) -> None:
    figures = {"orgs_service_capable": 12, "minor_center": 1, "counselling_rate": Decimal(30)}
    write("county_manual", {"year": 2026, **figures})
    for number in ("I02", "I11", "I12", "I13a", "I16", "I32", "I33"):
        value = tell(number)
        assert (value.value, value.met, value.gap) == ("—", None, ""), number
        assert "由县局填报" in value.notes


def test_one_who_left_in_the_month_and_one_in_two_classes(township: Workspace, tell: Any) -> None:
    twice = add_elder(township, 2, categories=("01", "04"))
    add_visit(township, twice)
    add_elder(township, 4, exit_date=date(2026, 11, 10), exit_reason="02")
    add_elder(township, 6)
    assert (tell("I04").value, *parts(tell("I04"))) == ("50.0%", 1, 2)


def test_whether_late_comers_count_is_a_matter_of_the_basis(township: Workspace, tell: Any) -> None:
    add_elder(township, 2, enrol_date=date(2026, 10, 25))
    late = add_elder(township, 4, enrol_date=date(2026, 10, 26))
    assert (tell("I04", LAST).denominator, tell("I04", LAST).notes[0]) == (2, "其中当月25日后新增1人")
    assert late in township.indicators.behind("I04", LAST, "missing").ids
    township.indicators.set_basis(Basis(late_enrolled_counts=False))
    assert tell("I04", LAST).denominator == 1
    assert late not in township.indicators.behind("I04", LAST, "missing").ids
    assert sum(one.due for one in township.indicators.villages(LAST)) == 1
    assert tell("I04").denominator == 2


def test_a_years_rate_is_the_mean_of_its_months_and_names_the_worst(township: Workspace, tell: Any) -> None:
    first = add_elder(township, 2, enrol_date=date(2026, 9, 1))
    second = add_elder(township, 4, enrol_date=date(2026, 10, 1))
    add_visit(township, first, date(2026, 9, 5))
    add_visit(township, first, date(2026, 10, 5))
    for case in (first, second):
        add_visit(township, case, date(2026, 11, 5))
    value = tell("I04")  # September 1 of 1, October 1 of 2, November 2 of 2; before, nobody was due
    assert (value.value, value.year_value) == ("100.0%", "83.3%")
    assert "年累计是3个月的平均，最低的是10月（50.0%）" in value.notes
    year = next(one for one in township.indicators.values(MONTH, whole_year=True) if one.id == "I04")
    assert (year.value, year.numerator, year.denominator, year.met) == ("83.3%", 4, 5, False)
    assert township.indicators.behind("I04", MONTH, "missing", whole_year=True).ids == [second]


@pytest.fixture
def county_desk(enrolled: Any, opened: Callable[[Made, str], Workspace]) -> Iterator[Workspace]:
    workspace = opened(enrolled.county, "县")
    with workspace.store.work("县级数据") as work:
        work.insert_many(
            RECORDS["county_manual"],
            [
                {"source": "1", "report_state": "1", "year": 2025, "std_dibao_urban": Decimal(700),
                 "std_dibao_rural": Decimal("600"), "consumption_growth": Decimal("9.9")},
                {"source": "1", "report_state": "1", "year": 2026, "std_dibao_urban": Decimal(735),
                 "std_dibao_rural": Decimal("629.95"), "consumption_growth": Decimal("5.0"), "minor_center": 1,
                 "minor_center_std": False, "rescue_identified": 40, "rescue_returned": 39,
                 "social_workers_total": 290, "counselling_rate": Decimal("19.96")},
            ],
        )  # fmt: skip
    yield workspace


def test_the_countys_own_figures(county_desk: Workspace) -> None:
    values = {one.id: one for one in county_desk.indicators.values(MONTH)}
    assert (values["I13a"].value, values["I13a"].target, values["I13a"].met) == ("5.0%", "≥5.0%", True)
    assert (values["I13b"].value, values["I13b"].gap, values["I13b"].state) == ("4.9%", "还差0.05元", "near")
    assert (values["I13c"].value, values["I13c"].met) == ("—", None)
    assert (values["I02"].value, values["I02"].met) == ("1", True)
    assert (values["I16"].value, values["I16"].gap) == ("97.5%", "还差1人")
    assert (values["I12"].value, values["I12"].gap, values["I12"].share) == ("290", "还差10人", "96.7%")
    assert (values["I32"].value, values["I32"].met) == ("19.9%", False)
    assert (values["I33"].value, values["I33"].met) == ("未达成", False)
    assert (values["I03"].denominator, values["I34"].denominator) == (46, 553)
    next_year = {one.id: one for one in county_desk.indicators.values("2027-01")}
    assert "用的是2026年的县级年度数据，2027年的还没有填" in next_year["I16"].notes
