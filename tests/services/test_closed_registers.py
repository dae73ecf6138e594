"""Mandatory reports are open to the operator who protects minors and to nobody else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from every_register import made, saved, whole
from service_desk import MONTH, Desks, value
from service_desk import WORDS as FIRST_WORDS

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import TOWNSHIP
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS
from anyue_desktop.registers.report_package import SPECIAL
from anyue_desktop.services.printing.service import LedgerOrder
from anyue_desktop.services.query import Query
from anyue_desktop.services.workspace import Workspace, open_workspace

REPORT, CLERK, WORDS = "child_report", "赵敏", "山羊-水牛-黄牛-骏马-白兔"
CLOSED = "只有“未保专岗”的操作员可以查看和办理"


def as_clerk(workspace: Workspace) -> Workspace:
    """Gives the workspace to an operator who may do everything but protect minors."""
    workspace.accounts.add(CLERK, WORDS, ["entry", "reviewer", "admin"])
    workspace.close()
    return open_workspace(workspace.folder, CLERK, WORDS)


@pytest.fixture
def report(township: Workspace) -> str:
    township.records.save_draft(REPORT, "新", {"detail": "写了一半"})
    return made(township, REPORT)


@dataclass(frozen=True)
class Shut:
    """A clerk's workspace that holds a report."""

    clerk: Workspace
    report: str


@pytest.fixture(scope="module")
def shut(fresh: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shut]:
    """Shared by the tests that are turned away and so change nothing."""
    folder = tmp_path_factory.mktemp("shut") / "台账"
    shutil.copytree(fresh.folder, folder)
    workspace = Workspace(Store.open(folder, fresh.keys))
    workspace.records.save_draft(REPORT, "新", {"detail": "写了一半"})
    report = made(workspace, REPORT)
    clerk = as_clerk(workspace)
    yield Shut(clerk, report)
    clerk.close()


@pytest.fixture
def clerk_desks(desks: Desks) -> Iterator[Desks]:
    made(desks.township, REPORT)
    desks.township = as_clerk(desks.township)
    yield desks
    desks.township.close()


DOORS: dict[str, Callable[[Workspace, str, Path], Any]] = {
    "list": lambda w, r, p: w.records.ids(Query(REPORT)),
    "count": lambda w, r, p: w.records.count(Query(REPORT)),
    "total": lambda w, r, p: w.records.total(REPORT),
    "rows": lambda w, r, p: w.records.rows(REPORT, [r]),
    "values": lambda w, r, p: w.records.values(REPORT, [r], ["detail"]),
    "one": lambda w, r, p: w.records.get(REPORT, r),
    "by title": lambda w, r, p: w.records.get("强制报告", r),
    "caption": lambda w, r, p: w.records.caption(REPORT, r),
    "start": lambda w, r, p: w.records.start(REPORT),
    "fill": lambda w, r, p: w.records.fill(REPORT, {}),
    "check": lambda w, r, p: w.records.check(REPORT, {}),
    "save": lambda w, r, p: w.records.save(REPORT, whole(REGISTERS[REPORT])),
    "set": lambda w, r, p: w.records.set(REPORT, r, {"detail": "改"}),
    "delete": lambda w, r, p: w.records.delete(REPORT, r),
    "restore": lambda w, r, p: w.records.restore(REPORT, r),
    "history": lambda w, r, p: w.records.history(REPORT, r),
    "put back": lambda w, r, p: w.records.put_back(REPORT, r, "detail", 1),
    "save draft": lambda w, r, p: w.records.save_draft(REPORT, "新", {}),
    "draft": lambda w, r, p: w.records.draft(REPORT, "新"),
    "template": lambda w, r, p: w.exporting.template(REPORT, p / "模板.xlsx"),
    "export": lambda w, r, p: w.exporting.export(REPORT, p / "台账.xlsx"),
    "import": lambda w, r, p: w.importing.plan(REPORT, [p / "没有.xlsx"]),
    "explain": lambda w, r, p: w.checking.explain(REPORT, r, "reported_late", "夜间"),
    "add by words": lambda w, r, p: w.by_words.add(REPORT, {}),
    "set by words": lambda w, r, p: w.by_words.set(REPORT, r, {"情况说明": "改"}),
    "find by words": lambda w, r, p: w.by_words.matching(REPORT, {}),
    "rows by words": lambda w, r, p: w.by_words.rows(Query(REPORT), 10),
}


