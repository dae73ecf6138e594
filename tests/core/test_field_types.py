"""Every field type keeps the promises of `FieldType`."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core import names
from anyue_desktop.core.codes import code_list, code_lists
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.field_type import BadValue, Context, FieldType
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.resident_id import check_character
from anyue_desktop.core.types import (
    Code,
    Codes,
    Date,
    Division,
    Integer,
    Minutes,
    Moment,
    Month,
    Name,
    Number,
    Phone,
    Ref,
    ResidentId,
    Text,
    TimeOfDay,
    YesNo,
)

TIANMA = "512021206000"
TODAY = date(2026, 11, 23)
HERE = Context(TODAY, TIANMA, 2026)
COUNTY = Context(TODAY)

days = st.dates(date(1880, 1, 1), date(2199, 12, 31))
han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
rare = st.sampled_from("䶮㛃𣲗𬌗𠅤𪚥")
villages = [village.code for one in divisions().townships() for village in divisions().children(one.code)]
id_numbers = st.builds(
    lambda birth, order: f"512099{birth:%Y%m%d}{order:03d}", st.dates(date(1930, 1, 1), TODAY), st.integers(0, 999)
).map(lambda first: first + check_character(first))
raw_values = st.one_of(
    st.text(),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.dates(),
    st.datetimes(),
    st.decimals(),
    st.text(alphabet="0123456789.-/年月日Xx 张村组社无、，()（）:点eE+农历"),
)

words = st.text(alphabet=st.one_of(han, rare, st.sampled_from("abc ，。 12")), min_size=1)


def in_order(name: str) -> Callable[[Iterable[str]], tuple[str, ...]]:
    return code_list(name).in_order


VALUES: list[tuple[FieldType[Any], st.SearchStrategy[Any]]] = [
    (Text(200), words.map(lambda text: " ".join(text.split())).filter(bool)),
    (Text(200, multiline=True), st.lists(st.text(alphabet=han, min_size=1), min_size=1, max_size=4).map("\n".join)),
    (
        Name(),
        st.text(alphabet=st.one_of(han, rare), min_size=2, max_size=8).filter(
            lambda name: name not in names.NONE_WORDS
        ),
    ),
    (Date(), days),
    (Month(), days.map(lambda day: day.isoformat()[:7])),
    (Moment(), st.datetimes(datetime(1900, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.isoformat(" ")[:16])),
    (TimeOfDay(), st.times().map(lambda time: time.isoformat("minutes")[:5])),
    (Integer(-10, 10_000), st.integers(-10, 10_000)),
    (Number(10, 2, -5, 99_999_999), st.decimals(-5, 99_999_999, places=2)),
    (YesNo(), st.booleans()),
    (Phone(), st.from_regex(r"\A(1[3-9][0-9]{9}|028-[2-8][0-9]{7}(-[0-9]{1,5})?)\Z")),
    (ResidentId(), id_numbers),
    (Division("village"), st.sampled_from(villages)),
    (Division("township"), st.sampled_from([one.code for one in divisions().townships()])),
    (Ref("person"), st.uuids().map(str)),
    (Code("family_relation"), st.sampled_from(code_list("family_relation").codes)),
    (Codes("care_need"), st.sets(st.sampled_from(code_list("care_need").codes), min_size=1).map(in_order("care_need"))),
]

KINDS = [kind for kind, _ in VALUES]


@pytest.mark.parametrize("kind", KINDS, ids=repr)
@given(raw=raw_values)
def test_whatever_stands_in_a_cell_is_read_or_refused_and_never_breaks(kind: FieldType[Any], raw: object) -> None:
    for context in (HERE, COUNTY):
        try:
            reading = kind.parse(raw, context)
        except BadValue as refusal:
            assert any("\u4e00" <= char <= "\u9fff" for char in str(refusal))
            continue
        if reading.value is not None:
            assert kind.check(reading.value, context) is None


@pytest.mark.parametrize(("kind", "values"), VALUES, ids=[repr(kind) for kind, _ in VALUES])
def test_a_value_survives_the_screen_and_the_package(kind: FieldType[Any], values: st.SearchStrategy[Any]) -> None:
    @given(values)
    def survives(value: Any) -> None:
        assert kind.check(value, COUNTY) is None
        assert kind.parse(kind.show(value), COUNTY).value == value
        stored = json.loads(json.dumps(kind.dump(value)))
        assert kind.load(stored) == value
        assert kind.dump(kind.load(stored)) == stored

    survives()


@pytest.mark.parametrize("name", sorted(code_lists()))
def test_every_choice_of_every_list_survives_the_screen(name: str) -> None:
    codes = code_list(name).codes
    for code in codes:
        assert Code(name).parse(Code(name).show(code), HERE).value == code
    for start in range(len(codes)):
        chosen = codes[start::3] + codes[start + 1 :: 3]
        chosen = code_list(name).in_order(chosen)
        assert Codes(name).parse(Codes(name).show(chosen), HERE).value == chosen


@pytest.mark.parametrize("kind", KINDS, ids=repr)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000"])
def test_a_blank_cell_gives_nothing(kind: FieldType[Any], raw: object) -> None:
    assert kind.parse(raw, HERE).value is None


@pytest.mark.parametrize("kind", KINDS, ids=repr)
@pytest.mark.parametrize("stored", [None, {"a": "b"}, 1.5])
def test_stored_json_of_another_form_is_refused(kind: FieldType[Any], stored: Any) -> None:
    with pytest.raises(BadValue):
        kind.load(stored)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(3), "四个字呀"),
        (Text(10), "两\n行"),
        (Text(10), "尾 "),
        (Text(10), "a\u202eb"),
        (Text(10), "a\x00b"),
        (Name(), "张 三"),
        (Name(), "张3"),
        (Name(), ""),
        (Name(), "暂无"),
        (Name(), "e\u0301x"),
        (Date(not_after_today=True), date(2026, 11, 24)),
        (Date(), date(1800, 1, 1)),
        (Month(), "2026-13"),
        (Month(), "2026-1"),
        (Month(), "0001-01"),
        (TimeOfDay(), "9:30"),
        (Moment(), "2026-11-03"),
        (Moment(), "2026-11-03T09:30"),
        (Moment(), "2026-02-30 09:30"),
        (Moment(), "2026-11-03 24:00"),
        (Moment(), "1800-11-03 09:30"),
        (Moment(not_after_today=True), "2026-11-24 09:30"),
        (Integer(0, 20), 21),
        (Integer(0, 20), -1),
        (Number(6, 2, 0, 9999), Decimal("10000")),
        (Number(6, 2, 0, 9999), Decimal("1.234")),
        (Number(6, 2, 0, 99999), Decimal("10000")),
        (Number(6, 2, 0, 9999), Decimal("NaN")),
        (Code("sex"), "7"),
        (Codes("care_need"), ("01", "77")),
        (Codes("care_need"), ("02", "01")),
        (Codes("care_need"), ("01", "01")),
        (Codes("care_need", exclusive="00"), ("00", "01")),
        (Phone(), "12345"),
        (Phone(), "138 0000 1111"),
        (ResidentId(), "512099194103051226"),
        (ResidentId(), "51209920120718018x"),
        (ResidentId(), "512099410305122"),
        (ResidentId(), "123"),
        (Division("village"), TIANMA),
        (Division("township"), "512021206200"),
        (Division("village"), "999999999999"),
        (Ref("person"), "abc"),
        (Ref("person"), "0190A1B2-0000-7000-8000-000000000000"),
    ],
)
def test_a_value_that_could_not_have_been_read_is_refused_on_reception(kind: FieldType[Any], value: Any) -> None:
    sentence = kind.check(value, HERE)
    assert sentence
    assert any("\u4e00" <= char <= "\u9fff" for char in sentence)


@pytest.mark.parametrize(
    ("kind", "raw", "beside"),
    [
        (ResidentId(), "512099194103051225", {"birth_date": date(1941, 3, 5), "sex": "2", "id_verified": "1"}),
        (ResidentId(), "512099410305122", {"birth_date": date(1941, 3, 5), "sex": "2", "id_verified": "3"}),
        (ResidentId(), "CHN510012345678", {"id_type": "553", "id_verified": "1"}),
        (ResidentId(), "无", {"id_type": "000", "id_missing_reason": "9"}),
        (ResidentId(), "待补", {"id_type": "000", "id_missing_reason": "3"}),
        (ResidentId(), "未落户", {"id_type": "000", "id_missing_reason": "1"}),
        (Name(), "王五（已故）", {"remark": "已故"}),
        (Date(), "1950年1月", {"precision": "2"}),
        (Date(), "1950", {"precision": "3"}),
        (Date(), "1950-01-01", {}),
        (Phone(), "13800001111/028-24512345", {"phone2": "028-24512345"}),
        (Division("village"), "土桥村三社", {"group_name": "3社"}),
    ],
)
def test_what_a_text_says_of_other_fields_is_read_beside_it(
    kind: FieldType[Any], raw: str, beside: dict[str, Any]
) -> None:
    assert dict(kind.parse(raw, HERE).beside) == beside


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-03 09:05",
        "2026.11.3 9:05",
        "2026年11月3日9点5分",
        "2026 年 11 月 3 日 上午9点05分",
        "2026-11-03T09:05",
        "１１月3日 9：05",
        datetime(2026, 11, 3, 9, 5),
        46329 + (9 * 60 + 5) / 1440,
    ],
)
def test_a_moment_is_read_as_people_write_it(raw: object) -> None:
    assert Moment().parse(raw, HERE).value == "2026-11-03 09:05"


@pytest.mark.parametrize(
    "raw",
    ["2026-11-03", "2026年11月3日", date(2026, 11, 3), datetime(2026, 11, 3), 46329.0, float("inf"), "2026年11月 9:05"],
)
def test_a_moment_without_day_or_time_is_refused(raw: object) -> None:
    with pytest.raises(BadValue, match="2026-11-23 09:30"):
        Moment().parse(raw, HERE)


@pytest.mark.parametrize("stored", ["20261103", "2026-W45-2", "2026-11-3", "2026-13-01", ""])
def test_a_stored_date_has_one_form(stored: str) -> None:
    with pytest.raises(BadValue, match="YYYY-MM-DD"):
        Date().load(stored)


def test_same_as_above_is_no_id_number() -> None:
    with pytest.raises(BadValue, match="同上"):
        ResidentId().parse("同上", HERE)


def test_a_passport_is_read_when_the_document_says_so() -> None:
    assert ResidentId().parse_as("12345678", "511", HERE).value == "12345678"
    assert ResidentId().check("12345678", HERE) is None
    with pytest.raises(BadValue):
        ResidentId().parse("12345678", HERE)


def test_a_wrong_check_character_passes_reception_only_where_a_rule_decides() -> None:
    assert ResidentId(may_be_forced=True).check("512099194103051226", HERE) is None
    assert ResidentId(may_be_forced=True).check("51209919410230122X", HERE) is not None
    with pytest.raises(BadValue):
        ResidentId(may_be_forced=True).parse("512099194103051226", HERE)


def test_a_day_after_today_is_refused_where_it_must_have_happened() -> None:
    with pytest.raises(BadValue, match="晚于今天"):
        Date(not_after_today=True).parse("2026-11-24", HERE)
    assert Date().parse("2026-11-24", HERE).value == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        ("独居、失能", ("01", "04")),
        ("失能，独居", ("01", "04")),
        ("独居 失能", ("01", "04")),
        ("独居;空巢；重残", ("01", "02", "05")),
        ("01/04", ("01", "04")),
        ("独居、独居", ("01",)),
        ("独居\n失能", ("01", "04")),
    ],
)
def test_several_choices_stand_in_one_cell(raw: str, codes: tuple[str, ...]) -> None:
    assert Codes("elderly_category").parse(raw, HERE).value == codes


def test_none_of_them_stands_alone() -> None:
    needs = Codes("care_need", exclusive="00")
    assert needs.parse("无", HERE).value == ("00",)
    with pytest.raises(BadValue, match="不能和其他选项同时选"):
        needs.parse("无、助餐", HERE)


@pytest.mark.parametrize("raw", ["是", "有", "√", "✓", "Y", "yes", "1", 1, 1.0, True])
def test_yes_is_written_in_many_ways(raw: object) -> None:
    assert YesNo().parse(raw, HERE).value is True


@pytest.mark.parametrize("raw", ["否", "无", "没有", "×", "N", "0", 0, 0.0, False])
def test_no_is_written_in_many_ways(raw: object) -> None:
    assert YesNo().parse(raw, HERE).value is False


@pytest.mark.parametrize(
    ("raw", "text"),
    [("1,234.5元", "1234.50"), (0.1 + 0.2, "0.30"), ("１２．５", "12.50"), ("¥20", "20.00"), (3, "3.00")],
)
def test_amounts_are_read_exactly(raw: object, text: str) -> None:
    kind = Number(10, 2, 0, 20000)
    value = kind.parse(raw, HERE).value
    assert value is not None
    assert kind.show(value) == text


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    [
        (Number(10, 2, 0, 20000), "1.234", "最多2位小数"),
        (Number(10, 2, 0, 20000), 1e300, "应在0到20000之间"),
        (Number(10, 2, 0, 20000), "壹百", "应为数字"),
        (Integer(0, 20), 2.5, "应为整数"),
        (Integer(0, 20), "21人", "现为21"),
        (Text(20), 6.217001234567891e18, "数字"),
        (Text(3), "四个字呀", "最多3个字，现为4个字"),
        (Division("village"), "天马乡", "请写到村"),
    ],
)
def test_the_sentence_names_what_is_wrong(kind: FieldType[Any], raw: object, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        kind.parse(raw, HERE)


@pytest.mark.parametrize("kind", [Name(), Text(20)], ids=repr)
def test_a_character_no_font_can_draw_is_kept_and_named_in_a_note(kind: FieldType[Any]) -> None:
    reading = kind.parse("王\U0003ab12", HERE)
    assert reading.value == "王\U0003ab12"
    assert "U+3AB12" in reading.notes[0]
    assert kind.parse("王䶮㛃𣲗𬌗𠅤", HERE).notes == ()


def test_a_name_is_counted_in_characters_not_in_utf_16_units() -> None:
    assert Name().parse("𣲗" * names.LONGEST, HERE).value == "𣲗" * names.LONGEST


def test_a_village_of_any_township_is_read_back_or_asked_but_never_mistaken() -> None:
    village = Division("village")
    for code in villages:
        try:
            assert village.parse(village.show(code), HERE).value == code
        except BadValue as refusal:
            assert "请写明是哪一个" in str(refusal)


def test_a_reference_names_its_register() -> None:
    identity = new_id()
    assert Ref("person").target == "person"
    assert Ref("person").parse(identity.upper(), HERE).value == identity


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0分钟"), (35, "35分钟"), (60, "1小时"), (65, "1小时5分钟"), (1505, "1天1小时5分钟")]
)
def test_a_stretch_of_time_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    kind, today = Minutes(0, 99_999), Context(date(2026, 11, 23))
    assert kind.show(minutes) == words
    assert kind.parse(words, today).value == minutes
    assert kind.parse(str(minutes), today).value == minutes
