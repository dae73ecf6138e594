from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.dates import (
    Precision,
    age_on,
    first_day,
    last_day,
    month_of,
    read_date,
    read_month,
    read_time,
    shifted,
)
from anyue_desktop.core.field_type import BadValue, Context

NEW_YEAR_1950 = date(1950, 1, 1)


@pytest.mark.parametrize(
    "raw",
    [
        "1950.1.1",
        "1950-1-1",
        "1950/1/1",
        "1950年1月1日",
        "1950年01月01日",
        "19500101",
        19500101,
        19500101.0,
        "１９５０．１．１",
        " 1950 年 1 月 1 日 ",
        "1950-01-01 00:00:00",
        "1950年1月1日（星期日）",
        "1950、1、1",
        date(1950, 1, 1),
        datetime(1950, 1, 1, 8, 30),
        18264,
        18264.0,
        18264.35,
        "18264",
    ],
)
def test_a_day_is_read_in_every_form_sheets_use(raw: object, context: Context) -> None:
    found = read_date(raw, context)
    assert found is not None
    assert (found.value, found.precision) == (NEW_YEAR_1950, Precision.DAY)


@pytest.mark.parametrize("raw", ["1950年1月", "1950.01", "195001", "1950-1", 1950.01, "1950年01月份"])
def test_a_month_is_read_as_its_first_day_and_says_so(raw: object, context: Context) -> None:
    found = read_date(raw, context)
    assert found is not None
    assert (found.value, found.precision) == (NEW_YEAR_1950, Precision.MONTH)
    assert "没有日" in found.notes[0]


@pytest.mark.parametrize("raw", ["1950年", "1950", 1950, 1950.0])
def test_a_year_is_read_as_its_first_day_and_says_so(raw: object, context: Context) -> None:
    found = read_date(raw, context)
    assert found is not None
    assert (found.value, found.precision) == (NEW_YEAR_1950, Precision.YEAR)
    assert found.notes


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("50.1.1", "只有两位"),
        ("50年1月1日", "只有两位"),
        ("50.1", "只有两位"),
        ("农历正月初一", "是农历"),
        ("1950年正月", "是农历"),
        ("1950年腊月廿三", "是农历"),
        ("1950.2.30", "1950-02-30 不存在"),
        ("19501301", "1950-13-01 不存在"),
        ("2023年2月29日", "2023-02-29 不存在"),
        ("11月3日", "没有年份"),
        ("11.3", "没有年份"),
        ("明天", "看不出是哪一天"),
        ("9999-01-01", "晚于2199年"),
        ("1799-01-01", "早于1880年"),
        (1950.1, "1月还是10月"),
        (60, "1900-02-29"),
        (-5, "看不出是哪一天"),
        (True, "看不出是哪一天"),
        (float("nan"), "看不出是哪一天"),
    ],
)
def test_what_is_no_certain_day_is_refused_with_its_reason(raw: object, sentence: str, context: Context) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_date(raw, context)


@pytest.mark.parametrize("raw", ["11月3日", "11.3", "11-3", "11/03", 11.03])
def test_a_day_without_year_takes_the_year_of_the_title(raw: object, context: Context) -> None:
    found = read_date(raw, replace(context, year=2026))
    assert found is not None
    assert found.value == date(2026, 11, 3)
    assert "没有年份" in found.notes[0]


def test_a_number_that_may_be_the_3rd_or_the_30th_is_asked(context: Context) -> None:
    with pytest.raises(BadValue, match="3日还是30日"):
        read_date(11.3, replace(context, year=2026))


@pytest.mark.parametrize(("serial", "day"), [(1, date(1900, 1, 1)), (59, date(1900, 2, 28)), (61, date(1900, 3, 1))])
def test_excel_serials_step_over_the_day_excel_invented(serial: int, day: date, context: Context) -> None:
    found = read_date(serial, context)
    assert found is not None
    assert found.value == day
    assert "日期序号" in found.notes[0]


@pytest.mark.parametrize("raw", [None, "", "  ", "/", "—"])
def test_a_blank_cell_has_no_date(raw: object, context: Context) -> None:
    assert read_date(raw, context) is None


@given(
    st.dates(date(1880, 1, 1), date(2199, 12, 31)),
    st.sampled_from(["{0}.{1}.{2}", "{0}/{1:02}/{2:02}", "{0}年{1}月{2}日"]),
)
def test_every_day_of_the_calendar_is_read(day: date, form: str) -> None:
    found = read_date(form.format(day.year, day.month, day.day), Context(date(2026, 11, 23)))
    assert found is not None
    assert found.value == day


@pytest.mark.parametrize(
    "raw", ["2026-11", "202611", "2026年11月", "2026.11", "2026年11月份", date(2026, 11, 9), "2026-11-09"]
)
def test_a_month_is_read(raw: object, context: Context) -> None:
    assert read_month(raw, context) == "2026-11"


def test_a_month_without_year_takes_the_year_of_the_title(context: Context) -> None:
    assert read_month("11月", replace(context, year=2026)) == "2026-11"
    with pytest.raises(BadValue):
        read_month("11月", context)


def test_a_year_is_no_month(context: Context) -> None:
    with pytest.raises(BadValue, match="只有年份"):
        read_month("2026", context)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("9:30", "09:30"),
        ("０９：３０", "09:30"),
        ("9点半", "09:30"),
        ("下午3点", "15:00"),
        ("14时05分", "14:05"),
        ("晚上12:10", "12:10"),
        (0.5, "12:00"),
        (time(8, 5), "08:05"),
        ("9:30:15", "09:30"),
    ],
)
def test_a_time_is_read(raw: object, text: str) -> None:
    assert read_time(raw) == text


@pytest.mark.parametrize("raw", ["24:00", "9:60", "早上", "930"])
def test_what_is_no_time_is_refused(raw: str) -> None:
    with pytest.raises(BadValue, match="不是时间"):
        read_time(raw)


def test_age_is_full_years() -> None:
    assert age_on(date(1941, 3, 5), date(2026, 3, 4)) == 84
    assert age_on(date(1941, 3, 5), date(2026, 3, 5)) == 85


def test_someone_born_on_29_february_grows_older_on_1_march() -> None:
    assert age_on(date(1952, 2, 29), date(2026, 2, 28)) == 73
    assert age_on(date(1952, 2, 29), date(2026, 3, 1)) == 74
    assert age_on(date(1952, 2, 29), date(2024, 2, 29)) == 72


def test_months_know_their_days_and_neighbours() -> None:
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert month_of(date(2026, 11, 23)) == "2026-11"
    assert (shifted("2026-01", -1), shifted("2026-12", 1), shifted("2026-05", -24)) == ("2025-12", "2027-01", "2024-05")