@pytest.mark.parametrize("door", DOORS)
def test_every_way_in_is_closed_to_other_operators(shut: Shut, door: str, tmp_path: Path) -> None:
    clerk = shut.clerk
    before = value(clerk, "select count(*) from history")
    with pytest.raises(UserError, match=CLOSED):
        DOORS[door](clerk, shut.report, tmp_path)
    assert value(clerk, "select count(*) from history") == before
    assert value(clerk, "select count(*) from child_report where deleted_at is null and revision = 1") == 1


def test_what_shows_several_registers_leaves_it_out(shut: Shut) -> None:
    clerk = shut.clerk
    seen = [name for name, one in REGISTERS.items() if one.keeper == TOWNSHIP and name != REPORT]
    assert [one.name for one in clerk.records.registers()] == seen
    assert clerk.records.drafts() == []
    others = (one for one in seen if one != "report_package")
    assert clerk.dashboard.status().records == sum(clerk.records.total(one) for one in others)
    report = clerk.checking.run()
    assert REPORT not in report.completeness
    assert REPORT not in {found.register for found in report.problems}


def test_drafts_are_out_of_sight_when_the_role_is_taken_away(township: Workspace, report: str) -> None:
    assert [one.register for one in township.records.drafts()] == [REPORT]
    township.accounts.add(CLERK, WORDS, ["protect", "admin"])
    township.accounts.set_roles("王芳", ["entry", "reviewer", "admin"])
    township.close()
    again = open_workspace(township.folder, "王芳", FIRST_WORDS)
    assert again.records.drafts() == []
    again.close()


def test_the_one_who_protects_minors_sees_it_everywhere(township: Workspace, report: str) -> None:
    assert REPORT in [one.name for one in township.records.registers()]
    assert [one.register for one in township.records.drafts()] == [REPORT]
    assert REPORT in township.checking.run().completeness
    assert township.records.ids(Query(REPORT)) == [report]


