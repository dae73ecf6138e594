from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core import resident_id
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.resident_id import check_character, mask_id, read_document, read_id

TODAY = date(2026, 11, 23)
LOST = "号码被Excel转成数字，后3位已丢失，请在Excel中设为“文本”后重新填写"

numbers = st.builds(
    lambda birth, order: f"512099{birth:%Y%m%d}{order:03d}",
    st.dates(date(1930, 1, 1), date(2026, 11, 22)),
    st.integers(1, 995),
).map(lambda first: first + check_character(first))


@pytest.mark.parametrize(
    ("raw", "number", "birth", "sex"),
    [
        ("11010519491231002X", "11010519491231002X", date(1949, 12, 31), "2"),
        ("512099194103051225", "512099194103051225", date(1941, 3, 5), "2"),
        ("512099195001122314", "512099195001122314", date(1950, 1, 12), "1"),
        ("512099194811020040", "512099194811020040", date(1948, 11, 2), "2"),
        ("512099195202290154", "512099195202290154", date(1952, 2, 29), "1"),
        ("512099201409063715", "512099201409063715", date(2014, 9, 6), "1"),
        ("51209920120718018X", "51209920120718018X", date(2012, 7, 18), "2"),
        ("51209920120718018x", "51209920120718018X", date(2012, 7, 18), "2"),
        ("５１２０９９２０１２０７１８０１８Ｘ", "51209920120718018X", date(2012, 7, 18), "2"),
        ("512099196001014000", "512099196001014000", date(1960, 1, 1), "2"),
    ],
)
def test_a_valid_number_is_read_with_birth_date_and_sex(raw: str, number: str, birth: date, sex: str) -> None:
    found = read_id(raw, TODAY)
    assert (found.text, found.kind, found.birth_date, found.sex, found.notes) == (number, "111", birth, sex, ())


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("51209919410305122", "身份证号应为18位，现为17位"),
        ("5120991941030512255", "身份证号应为18位，现为19位"),
        ("5120991941O3051225", "第11位是字母O，应为数字0"),
        ("51209919410305I225", "第15位是字母I，应为数字1"),
        ("51209919410305122K", "第18位是字母K，应为数字或X"),
        ("51209920120718X180", "X 只能在最后一位"),
        ("512099194103051226", "校验位不对，应为5"),
        ("51209920170229001X", "出生日期 2017-02-29 不存在"),
        ("512099203901010016", "出生日期晚于今天"),
        ("001105194912310021", "前两位00不是任何省份的代码"),
        ("991105194912310021", "前两位99不是任何省份的代码"),
        ("111111111111111111", "出生日期 1111-11-11 的年份不对"),
        ("512099194103051008", LOST),
        ("512099194103051000", LOST),
        ("5.12099E+17", LOST),
        ("5.12099194103051e+17", LOST),
        (5.12099194103051225e17, LOST),
        (512099194103051225, LOST),
        ("", "没有填写证件号码"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(raw: object, sentence: str) -> None:
    with pytest.raises(BadValue) as refusal:
        read_id(raw, TODAY)
    assert str(refusal.value).startswith(sentence)


def test_swapped_neighbours_that_make_an_impossible_date_are_named() -> None:
    with pytest.raises(BadValue) as refusal:
        read_id("512099194130051225", TODAY)
    assert str(refusal.value) == "出生日期 1941-30-05 不存在；交换第11、12位后校验正确，请核对"


@given(numbers, st.integers(0, 16))
def test_swapped_neighbours_are_found_or_refused(number: str, at: int) -> None:
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    if swapped == number:
        return
    with pytest.raises(BadValue) as refusal:
        read_id(swapped, TODAY)
    told = str(refusal.value)
    about_check = told.startswith("校验位不对")
    assert not about_check or f"第{at + 1}、{at + 2}位" in told


@given(numbers, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number: str, at: int, step: int) -> None:
    if number[at] == "X":
        return
    wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    with pytest.raises(BadValue):
        read_id(wrong, TODAY)


@given(numbers)
def test_the_check_character_follows_iso_7064(number: str) -> None:
    values = [10 if char == "X" else int(char) for char in number]
    assert sum(value * 2 ** (17 - position) for position, value in enumerate(values)) % 11 == 1


@given(
    numbers,
    st.sampled_from(["'", "’", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t", "\r\n", "-", "－"]),
    st.integers(0, 18),
)
def test_marks_of_layout_are_dropped(number: str, mark: str, at: int) -> None:
    assert read_id(number[:at] + mark + number[at:], TODAY).text == number


@pytest.mark.parametrize("sign", ["×", "Х", "Χ", "*", "х"])
def test_signs_that_look_like_x_are_read_as_x_with_a_note(sign: str) -> None:
    found = read_id(f"51209920120718018{sign}", TODAY)
    assert found.text == "51209920120718018X"
    assert "已读作X" in found.notes[0]


@pytest.mark.parametrize("prefix", ["512323", "512427", "511023", "513921", "512021", "440106", "650102"])
def test_no_prefix_of_first_registration_is_wrong(prefix: str) -> None:
    number = f"{prefix}19500112231"
    assert read_id(number + check_character(number), TODAY).notes == ()


def test_a_15_digit_number_grows_to_18_and_says_so() -> None:
    found = read_id("512099410305122", TODAY)
    assert (found.text, found.verified) == ("512099194103051225", resident_id.FROM_15)
    assert "15位" in found.notes[0]


def test_a_15_digit_number_of_a_centenarian_belongs_to_the_19th_century() -> None:
    assert read_id("512099990305996", TODAY).birth_date == date(1899, 3, 5)


def test_a_great_age_is_a_note_and_no_refusal() -> None:
    found = read_id("512099189901010026", TODAY)
    assert found.birth_date == date(1899, 1, 1)
    assert found.notes == ("年龄异常：1899-01-01出生，现年127岁，请核对",)


def test_a_verified_historic_number_can_be_forced() -> None:
    assert read_id("512099194103051226", TODAY, forced=True).verified == resident_id.FORCED
    with pytest.raises(BadValue, match="不存在"):
        read_id("51209919410230122X", TODAY, forced=True)


@pytest.mark.parametrize(
    ("raw", "kind", "birth"),
    [
        ("810000199003070015", "811", date(1990, 3, 7)),
        ("820000198511110025", "811", date(1985, 11, 11)),
        ("83000019720505013X", "831", date(1972, 5, 5)),
        ("932682198501010017", "553", date(1985, 1, 1)),
        ("CHN510012345678", "553", None),
        ("H12345678", "516", None),
        ("m1234567801", "516", None),
        ("E12345678", "414", None),
    ],
)
def test_other_documents_are_told_by_their_form(raw: str, kind: str, birth: date | None) -> None:
    found = read_id(raw, TODAY)
    assert (found.kind, found.birth_date) == (kind, birth)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("12345678", "511"), ("G1234567", "414"), ("H12345678", "516"), ("512099194103051225", "111"), ("A123", "990")],
)
def test_a_document_of_the_chosen_kind_is_accepted(raw: str, kind: str) -> None:
    assert read_document(raw, kind, TODAY).kind == kind


@pytest.mark.parametrize(
    ("raw", "kind", "sentence"),
    [
        ("1234567", "511", "应为8位数字"),
        ("X1", "414", "5至17位"),
        ("K12345678", "516", "H或M加8位数字"),
        ("810000199003070015", "111", "证件类型不符"),
        ("家里有", "990", "只能用字母和数字"),
    ],
)
def test_a_document_of_another_form_is_refused(raw: str, kind: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_document(raw, kind, TODAY)


def test_a_masked_number_shows_four_characters_at_each_end() -> None:
    assert mask_id("512099194103051225") == "5120**********1225"
    assert mask_id("12345678") == "********"
