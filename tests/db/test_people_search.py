from __future__ import annotations

import time

import pytest
from db_people import person, row
from sqlalchemy import select

from anyue_desktop.db.search import find_people, matching
from anyue_desktop.db.store import Store
from anyue_desktop.registers import REGISTERS, ElderCase, Person


@pytest.fixture
def found(store: Store) -> object:
    wang = person(1, name="王小芳", name_pinyin="wangxiaofang", name_initials="wxf", phone2="02824512345")
    zeng = person(
        2,
        name="曾国强",
        name_pinyin="zengguoqiang cengguoqiang",
        name_initials="zgq cgq",
        emergency_phone="15100001111",
    )
    han = person(3, name="阿依古丽·买买提", name_pinyin="ayigulimaimaiti", name_initials="ayglmmt")
    with store.work("录入") as work:
        work.session.add_all([wang, zeng, han])
    names = {wang.id: "王小芳", zeng.id: "曾国强", han.id: "阿依古丽·买买提"}

    def find(text: str) -> list[str]:
        with store.read() as session:
            return [names[identity] for identity in find_people(session, text)]

    return find


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("王", ["王小芳"]),
        ("小芳", ["王小芳"]),
        ("wangxiao", ["王小芳"]),
        ("WXF", ["王小芳"]),
        ("ｗｘｆ", ["王小芳"]),
        ("zgq", ["曾国强"]),
        ("ceng", ["曾国强"]),
        ("古丽·买", ["阿依古丽·买买提"]),
        ("000000000003", ["阿依古丽·买买提"]),
        ("51209900000000000", ["阿依古丽·买买提", "王小芳", "曾国强"]),
        ("245123", ["王小芳"]),
        ("15100001111", ["曾国强"]),
        ("王 139", ["王小芳"]),
        ("王 151", []),
        ("不存在", []),
        ("%", []),
        ("'", []),
        ("", ["阿依古丽·买买提", "王小芳", "曾国强"]),
    ],
)
def test_people_are_found_by_name_pinyin_initials_and_any_part_of_a_number(found, text: str, names: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert found(text) == names


def test_people_are_found_by_their_village_and_group(store: Store) -> None:
    with store.work("录入") as work:
        work.session.add(one := person(1, group_name="3组"))
    with store.read() as session:
        name = REGISTERS["person"].show("residence_division", one.residence_division)
        assert find_people(session, name) == [one.id]
        assert find_people(session, name + "3组") == [one.id]


def test_those_whose_name_begins_with_the_text_come_first(store: Store) -> None:
    with store.work("录入") as work:
        work.session.add(later := person(1, name="李王", name_pinyin="aliwang"))
        work.session.add(first := person(2, name="王李", name_pinyin="wangli"))
    with store.read() as session:
        assert find_people(session, "王") == [first.id, later.id]
        assert find_people(session, "王", limit=1) == [first.id]


def test_the_index_follows_every_way_of_changing_a_person(store: Store) -> None:
    def find(text: str) -> list[str]:
        with store.read() as session:
            return find_people(session, text)

    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(1), row(2)])
    assert find("13900000001") == [ids[0]]
    with store.work("修改") as work:
        work.session.get_one(Person, ids[0]).phone = "13811112222"
        work.update_many(Person, [{"id": ids[1], "phone": "13833334444"}])
    assert find("13900000001") == []
    assert find("1381111") == [ids[0]]
    assert find("1383333") == [ids[1]]
    with store.work("删除") as work:
        work.delete(work.session.get_one(Person, ids[0]))
    assert find("1381111") == []
    with store.work("恢复") as work:
        work.update_many(Person, [{"id": ids[0], "deleted_at": None}])
    assert find("1381111") == [ids[0]]


def test_cases_are_found_through_their_person(store: Store) -> None:
    with store.work("录入") as work:
        ids = work.insert_many(Person, [row(1), row(2)])
        cases = work.insert_many(ElderCase, [{"person_id": identity} for identity in ids])
    with store.read() as session:
        found = select(ElderCase.id).join(Person, ElderCase.person_id == Person.id).where(matching("13900000002"))
        assert list(session.scalars(found)) == [cases[1]]


def test_a_search_among_ten_thousand_people_is_quick(store: Store) -> None:
    with store.work("录入") as work:
        ids = work.insert_many(Person, (row(number) for number in range(10_000)))
    with store.read() as session:
        find_people(session, "warm")
        fastest = 1.0
        for _ in range(3):
            started = time.perf_counter()
            assert find_people(session, "13900009999") == [ids[9_999]]
            fastest = min(fastest, time.perf_counter() - started)
    assert fastest < 0.1  # 2 ms measured alone
