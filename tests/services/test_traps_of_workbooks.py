"""Each trap of village workbooks (registers.md D.4) has a workbook and an outcome worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from service_desk import take_in

from anyue_desktop.core.problem import Kind
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

TRAPS = Path(__file__).resolve().parents[1] / "vectors" / "workbooks" / "traps"

# file: new, bad, duplicates, rows with a 提示, and words that must be said
OUTCOMES: dict[str, tuple[int, int, int, int, str]] = {
    "01-证号是数字.xlsx": (0, 1, 0, 0, "后3位已丢失"),
    "02-证号是科学记数.xlsx": (0, 1, 0, 0, "后3位已丢失"),
    "03-证号带空格全角.xlsx": (5, 0, 0, 0, ""),
    "04-小写x.xlsx": (1, 0, 0, 0, ""),
    "05-电话是数字.xlsx": (2, 0, 0, 1, "少了区号开头的0"),
    "06-各种日期.xlsx": (9, 3, 0, 12, "农历"),  # 农历 and 正月 and the two-digit year are refused; all lack a number
    "07-只显示年月.xlsx": (1, 0, 0, 1, "只有年月"),
    "08-苹果电脑1904.xlsx": (1, 0, 0, 1, "没有证件"),
    "09-两位年份.xlsx": (1, 1, 0, 2, "看不出是哪个世纪"),
    "10-姓名有空格.xlsx": (2, 0, 0, 0, ""),
    "11-姓名带括号.xlsx": (1, 0, 0, 1, "已移到备注"),
    "12-间隔号.xlsx": (10, 0, 0, 0, ""),
    "13-生僻字.xlsx": (4, 5, 0, 0, "姓名含无法识别的字"),
    "14-异体字村名.xlsx": (1, 0, 0, 1, "迴龙社区"),
    "15-性别写法.xlsx": (5, 0, 0, 0, ""),
    "16-是否写法.xlsx": (7, 0, 0, 0, ""),
    "17-关系写法.xlsx": (3, 0, 0, 0, ""),
    "18-双层表头合并单元格.xlsx": (2, 0, 0, 0, ""),
    "19-表尾.xlsx": (1, 0, 0, 0, ""),
    "20-隐藏行和多张表.xlsx": (4, 0, 0, 0, ""),
    "21-村名写法.xlsx": (5, 1, 0, 0, "从来没有的村"),
    "22-同一人在两张表.xlsx": (2, 0, 1, 1, "同一个人"),
    "23-公式和错误值.xlsx": (1, 2, 0, 0, "没有算出结果的公式"),
    "23-老格式.xls": (1, 0, 0, 0, ""),
    "24-一格几项.xlsx": (3, 0, 0, 3, "每月探访两次"),  # asked of whoever is both 独居 and 失能
    "25-一格两个电话.xlsx": (2, 0, 0, 1, "没有录入"),
    "26-证号写无.xlsx": (2, 1, 0, 2, "不能写“同上”"),
    "27-格内换行.xlsx": (1, 0, 0, 0, ""),
    "28-一行有误.xlsx": (399, 1, 0, 0, "校验位不对"),
}
JUNE_7 = date(1945, 6, 7)
VALUES: dict[str, tuple[str, list[Any]]] = {
    "05-电话是数字.xlsx": ("person.phone", ["13800001111", "028-24512345"]),
    "06-各种日期.xlsx": ("person.birth_date", [*[JUNE_7] * 4, date(1945, 6, 1), date(1945, 6, 1), JUNE_7,
                                               date(1945, 6, 1), JUNE_7]),
    "07-只显示年月.xlsx": ("person.birth_precision", ["2"]),
    "08-苹果电脑1904.xlsx": ("person.birth_date", [JUNE_7]),
    "10-姓名有空格.xlsx": ("person.name", ["测甲", "测乙"]),
    "11-姓名带括号.xlsx": ("person.remark", ["已故"]),
    "12-间隔号.xlsx": ("person.name", ["阿的·木果"] * 10),
    "13-生僻字.xlsx": ("person.name", ["测𬌗", "测𣲗", "测㛃", "测䶮"]),
    "15-性别写法.xlsx": ("person.sex", ["2"] * 5),
    "16-是否写法.xlsx": ("person.is_party_member", [*[True] * 5, False, None]),
    "17-关系写法.xlsx": ("person.emergency_relation", ["22"] * 3),
    "18-双层表头合并单元格.xlsx": ("responsible_name", ["龚志明"] * 2),
    "21-村名写法.xlsx": ("person.group_name", [None, None, None, "3组", "3社"]),
    "24-一格几项.xlsx": ("categories", [("01", "04")] * 3),
    "25-一格两个电话.xlsx": ("person.phone2", ["13900002222", None]),
    "27-格内换行.xlsx": ("person.name", ["测甲"]),
}  # fmt: skip


def flagged(plan: ImportPlan) -> int:
    return len({(problem.sheet, problem.row) for problem in plan.problems if problem.kind is Kind.WARNING})


def test_every_trap_has_a_workbook_and_an_outcome() -> None:
    assert sorted(OUTCOMES) == sorted(path.name for path in TRAPS.iterdir())
    assert {int(name[:2]) for name in OUTCOMES} == set(range(1, 29))


@pytest.mark.parametrize("name", OUTCOMES)
def test_a_trap_is_seen(township: Workspace, name: str) -> None:
    *counts, words = OUTCOMES[name]
    plan = township.importing.plan("elder_case", [TRAPS / name])
    assert [plan.new, plan.bad, plan.duplicates, flagged(plan)] == counts
    assert not words or any(words in problem.message for problem in plan.problems)
    assert plan.sheets[0].hidden_rows == (1 if name.startswith("20") else 0)


@pytest.mark.parametrize("name", VALUES)
def test_what_stands_in_the_trap_is_read_as_meant(township: Workspace, name: str) -> None:
    path, expected = VALUES[name]
    plan = take_in(township, TRAPS / name)
    ids = township.records.ids(Query("elder_case"))
    rows = township.records.values("elder_case", sorted(ids), [path])
    assert [row[path] for row in rows] == expected
    assert plan.new == len(expected)
