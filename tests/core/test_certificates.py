from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue_desktop.core.certificates import (
    CREDIT_ALPHABET,
    credit_check_character,
    read_credit_code,
    read_disability_certificate,
)
from anyue_desktop.core.field_type import BadValue

TODAY = date(2026, 11, 23)
SAMPLE = "91350100M000100Y43"


def test_a_disability_certificate_holds_number_type_and_grade() -> None:
    found = read_disability_certificate("51209919410305122542", TODAY)
    assert (found.id_number, found.kind, found.grade) == ("512099194103051225", "4", "2")


def test_a_certificate_issued_again_is_marked() -> None:
    assert read_disability_certificate("512099194103051225 42b1", TODAY).text == "51209919410305122542B1"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("512099194103051225", "共20位"),
        ("51209919410305122582", "共20位"),
        ("51209919410305122545", "共20位"),
        ("51209919410305122642", "校验位不对"),
        (5.12099194103051e19, "后3位已丢失"),
    ],
)
def test_a_wrong_certificate_number_is_refused(raw: object, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_disability_certificate(raw, TODAY)


@pytest.mark.parametrize("raw", [SAMPLE, SAMPLE.lower(), "91350100-M000100Y43", "９１３５０１００Ｍ０００１００Ｙ４３"])
def test_a_credit_code_is_read(raw: str) -> None:
    assert read_credit_code(raw) == SAMPLE


@given(st.integers(0, 16), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_of_a_credit_code_never_passes(at: int, char: str) -> None:
    wrong = SAMPLE[:at] + char + SAMPLE[at + 1 :]
    if wrong == SAMPLE:
        assert credit_check_character(wrong[:17]) == "3"
        return
    with pytest.raises(BadValue, match="校验位不对"):
        read_credit_code(wrong)


@pytest.mark.parametrize(("raw", "sentence"), [("9135010", "应为18位，现为7位"), ("91350100M000100I43", "不会有“I”")])
def test_another_text_is_no_credit_code(raw: str, sentence: str) -> None:
    with pytest.raises(BadValue, match=sentence):
        read_credit_code(raw)
