"""What is taken to the village, and the pages of single visits and reports."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from every_register import saved, whole
from ledger_desk import MONTH, cells_of, child, head_of, page_of, paper, report
from service_desk import OTHER_VILLAGE, add_elder, add_visit, id_number, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.workspace import Workspace, open_workspace

L2_LABELS = (
    "姓名 性别 年龄 身份证号 联系电话 家庭住址 居住状况 老年人类别 自理能力 紧急联系人 探访责任人 探访日期 探访人 "
    "探访人身份 陪同人 探访方式 探访结果 健康状况 健康状况说明 精神状态 安全情况 卫生环境 居住环境 服务需求 "
    "问题及需求 处置措施 转介单位（人员） 跟进期限 办结日期 跟进状态 办结情况 老年人签字（按印） 探访人签字"
)
L6_BLOCKS = (
    "生活情况 就学情况 身体健康 心理行为 监护情况 安全情况 近一月父母联系 走访小结 处置措施 照料人签字 走访人签字"
)
WORDS = "山羊-水牛-黄牛-骏马-白兔"
SUMMARY = "孩子由外婆照料，学习正常"


def seen(workspace: Workspace, case: str, day: date = date(2026, 11, 10)) -> str:
    """Registers a visit to a child and returns its id."""
    values = {**whole(REGISTERS["child_visit"]), "child_case_id": case, "visit_date": day, "summary": SUMMARY}
    return saved(workspace, "child_visit", {**values, "guardianship_level": "2", "follow_up_due": date(2026, 12, 10)})


@pytest.fixture
def kids(township: Workspace) -> list[str]:
    return [child(township, 3, date(2016, 3, 2), "周小春"), child(township, 5, date(2011, 3, 2), "吴大勇")]


@pytest.fixture
def walkers(township: Workspace) -> Workspace:
    """Four elders of two villages, looked after by two visitors."""
    carried = (("周春英", "512021206200", "李建国"), ("吴桂英", "512021206200", "王大明"),
               ("郑秀英", "512021206200", "李建国"), ("王玉珍", OTHER_VILLAGE, "李建国"))  # fmt: skip
    for serial, (name, village, visitor) in enumerate(carried, start=1):
        who = {"responsible_name": visitor, "responsible_phone": "13990125555"}
        add_elder(township, 2 * serial, name, person={"residence_division": village}, **who)
    return township


def test_each_visitor_gets_a_page_for_each_village(walkers: Workspace, tmp_path: Path) -> None:
    pages = paper(walkers, tmp_path, "QD")
    carried = [
        ("村（社区）：土桥村探访责任人：李建国139****5555", {"周春英", "郑秀英"}),
        ("村（社区）：土桥村探访责任人：王大明139****5555", {"吴桂英"}),
        ("村（社区）：聚宝村探访责任人：李建国139****5555", {"王玉珍"}),
    ]
    everybody = {"周春英", "吴桂英", "郑秀英", "王玉珍"}
    assert len(pages) == 3
    for page, (caption, names) in zip(pages, carried, strict=True):
        assert caption in page
        assert {name for name in everybody if name in page} == names
        assert f"合计{len(names)}人" in page


def test_the_workbook_of_the_list_turns_the_page_before_each_visitor(walkers: Workspace, tmp_path: Path) -> None:
    page = page_of(walkers, tmp_path, "QD")
    firsts = [row[0] for row in cells_of(page)]
    captions = [number for number, text in enumerate(firsts, start=1) if str(text).startswith("村（社区）：")]
    assert len(captions) == 3
    assert [one.id + 1 for one in page.row_breaks.brk] == captions[1:]
    assert page.print_title_rows is not None


def test_the_list_says_when_somebody_was_seen_and_is_due(walkers: Workspace, tmp_path: Path) -> None:
    case = add_elder(walkers, 20, "冯素华", visit_interval_days=31, responsible_name="钱大海")
    add_visit(walkers, case, date(2026, 11, 3))
    row = next(row for row in cells_of(page_of(walkers, tmp_path, "QD")) if row[1] == "冯素华")
    assert [str(cell)[:10] for cell in row[7:9]] == ["2026-11-03", "2026-12-04"]
    assert row[9:] == [""] * 7


def test_children_on_a_list_to_take_along_are_known_by_their_number(
    township: Workspace, kids: list[str], tmp_path: Path
) -> None:
    number = township.records.get("child_case", kids[0])["case_no"]
    shown = "".join(paper(township, tmp_path, "QZ"))
    assert number in shown
    assert "儿童主任：赵敏139****0001" in shown
    assert "周小春" not in shown
    assert "吴大勇" not in shown
    assert "周小春" in "".join(paper(township, tmp_path, "QZ", unmask_reason="入户走访"))


def test_forms_are_printed_for_everybody_due_or_once_without_a_name(walkers: Workspace, tmp_path: Path) -> None:
    named = paper(walkers, tmp_path, "L2", blank=True)
    assert [page.count("英") > 0 or "王玉珍" in page for page in named] == [True] * 4
    (plain,) = paper(walkers, tmp_path, "L2", blank=True, names=False)
    assert not [name for name in ("周春英", "吴桂英", "郑秀英", "王玉珍") if name in plain]
    assert "老年人签字（按印）" in plain


def test_the_form_of_a_childs_visit_has_all_its_blocks(township: Workspace, kids: list[str], tmp_path: Path) -> None:
    seen(township, kids[0])
    pages = [*paper(township, tmp_path, "L6"), *paper(township, tmp_path, "L6", blank=True, names=False)]
    assert len(pages) == 2
    for block in L6_BLOCKS.split():
        assert all(block in page for page in pages), block


def test_many_visits_hide_what_the_page_of_one_child_says(township: Workspace, kids: list[str], tmp_path: Path) -> None:
    visits = [seen(township, kid) for kid in kids]
    many = "".join(paper(township, tmp_path, "L6"))
    assert not [words for words in ("周小春", "吴大勇", SUMMARY, id_number(3, date(2016, 3, 2))) if words in many]
    (one,) = paper(township, tmp_path, "L6", record=visits[0])
    assert "周小春" in one
    assert SUMMARY in one
    assert id_number(3, date(2016, 3, 2)) not in one
    (of_child,) = paper(township, tmp_path, "L6", case_id=kids[1])
    assert "吴大勇" in of_child
    assert "周小春" in "".join(paper(township, tmp_path, "L6", unmask_reason="县局核对"))


def test_a_form_as_a_workbook_has_its_labels_as_columns(township: Workspace, tmp_path: Path) -> None:
    case = add_elder(township, 2, "周春英", responsible_name="李建国")
    answers = {"health": "2", "health_note": "血压偏高", "safety_issues": ("01", "04"), "visitor_name": "李建国"}
    add_visit(township, case, date(2026, 11, 10), **answers)
    add_visit(township, case, date(2026, 11, 20))
    page = page_of(township, tmp_path, "L2")
    assert head_of(page, "姓名") == L2_LABELS.split()
    rows = [dict(zip(L2_LABELS.split(), row, strict=True)) for row in cells_of(page) if row[0] == "周春英"]
    assert [row["探访日期"] for row in rows] == ["2026-11-20", "2026-11-10"]
    said = {label: rows[1][label] for label in ("身份证号", "健康状况", "健康状况说明", "安全情况", "探访结果")}
    assert said == {
        "身份证号": "5120**********" + id_number(2)[-4:],
        "健康状况": "一般",
        "健康状况说明": "血压偏高",
        "安全情况": "用电线路老化、跌倒（地面湿滑、无扶手）",
        "探访结果": "见到本人",
    }


def test_a_month_without_visits_to_children_is_told(township: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有儿童走访记录可打印"):
        paper(township, tmp_path, "L6")


# 强制报告登记簿


def test_a_report_is_printed_alone_for_a_reason_which_is_logged(
    township: Workspace, kids: list[str], tmp_path: Path
) -> None:
    identity = report(township, kids[0])
    (page,) = paper(township, tmp_path, "L17", record=identity, unmask_reason="移交县局办理")
    for words in ("强制报告登记簿", "周小春", id_number(3, date(2016, 3, 2)), "夜间有哭喊声", "疑似遭受家庭暴力"):
        assert words in page, words
    assert "未脱敏：移交县局办理" in page
    assert "钱报告" not in page  # whoever reported is never printed (registers.md B.8)
    logged = "select json_extract(obj, '$.reason') from operation where act = 'unmask' order by n desc"
    assert value(township, logged) == "移交县局办理"
    printed = "select json_extract(obj, '$.record') from operation where act = 'print' order by n desc"
    assert value(township, printed) == identity


def test_a_report_as_a_workbook_leaves_out_whoever_reported(
    township: Workspace, kids: list[str], tmp_path: Path
) -> None:
    order = {"record": report(township, kids[0]), "unmask_reason": "移交县局办理"}
    shown = str(cells_of(page_of(township, tmp_path, "L17", **order)))
    assert "夜间有哭喊声" in shown
    assert "钱报告" not in shown


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({}, "只能一份一份打印，不能成批打印"),
        ({"unmask_reason": "存档"}, "只能一份一份打印，不能成批打印"),
        ({"record": "here"}, "要写明理由"),
        ({"record": "nowhere", "unmask_reason": "存档"}, "没有找到这份强制报告"),
    ],
)
def test_reports_are_never_printed_in_bulk_or_without_a_reason(
    township: Workspace, kids: list[str], tmp_path: Path, order: dict[str, str], sentence: str
) -> None:
    identity = report(township, kids[0])
    given = {key: identity if text == "here" else text for key, text in order.items()}
    with pytest.raises(UserError, match=sentence):
        paper(township, tmp_path, "L17", **given)
    assert list(tmp_path.glob("L17*")) == []


def test_reports_are_printed_only_by_those_who_protect_minors(
    township: Workspace, kids: list[str], tmp_path: Path
) -> None:
    identity = report(township, kids[0])
    assert township.printing.ledger_of("child_report") is not None
    township.accounts.add("赵敏", WORDS, ["entry", "reviewer", "admin"])
    township.close()
    clerk = open_workspace(township.folder, "赵敏", WORDS)
    with pytest.raises(UserError, match="只有“未保专岗”的操作员可以查看和办理"):
        paper(clerk, tmp_path, "L17", record=identity, unmask_reason="存档")
    assert clerk.printing.ledger_of("child_report") is None
    assert "L17" not in [one.number for one in (*clerk.printing.offered(), *clerk.printing.offered("L17"))]
    clerk.close()


def test_a_report_is_not_among_the_ledgers_printed_together(township: Workspace) -> None:
    assert "L17" not in dict(township.printing.ledgers())
    assert "L17" not in [one.number for one in township.printing.offered()]
    assert [one.number for one in township.printing.offered("L17")] == ["L17"]


@pytest.mark.parametrize(
    ("ledger", "order", "sentence"),
    [
        ("L3", {"village": OTHER_VILLAGE}, "“月探访汇总表”不能按村打印"),
        ("L7", {"case_id": "x"}, "不能按一个人打印"),
        ("L1", {"record": "x"}, "不能按一条记录打印"),
        ("L5", {"blank": True}, "不能打印空白表"),
        ("L1", {"township": "512021101000"}, "本机只有本乡镇的台账"),
    ],
)
def test_what_a_ledger_is_not_printed_of_is_refused(
    township: Workspace, tmp_path: Path, ledger: str, order: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        township.printing.print_ledger(LedgerOrder(ledger, MONTH, **order), tmp_path / "台账.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
