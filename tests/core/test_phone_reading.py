import pytest

from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.phones import is_phone, mask_phone, read_phones


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("13800001111", "13800001111"),
        (13800001111, "13800001111"),
        (13800001111.0, "13800001111"),
        ("138 0000 1111", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("１３８００００１１１１", "13800001111"),
        ("+86 13800001111", "13800001111"),
        ("8613800001111", "13800001111"),
        ("028-24512345", "028-24512345"),
        ("028 24512345", "028-24512345"),
        ("(028)24512345", "028-24512345"),
        ("02824512345", "028-24512345"),
        ("028-24512345-801", "028-24512345-801"),
        ("028-24512345转801", "028-24512345-801"),
        ("0832-2212345", "0832-2212345"),
        ("010-62345678", "010-62345678"),
    ],
)
def test_a_number_is_read(raw: object, number: str) -> None:
    found = read_phones(raw)
    assert (found.numbers, found.notes) == ((number,), ())
    assert is_phone(number)


@pytest.mark.parametrize(
    "raw",
    [
        "13800001111/13900002222",
        "13800001111、13900002222",
        "13800001111 13900002222",
        "13800001111\n13900002222",
        "13800001111，139 0000 2222",
    ],
)
def test_the_second_number_of_a_cell_is_kept(raw: str) -> None:
    assert read_phones(raw).numbers == ("13800001111", "13900002222")


def test_a_name_before_the_number_is_left_out_with_a_note() -> None:
    found = read_phones("张三13800001111")
    assert found.numbers == ("13800001111",)
    assert "张三" in found.notes[0]


def test_a_third_number_is_named_in_a_note() -> None:
    found = read_phones("13800001111、13900002222、13700003333")
    assert "13700003333" in found.notes[0]


@pytest.mark.parametrize("raw", [2824512345, 2824512345.0, "24512345"])
def test_a_lost_area_code_is_put_back_with_a_note(raw: object) -> None:
    found = read_phones(raw)
    assert found.numbers == ("028-24512345",)
    assert "请核对" in found.notes[0]


@pytest.mark.parametrize("raw", ["无", "没有", "无电话"])
def test_no_telephone_is_an_answer(raw: str) -> None:
    found = read_phones(raw)
    assert found.numbers == ()
    assert "没有电话" in found.notes[0]


@pytest.mark.parametrize("raw", [None, "", "/"])
def test_a_blank_is_no_answer(raw: object) -> None:
    assert read_phones(raw).notes == ()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("1380000111", "手机号应为11位，现为10位"),
        ("138000011112", "手机号应为11位，现为12位"),
        ("12000001111", "第2位应为3至9"),
        ("儿子家", "没有电话号码"),
        ("999", "不是电话号码"),
        (5.12e17, "数字"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(raw: object, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_phones(raw)


def test_masked_numbers_hide_their_middle() -> None:
    assert mask_phone("13812345678") == "138****5678"
    assert mask_phone("028-24512356") == "028-24****56"
    assert mask_phone("028-24512356-801") == "028-24****56"
