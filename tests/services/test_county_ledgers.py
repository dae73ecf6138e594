"""Ledgers of the county: a row a township where things are added up, a page a township where they are listed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ledger_desk import cells_of, child, facility, head_of, home_care, page_of, paper, served, table_of
from service_desk import Desks, add_elder, add_visit

from anyue_desktop.core.clock import FIXED_DAY
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace

TIANMA, YUANDA = "512021206000", "512021101000"


def send(desks: Desks, sender: Workspace) -> None:
    """Reports November and lets the county receive it."""
    sealed = sender.reporting.seal("2026-11", desks.stick)
    (received,) = desks.receive(sealed.path)
    assert received.taken_in, received.message


@pytest.fixture
def reported(desks: Desks, neighbour: Workspace, village: str) -> Workspace:
    """The county, after two townships have reported."""
    case = add_elder(desks.township, 2, "周春英")
    add_elder(desks.township, 4, "吴桂英")
    add_visit(desks.township, case)
    child(desks.township, 3, date(2016, 3, 2), "周小春")
    home = facility(desks.township, "E09", "天马互助点", beds_total=5, beds_full=5, beds_day=0, beds_nursing=1)
    served(desks.township, home_care(desks.township, 6, "郑秀英", home), "01", 4, subsidy_amount=Decimal("40.00"))
    here = {"residence_division": village}
    add_elder(neighbour, 8, "王玉珍", person=here)
    child(neighbour, 5, date(2012, 3, 2), "吴小明", person=here)
    child(neighbour, 7, date(2012, 6, 2), "郑小刚", child_types=("02",), person=here)
    facility(neighbour, "E01", "鸳大敬老院", division_code=village, beds_total=30)
    send(desks, desks.township)
    send(desks, neighbour)
    return desks.county


@pytest.fixture
def village(neighbour: Workspace) -> str:
    return neighbour.printing.villages()[0].code


def rows_of(county: Workspace, folder: Path, ledger: str, first: str, **order: Any) -> list[list[Any]]:
    return table_of(page_of(county, folder, ledger, **order), first)


def test_visits_are_added_up_by_township(reported: Workspace, tmp_path: Path) -> None:
    rows = {row[0]: (row[1], row[8], row[9]) for row in rows_of(reported, tmp_path, "L3", "乡镇（街道）")}
    assert rows == {"鸳大镇": (1, 0, "0.0%"), "天马乡": (2, 1, "50.0%"), "合计": (3, 1, "33.3%")}


def test_a_township_given_has_its_villages_and_its_own_office(reported: Workspace, tmp_path: Path) -> None:
    page = page_of(reported, tmp_path, "L3", township=TIANMA)
    assert [row[:2] for row in table_of(page, "村（社区）")] == [["土桥村", 2], ["合计", 2]]
    assert "天马乡人民政府" in str(cells_of(page)[1])
    assert "安岳县民政局" in str(cells_of(page_of(reported, tmp_path, "L3"))[1])


def test_townships_that_never_reported_are_named_instead_of_counted_as_zero(
    reported: Workspace, tmp_path: Path
) -> None:
    rows = rows_of(reported, tmp_path, "L9", "乡镇（街道）")
    assert [row[:3] for row in rows] == [["天马乡", 1, 4], ["合计", 1, 4]]
    told = str(cells_of(page_of(reported, tmp_path, "L9")))
    assert "没有上报过这项数据、未列入本表的乡镇（街道）有45个" in told


def test_a_township_with_records_but_nothing_in_the_month_is_counted_as_zero(
    reported: Workspace, tmp_path: Path
) -> None:
    rows = rows_of(reported, tmp_path, "L9", "乡镇（街道）", month="2026-10")
    assert [row[:3] for row in rows] == [["天马乡", 0, 0], ["合计", 0, 0]]


def test_children_left_behind_are_added_up_by_township(reported: Workspace, tmp_path: Path) -> None:
    page = page_of(reported, tmp_path, "L7")
    assert head_of(page, "乡镇（街道）")[:2] == ["乡镇（街道）", "合计"]
    assert [row[:2] for row in table_of(page, "乡镇（街道）")] == [["鸳大镇", 1], ["天马乡", 1], ["合计", 2]]


def test_lists_are_printed_township_by_township_and_added_up(reported: Workspace, tmp_path: Path) -> None:
    pages = paper(reported, tmp_path, "L1")
    assert len(pages) == 2
    assert "鸳大镇" in pages[0]
    assert "王玉珍" in pages[0]
    assert "小计1人" in pages[0]
    assert "周春英" not in pages[0]
    assert "小计2人" in pages[1]
    assert "全县合计" in pages[1]
    assert "合计3人" in pages[1]
    numbers = [row[0] for row in rows_of(reported, tmp_path, "L1", "序号")]
    assert numbers == ["鸳大镇", 1, "小计", "天马乡", 1, 2, "小计", "全县合计", "合计"]


def test_a_list_of_one_township_is_that_townships_own(reported: Workspace, tmp_path: Path) -> None:
    (page,) = paper(reported, tmp_path, "L10", township=YUANDA)
    assert "鸳大镇人民政府" in page
    assert "鸳大敬老院" in page
    assert "天马互助点" not in page
    assert "小计" not in page
    assert "合计1个" in page


def test_sums_of_lists_are_those_of_all_townships(reported: Workspace, tmp_path: Path) -> None:
    beds = {row[0]: row[5] for row in rows_of(reported, tmp_path, "L10", "序号") if "计" in str(row[0])}
    assert beds == {"小计": 5, "全县合计": "", "合计": 35}


def test_the_county_masks_children_too(reported: Workspace, tmp_path: Path) -> None:
    for ledger in ("L5", "QZ"):
        shown = "".join(paper(reported, tmp_path, ledger))
        assert not [name for name in ("周小春", "吴小明", "郑小刚") if name in shown]
    assert "吴小明" in "".join(paper(reported, tmp_path, "L5", unmask_reason="核查"))


def test_a_village_is_chosen_within_a_township(reported: Workspace, desks: Desks) -> None:
    names = [one.name for one in reported.printing.townships()]
    assert len(names) == 46
    assert "天马乡" in names
    assert reported.printing.villages() == []
    assert "土桥村" in [one.name for one in reported.printing.villages(TIANMA)]
    assert desks.township.printing.townships() == []
    assert "土桥村" in [one.name for one in desks.township.printing.villages()]


def test_one_village_is_printed_at_the_county(reported: Workspace, tmp_path: Path, village: str) -> None:
    (page,) = paper(reported, tmp_path, "L1", township=YUANDA, village=village)
    assert "王玉珍" in page
    assert "周春英" not in page


def test_who_has_not_reported_is_reminded(reported: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED_DAY, "2026-12-03")
    identity = reported.records.ids(Query("elder_case", where={"township_code": TIANMA}))[0]
    reported.returning.give_back(reported.returning.site_of("elder_case", identity), "elder_case", identity, "请核实")
    rows = {row[1]: row[2:7] for row in cells_of(page_of(reported, tmp_path, "CB")) if isinstance(row[0], int)}
    assert len(rows) == 45  # all but the one that has reported and has nothing to mend
    assert rows["岳阳镇"] == ["逾期", "2026年11月28日", 5, "", ""]
    assert rows["天马乡"][:4] == ["有退回", "2026年11月28日", "", 1]
    assert "鸳大镇" not in rows
    pages = paper(reported, tmp_path, "CB")
    assert "催报单" in pages[0]
    assert "共45个：没有上报的44个，有退回待改的1个。" in pages[-1].replace(" ", "")


def test_a_township_reminds_nobody(township: Workspace, tmp_path: Path) -> None:
    assert "CB" not in dict(township.printing.ledgers())
    with pytest.raises(UserError, match="由县局打印"):
        paper(township, tmp_path, "CB")
