"""L7 and L9: sums of a small township, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger_desk import child, facility, head_of, home_care, page_of, paper, served, table_of
from service_desk import OTHER_VILLAGE

from anyue_desktop.services.workspace import Workspace

ELSEWHERE = {"residence_division": OTHER_VILLAGE}
TREE = {  # the heading tree of the national children's system (registers.md G.2)
    "年龄段": "0—5岁·男 0—5岁·女 6—13岁·男 6—13岁·女 14—16岁·男 14—16岁·女 未采集",
    "教育情况": "学龄前 幼儿园 小学 初中 高中 中专 大专及以上 特殊教育学校 辍学 其他 未采集",
    "户籍性质": "农村居民户口 城镇居民户口 其他 未采集",
    "健康状况": "健康或良好 一般或较弱 重病 有慢性病 残疾 其他 未采集",
    "寄宿": "是 否 未采集",
    "委托照料原因": "父母双方同时外出 父母一方外出，另一方无监护能力 父母双方无监护能力 未采集",
    "实际监护": "祖父母、外祖父母 亲戚朋友 无委托照料人 父亲或母亲一方 其他 未采集",
    "监护情况": "较好 一般 差 未采集",
    "救助措施": "无 脱贫户 最低生活保障 特困供养 临时救助 医疗救助 住房救助 残疾人生活补贴 残疾人护理补贴 孤儿津贴 "
    "事实无人抚养儿童补贴 教育资助 慈善帮扶 其他 未采集",
}


def some_children(workspace: Workspace) -> None:
    """Four children left behind in two villages, and one who is not."""
    child(workspace, 3, date(2020, 12, 1), "周一", school_stage="2", guardianship_level="1")
    child(workspace, 5, date(2020, 11, 30), "周二", is_boarding=True, assistance_got=("00",))
    child(workspace, 4, date(2012, 12, 1), "周三", person=ELSEWHERE, entrust_reason=None, actual_carer_kind="2")
    blank = {"school_stage": None, "is_boarding": None, "guardianship_level": None, "assistance_got": None}
    child(workspace, 7, date(2011, 1, 1), "周四", **blank, person={"hukou_kind": None, "health_status": None})
    child(workspace, 9, date(2015, 1, 1), "周五", child_types=("02",))


def counted(workspace: Workspace, folder: Path) -> dict[str, dict[str, int]]:
    """Returns place → heading → count, without the zeros."""
    page = page_of(workspace, folder, "L7")
    heads = head_of(page, "村（社区）")
    return {
        row[0]: {head: count for head, count in zip(heads[1:], row[1:], strict=True) if count}
        for row in table_of(page, "村（社区）")
    }


def test_the_headings_are_the_tree_of_the_national_system(township: Workspace, tmp_path: Path) -> None:
    heads = head_of(page_of(township, tmp_path, "L7"), "村（社区）")
    assert heads[:2] == ["村（社区）", "合计"]
    assert heads[2:] == [f"{branch}·{head}" for branch, words in TREE.items() for head in words.split()]


def test_children_left_behind_are_counted_by_village(township: Workspace, tmp_path: Path) -> None:
    some_children(township)
    found = counted(township, tmp_path)
    assert list(found) == ["土桥村", "聚宝村", "合计"]
    assert found["土桥村"] == {
        "合计": 3, "年龄段·0—5岁·男": 1, "年龄段·6—13岁·男": 1, "年龄段·14—16岁·男": 1,
        "教育情况·幼儿园": 1, "教育情况·小学": 1, "教育情况·未采集": 1,
        "户籍性质·农村居民户口": 2, "户籍性质·未采集": 1, "健康状况·健康或良好": 2, "健康状况·未采集": 1,
        "寄宿·是": 1, "寄宿·否": 1, "寄宿·未采集": 1, "委托照料原因·父母双方同时外出": 3,
        "实际监护·祖父母、外祖父母": 3, "监护情况·较好": 1, "监护情况·一般": 1, "监护情况·未采集": 1,
        "救助措施·无": 1, "救助措施·最低生活保障": 1, "救助措施·教育资助": 1, "救助措施·未采集": 1,
    }  # fmt: skip
    assert found["聚宝村"] == {
        "合计": 1, "年龄段·6—13岁·女": 1, "教育情况·小学": 1, "户籍性质·农村居民户口": 1, "健康状况·健康或良好": 1,
        "寄宿·否": 1, "委托照料原因·未采集": 1, "实际监护·亲戚朋友": 1, "监护情况·一般": 1,
        "救助措施·最低生活保障": 1, "救助措施·教育资助": 1,
    }  # fmt: skip
    assert (found["合计"]["合计"], found["合计"]["教育情况·小学"]) == (4, 2)
    for branch in TREE:  # everybody stands once under each branch; of the help somebody gets there may be more
        parts = sum(count for head, count in found["合计"].items() if head.startswith(branch))
        assert parts == (6 if branch == "救助措施" else 4), branch


def test_a_table_wider_than_the_page_is_printed_in_bands_with_the_villages_again(
    township: Workspace, tmp_path: Path
) -> None:
    some_children(township)
    shown = "".join(paper(township, tmp_path, "L7"))
    assert shown.count("聚宝村") == 3
    assert shown.count("救助措施一人可有多项") == 1
    for branch, words in TREE.items():
        assert branch in shown
        assert all(part in shown for head in words.split() for part in head.split("·"))


def test_a_child_still_listed_after_its_sixteenth_birthday_is_not_lost(township: Workspace, tmp_path: Path) -> None:
    child(township, 3, date(2010, 11, 29), "周小春")
    assert counted(township, tmp_path)["合计"]["年龄段·14—16岁·男"] == 1


def test_home_care_of_a_month_is_added_up_by_village(township: Workspace, tmp_path: Path) -> None:
    home = facility(township, "E09", "互助养老点")
    one, two = home_care(township, 6, "郑秀英", home), home_care(township, 8, "王玉珍", home)
    far, idle = home_care(township, 10, "陈素华", home, person=ELSEWHERE), home_care(township, 12, "冯玉兰", home)
    served(township, one, "01", 4, hours=Decimal("2.5"), subsidy_amount=Decimal("40.00"), satisfaction="1")
    served(township, one, "08", 2, hours=Decimal("1.0"), subsidy_amount=Decimal("30.50"), satisfaction="4")
    served(township, two, "01", 3, satisfaction="0")
    served(township, two, "06", 1, satisfaction="3")
    served(township, far, "03", 5, hours=Decimal("0.5"), subsidy_amount=Decimal("20.00"))
    served(township, idle, "02", 0)
    rows = table_of(page_of(township, tmp_path, "L9"), "村（社区）")
    assert rows == [
        ["土桥村", 2, 7, 0, 0, 0, 0, 1, 2, 3.5, 70.5, "66.7%"],
        ["聚宝村", 1, 0, 0, 5, 0, 0, 0, 0, 0.5, 20, "—"],
        ["合计", 3, 7, 0, 5, 0, 0, 1, 2, 4, 90.5, "66.7%"],
    ]


def test_a_month_without_services_has_no_row(township: Workspace, tmp_path: Path) -> None:
    home = facility(township, "E09", "互助养老点")
    served(township, home_care(township, 6, "郑秀英", home), "01", 4)
    rows = table_of(page_of(township, tmp_path, "L9", month="2026-10"), "村（社区）")
    assert rows == [["合计", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "—"]]
