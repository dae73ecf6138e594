from datetime import date
from typing import Any

import pytest

from anyue_desktop.core.field import Field, Privacy
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.core.masking import mask, mask_account, mask_address, mask_date
from anyue_desktop.core.types import Code, Date, Name, Phone, ResidentId, Text


def field(key: str, kind: FieldType[Any], privacy: Privacy = Privacy.PERSONAL) -> Field:
    return Field(key, "标签", kind, privacy=privacy)


@pytest.mark.parametrize(
    ("one", "value", "shown"),
    [
        (field("id_number", ResidentId(), Privacy.SENSITIVE), "512099194103051225", "5120**********1225"),
        (field("phone", Phone()), "13812345678", "138****5678"),
        (field("phone2", Phone()), "028-24512356", "028-24****56"),
        (field("name", Name()), "张三芳", "张三芳"),
        (field("bank_account", Text(30), Privacy.SENSITIVE), "6217001234567896789", "****6789"),
        (field("disability_cert_no", Text(22), Privacy.SENSITIVE), "51209919410305122542", "5120************2542"),
        (field("residence_address", Text(100)), "土桥村3组12号", "土桥村3组"),
        (field("health_note", Text(200), Privacy.SENSITIVE), "高血压", "***"),
        (field("remark", Text(200)), "常住", "常住"),
        (field("disability_grade", Code("disability_grade"), Privacy.SENSITIVE), "2", "二级"),
        (field("visit_date", Date()), date(2026, 11, 3), "2026-11-03"),
        (field("birth_date", Date()), date(1941, 3, 5), "1941-03"),
        (field("id_number", ResidentId()), None, ""),
    ],
)
def test_a_value_is_masked_by_what_it_is(one: Field, value: Any, shown: str) -> None:
    assert mask(one, value) == shown


def test_public_values_stay_readable() -> None:
    assert mask(field("phone", Phone(), Privacy.PUBLIC), "13812345678") == "13812345678"


def test_children_lose_their_given_names() -> None:
    assert mask(field("name", Name()), "张三芳", minor=True) == "张**"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("土桥村三社12号", "土桥村3社"),
        ("天马乡土桥村12号院", "天马乡土桥村"),
        ("正北街社区和平路12号3单元", "正北街社区"),
        ("幸福路12号", "幸福路"),
    ],
)
def test_an_address_ends_at_village_and_group(text: str, shown: str) -> None:
    assert mask_address(text) == shown


def test_short_accounts_show_nothing() -> None:
    assert mask_account("6789") == "****"


def test_birth_dates_keep_year_and_month() -> None:
    assert mask_date(date(1941, 3, 5)) == "1941-03"
