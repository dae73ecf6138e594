import time

import pytest

from anyue_desktop.core.divisions import Divisions, divisions
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.groups import split_group, tidy_group

TIANMA = "512021206000"  # 天马乡
SHIQIAO = "512021002000"  # 石桥街道, made from 石桥铺镇
TUQIAO = "512021206200"  # 土桥村


@pytest.fixture(scope="module")
def known() -> Divisions:
    return divisions()


@pytest.mark.parametrize(
    "text",
    [
        "土桥村",
        "土桥",
        " 土 桥 村 ",
        "土桥村委会",
        "土桥村村民委员会",
        "土桥村民委员会",
        "天马乡土桥村",
        "天马乡土桥",
        "四川省资阳市安岳县天马乡土桥村",
        "安岳县天马乡土桥村",
        "512021206200",
        "土桥村3组",
    ],
)
def test_a_village_is_found_however_it_is_written(known: Divisions, text: str) -> None:
    found = known.match(text, TIANMA)
    assert (found.division.code, found.notes) == (TUQIAO, ())


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("天马乡土桥村3组", "3组"),
        ("土桥村三社", "3社"),
        ("土桥村第三村民小组", "3组"),
        ("土桥村十二组", "12组"),
        ("土桥村3组12号", "3组"),
        ("土桥村二十一社", "21社"),
        ("土桥村", ""),
    ],
)
def test_the_group_behind_a_village_is_read_too(known: Divisions, text: str, group: str) -> None:
    assert known.match(text, TIANMA).group == group


def test_variant_characters_are_the_same(known: Divisions) -> None:
    qianlong = "512021132000"
    assert known.match("回龙社区", qianlong).division == known.match("迴龙社区", qianlong).division
    assert known.match("回龙社区", qianlong).division.short_name == "迴龙社区"


def test_the_own_township_comes_first(known: Divisions) -> None:
    same = [one for one in known.search("铁峰") if one.level == "village"]
    assert len(same) > 1
    for one in same:
        assert known.match("铁峰", one.parent).division == one


def test_at_the_county_a_name_that_several_townships_have_is_asked(known: Divisions) -> None:
    with pytest.raises(BadValue, match="请写明是哪一个") as refusal:
        known.match("铁峰", "")
    assert "东胜乡铁峰村" in str(refusal.value)


def test_a_village_of_another_township_is_read_with_a_note(known: Divisions) -> None:
    found = known.match("洪坝村", TIANMA)
    assert found.division.parent == SHIQIAO
    assert "不在本乡镇" in found.notes[0]


def test_a_former_township_is_read_with_a_note(known: Divisions) -> None:
    found = known.match("石桥铺镇洪坝村", TIANMA)
    assert found.division.parent == SHIQIAO
    assert "合并前的乡镇" in found.notes[0]
    assert known.match_township("石桥铺镇").division.code == SHIQIAO


def test_a_village_that_became_a_community_is_read_with_a_note(known: Divisions) -> None:
    found = known.match("桅坝村", SHIQIAO)
    assert found.division.short_name == "桅坝社区"
    assert "合并前" in found.notes[0]


def test_a_former_village_that_is_gone_lists_the_present_ones(known: Divisions) -> None:
    with pytest.raises(BadValue, match="是合并前石桥铺镇的村名，现属石桥街道，请选择现在的村（社区）") as refusal:
        known.match("锋火村", SHIQIAO)
    assert all(one.short_name in str(refusal.value) for one in known.children(SHIQIAO)[:3])


def test_a_village_that_moved_to_a_new_township_is_followed_there(known: Divisions) -> None:
    found = known.match("岳阳镇土城门社区", TIANMA)
    assert known.full_name(found.division.code) == "岳城街道土城门社区"
    assert "不在岳阳镇" in found.notes[0]


def test_a_village_that_was_never_in_the_township_named_is_refused(known: Divisions) -> None:
    with pytest.raises(BadValue, match="不是天马乡的村"):
        known.match("天马乡洪坝村", "")


def test_an_unknown_village_lists_those_of_the_township(known: Divisions) -> None:
    with pytest.raises(BadValue, match=r"“无此村”不是天马乡的村（社区），可以填：.*土桥村"):
        known.match("无此村", TIANMA)


def test_every_village_and_township_is_found_by_its_name_and_code(known: Divisions) -> None:
    for township in known.townships():
        assert known.match(township.short_name, "").division == township
        for village in known.children(township.code):
            assert known.match(village.short_name, township.code).division == village
            assert known.match(village.short_name, "").division == village
            assert known.match(known.full_name(village.code), TIANMA).division == village
            assert known.match(village.code, "").division == village


def test_the_county_has_46_townships_and_553_villages(known: Divisions) -> None:
    assert len(known.townships()) == 46
    assert sum(len(known.children(one.code)) for one in known.townships()) == 553


def test_codes_show_their_names_also_when_abolished(known: Divisions) -> None:
    assert known.name(TUQIAO) == "土桥村"
    assert known.full_name(TUQIAO) == "天马乡土桥村"
    assert known.name("512021102000") == "石桥铺镇"
    assert known.name("999999999999") == "999999999999"
    found = known.township_of(TUQIAO)
    assert found is not None
    assert found.short_name == "天马乡"


def test_a_retired_unit_keeps_its_name_but_is_no_longer_offered() -> None:
    rows = [
        {"code": "512021206000", "name": "天马乡", "level": "township", "parent": None, "short_name": "天马乡"},
        {
            "code": TUQIAO,
            "name": "土桥村村民委员会",
            "level": "village",
            "parent": TIANMA,
            "short_name": "土桥村",
            "retired": True,
        },
    ]
    small = Divisions(rows)
    assert small.name(TUQIAO) == "土桥村"
    assert small.children(TIANMA) == ()
    with pytest.raises(BadValue):
        small.match("土桥村", TIANMA)


@pytest.mark.parametrize("text", ["ysz", "YSZ"])
def test_equal_initials_show_every_township(known: Divisions, text: str) -> None:
    assert {one.short_name for one in known.search(text, level="township")} >= {"姚市镇", "永顺镇"}


def test_the_entry_box_offers_the_own_township_first(known: Divisions) -> None:
    assert known.search("tq", TIANMA)[0].code == TUQIAO
    assert known.search("tuqiao", TIANMA)[0].code == TUQIAO
    assert known.search("土", TIANMA, level="village")[0].parent == TIANMA


def test_ten_thousand_names_are_found_in_half_a_second(known: Divisions) -> None:
    villages = [village for one in known.townships() for village in known.children(one.code)]
    texts = [(f"{village.short_name}{number}组", village.parent) for village in villages for number in range(1, 20)]
    start = time.process_time()
    for text, township in texts[:10_000]:
        known.match(text, township)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("一组", "1组"),
        ("1组", "1组"),
        ("第一组", "1组"),
        ("1社", "1社"),
        ("第三村民小组", "3组"),
        ("４组", "4组"),
        ("7", "7组"),
        ("十", "十"),
        ("十二组", "12组"),
        ("二十社", "20社"),
        ("一百零二组", "102组"),
        ("院子头", "院子头"),
        ("", ""),
    ],
)
def test_groups_have_one_form(text: str, tidy: str) -> None:
    assert tidy_group(text) == tidy


def test_a_community_is_no_group() -> None:
    assert split_group("新三社区") == ("新三社区", "")