def test_an_import_of_reports_is_neither_listed_nor_taken_back_by_others(township: Workspace, tmp_path: Path) -> None:
    path = township.exporting.template(REPORT, tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(path)
    cells = {
        "发现时间*": "2026-11-10 09:30",
        "报告情形*": "失踪",
        "报告时间*": "2026-11-10 09:40",
        "报告对象*": "公安机关",
    }
    page = book.worksheets[0]
    for cell in page[2]:
        page.cell(3, cell.column).value = cells.get(str(cell.value))
    book.save(path)
    batch = township.importing.commit(township.importing.plan(REPORT, [path])).batch
    assert [one.id for one in township.importing.batches()] == [batch]
    clerk = as_clerk(township)
    assert clerk.importing.batches() == []
    with pytest.raises(UserError, match=CLOSED):
        clerk.importing.undo(batch)
    assert value(clerk, "select count(*) from child_report where deleted_at is null") == 1
    clerk.close()


def test_an_ordinary_package_leaves_it_out_whoever_seals(desks: Desks) -> None:
    made(desks.township, REPORT)
    sealed = desks.seal()
    assert "child_case" in sealed.counts
    assert REPORT not in sealed.counts
    assert "强制报告" not in str(value(desks.township, "select row_counts from report_package"))
    assert desks.receive(sealed.path)[0].taken_in
    assert value(desks.county, "select count(*) from child_report") == 0


def test_a_special_report_holds_nothing_else(desks: Desks) -> None:
    made(desks.township, REPORT)
    desks.seal()
    made(desks.township, "elder_case")
    special = desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    assert dict(special.counts) == {REPORT: 1, "report_package": 1}
    desks.receive()
    assert value(desks.county, "select count(*) from child_report") == 1
    assert value(desks.county, "select count(*) from elder_case") == 0
    stated = "select kind || '/' || registers || coalesce(row_counts, '') from report_package where kind = '4'"
    assert value(desks.county, stated) == '4/["7"]'


def test_a_special_report_is_sealed_by_the_one_who_protects_minors(clerk_desks: Desks) -> None:
    with pytest.raises(UserError, match=f"专报{CLOSED}"):
        clerk_desks.township.reporting.seal(MONTH, clerk_desks.stick, kind=SPECIAL)
    assert clerk_desks.township.reporting.packages() == []
    assert REPORT not in clerk_desks.seal().counts


def test_a_report_waits_for_the_file_of_its_child(desks: Desks) -> None:
    made(desks.township, REPORT)
    early = desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    assert (early.counts.get(REPORT, 0), early.waiting) == (0, 1)
    desks.seal()
    late = desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    assert (late.counts[REPORT], late.waiting) == (1, 0)
    assert {one.status for one in desks.receive()} == {"OK"}
    assert value(desks.county, "select child_case_id is not null from child_report")


def test_a_special_report_is_not_the_months_report(desks: Desks) -> None:
    saved(desks.township, REPORT, whole(REGISTERS[REPORT]))
    desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    desks.receive()
    states = {one.unit: one.state for one in desks.county.returning.status(MONTH)}
    assert states["天马乡"] == "未报"
    desks.seal()
    kinds = "select group_concat(kind) from (select kind from report_package order by id)"
    assert value(desks.township, kinds) == "4,1"
    desks.receive()
    states = {one.unit: one.state for one in desks.county.returning.status(MONTH)}
    assert states["天马乡"] == "已收"


def test_errors_of_reports_neither_count_nor_show_in_the_months_report(desks: Desks) -> None:
    identity = made(desks.township, REPORT)
    with desks.township.store.work("改坏") as work:
        work.update_many(RECORDS[REPORT], [{"id": identity, "reported_at": "2026-11-09 08:00"}])
    assert desks.seal().errors == 0
    special = desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    assert [(found.register, found.problem.code) for found in special.left_out] == [(REPORT, "reported_before_found")]


def test_returns_of_reports_are_shown_to_the_one_who_protects_minors(desks: Desks) -> None:
    identity = made(desks.township, REPORT)
    desks.seal()
    desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    desks.receive()
    desks.county.returning.give_back(desks.site, REPORT, identity, "请补充处置情况", "emergency_action")
    assert [one.register for one in desks.county.returning.returns()] == [REPORT]
    desks.answer()
    assert [one.register for one in desks.township.receipts.returned()] == [REPORT]
    assert desks.township.dashboard.status().returned == 1
    clerk = as_clerk(desks.township)
    assert clerk.receipts.returned() == []
    assert clerk.dashboard.status().returned == 0
    clerk.close()
    officer = as_clerk(desks.county)
    assert officer.returning.returns() == []
    with pytest.raises(UserError, match=CLOSED):
        officer.returning.give_back(desks.site, REPORT, identity, "再补")
    officer.close()


def test_no_ledger_shows_a_report(township: Workspace, report: str, tmp_path: Path) -> None:
    assert not [title for title in dict(township.printing.ledgers()).values() if "报告" in title]


def test_the_slip_of_a_special_report_is_printed_for_those_who_may_see_it(desks: Desks, tmp_path: Path) -> None:
    made(desks.township, REPORT)
    desks.township.reporting.seal(MONTH, desks.stick, kind=SPECIAL)
    assert desks.township.printing.print_ledger(LedgerOrder("L16", MONTH), tmp_path / "交接单.pdf").pages == 1
    clerk = as_clerk(desks.township)
    with pytest.raises(UserError, match="还没有生成上报包"):
        clerk.printing.print_ledger(LedgerOrder("L16", MONTH), tmp_path / "交接单.pdf")
    clerk.close()


def test_minutes_from_finding_to_reporting_are_worked_out(township: Workspace, report: str) -> None:
    assert township.records.rows(REPORT, [report])[0]["minutes_to_report"] == "35分钟"
    township.records.set(REPORT, report, {"found_at": "2026-11-09 23:59", "reported_at": "2026-11-10 00:01"})
    assert township.records.get(REPORT, report)["minutes_to_report"] == 2


# children in lists and exports


def names_shown(workspace: Workspace, register: str) -> list[str]:
    path = next(path for path in REGISTERS[register].sheet if path.endswith("name"))
    return [row[path] for row in workspace.records.rows(register, workspace.records.ids(Query(register)))]


@pytest.mark.parametrize("register", ["person", "child_case", "child_visit", "care_entrustment"])
def test_names_of_children_under_fourteen_are_masked_in_lists_of_others(township: Workspace, register: str) -> None:
    made(township, "child_visit")
    made(township, "care_entrustment", {"child_case": township.records.ids(Query("child_case"))[0]})
    assert names_shown(township, register) == ["周小春"]
    clerk = as_clerk(township)
    assert names_shown(clerk, register) == ["周**"]
    (row,) = clerk.records.rows(register, clerk.records.ids(Query(register)), masked=False)
    assert "周小春" in row.values()
    clerk.close()


def test_a_name_is_shown_from_the_fourteenth_birthday_on(township: Workspace) -> None:
    made(township, "child_case")
    clerk = as_clerk(township)
    for born, shown in ((date(2012, 11, 24), "周**"), (date(2012, 11, 23), "周小春")):
        with clerk.store.work("改出生日期") as work:
            work.update_many(RECORDS["person"], [{"id": clerk.records.ids(Query("person"))[0], "birth_date": born}])
        assert names_shown(clerk, "child_case") == [shown]
    clerk.close()


def test_an_export_masks_children_and_their_families_but_not_officials(township: Workspace, tmp_path: Path) -> None:
    made(township, "child_case")
    paths = ["person.name", "father_name", "school_name", "director_name"]
    for reason, expected in (
        ("", ["周**", "龚**", "***", "龚志明"]),
        ("村里核对", ["周小春", "龚志明", "甲乙", "龚志明"]),
    ):
        out = township.exporting.export("child_case", tmp_path / "儿童.xlsx", paths=paths, unmask_reason=reason)
        lines = openpyxl.load_workbook(out.path).worksheets[0].iter_rows(values_only=True)
        assert expected in [list(line[:4]) for line in lines]


# when the next visit is due


def dates(workspace: Workspace, case: str) -> tuple[date | None, date | None]:
    found = workspace.records.get("child_case", case)
    return found["last_visit_date"], found["next_due_date"]


def test_the_database_works_out_when_a_child_is_visited_next(township: Workspace) -> None:
    known: dict[str, str] = {}
    case = made(township, "child_case", known)
    assert dates(township, case) == (None, date(2026, 2, 4))  # 30 days after enrolment, whatever the interval
    visit = made(township, "child_visit", known)
    assert dates(township, case) == (date(2026, 11, 10), date(2027, 2, 8))
    for days, due in ((30, date(2026, 12, 10)), (180, date(2027, 5, 9)), (None, date(2027, 5, 9))):
        with township.store.work("改间隔") as work:
            work.update_many(RECORDS["child_case"], [{"id": case, "visit_interval_days": days}])
        assert dates(township, case)[1] == due
    township.records.delete("child_visit", visit)
    assert dates(township, case)[0] is None
    left = {"exit_date": date(2026, 11, 20), "exit_reason": "03"}
    assert township.records.set("child_case", case, left).saved
    assert dates(township, case)[1] is None
