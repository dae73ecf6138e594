"""A month's figures are kept when it is reported, and can be set beside what they would be now (decision 0015)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from service_desk import MONTH, Desks, add_elder, add_visit, indicator, value

from anyue_desktop.core.errors import UserError
from anyue_desktop.indicators.basis import AS_MADE, RULE_VERSION, Basis
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.services.frozen_figures import Figure, read_figures
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.workspace import Workspace


def test_sealing_a_month_keeps_its_figures(desks: Desks, cases: list[str]) -> None:
    assert desks.township.indicators.frozen(MONTH) is None
    desks.seal()
    kept = desks.township.indicators.frozen(MONTH)
    assert kept is not None
    assert (kept.month, kept.by, kept.sealed, kept.figures.rules) == (MONTH, "王芳", True, RULE_VERSION)
    assert kept.figures.values["I04"] == Figure("0.0%", 0, 3)
    assert desks.township.indicators.compare(MONTH) == []
    carried = value(desks.township, "select indicator_values from report_package")
    assert read_figures(carried) == kept.figures


def test_a_visit_keyed_late_changes_the_month_and_not_what_was_kept(desks: Desks, cases: list[str]) -> None:
    desks.seal()
    add_visit(desks.township, cases[0], date(2026, 11, 3))
    (difference,) = desks.township.indicators.compare(MONTH)
    assert (difference.id, difference.then, difference.now) == ("I04", Figure("0.0%", 0, 3), Figure("33.3%", 1, 3))
    desks.seal()
    assert desks.township.indicators.compare(MONTH) == []
    assert value(desks.township, "select count(*) from frozen_month") == 2


def test_a_month_kept_by_hand_says_so_and_each_keeping_is_logged(township: Workspace) -> None:
    with pytest.raises(UserError, match="还没有留存"):
        township.indicators.compare(MONTH)
    kept = township.indicators.freeze(MONTH)
    assert (kept.sealed, kept.figures.basis) == (False, AS_MADE)
    assert value(township, "select act from operation order by n desc limit 1") == "留存指标"


def test_the_basis_is_kept_with_the_figures_and_its_change_is_logged(township: Workspace) -> None:
    add_elder(township, 2, enrol_date=date(2026, 10, 28))
    township.indicators.freeze("2026-10")
    township.indicators.set_basis(Basis(late_enrolled_counts=False))
    (difference,) = township.indicators.compare("2026-10")
    assert (difference.then, difference.now) == (Figure("0.0%", 0, 1), Figure("—", 0, 0))
    kept = township.indicators.frozen("2026-10")
    assert kept is not None
    assert kept.figures.basis == AS_MADE
    logged = json.loads(value(township, "select obj from operation where act = '修改统计口径'"))
    assert logged["basis"]["late_enrolled_counts"] is False
    with pytest.raises(UserError, match="不能是"):
        township.indicators.set_basis(Basis(elder_population="all"))


def test_a_report_from_before_the_rules_were_numbered_is_read() -> None:
    old = read_figures('{"I04": ["66.7%", 2, 3]}')
    assert (old.rules, old.basis, old.values) == (0, AS_MADE, {"I04": Figure("66.7%", 2, 3)})
    assert read_figures("").values == {}


def test_the_report_of_indicators_is_printed_with_the_basis(township: Workspace, tmp_path: Path) -> None:
    case = add_elder(township, 2)
    add_elder(township, 4)
    add_visit(township, case)
    printed = township.printing.print_ledger(LedgerOrder("L15", MONTH), tmp_path / "L15.pdf")
    assert printed.undrawable == ()
    with Preview(printed.path) as preview:
        text = "".join(preview.text(number) for number in range(preview.pages))
    for words in ("指标月报", "计量单位", "年累计", "2025目标", "完成率", "50.0%", "还差1人", "口径：", "×"):
        assert words in text, words
    township.printing.print_ledger(LedgerOrder("L15", MONTH), tmp_path / "L15.xlsx")
    page = openpyxl.load_workbook(tmp_path / "L15.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    (rate,) = [row for row in rows if "特殊困难老人月探访率" in row]
    assert rate[1:6] == ["%", "50.0%", indicator(township).year_value, "100%", "× 50.0%"]


def test_a_quarter_and_a_year_are_reported_by_the_same_ledger(township: Workspace, tmp_path: Path) -> None:
    case = add_elder(township, 2, enrol_date=date(2026, 7, 1))
    add_visit(township, case, date(2026, 8, 3))
    add_visit(township, case, date(2026, 11, 3))

    def first_column(period: str) -> list[object]:
        target = tmp_path / f"{period}.xlsx"
        township.printing.print_ledger(LedgerOrder("L15", MONTH, period=period), target)
        rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(target).worksheets[0].iter_rows()]
        (heads,) = [row for row in rows if "计量单位" in row]
        (rate,) = [row for row in rows if "特殊困难老人月探访率" in row]
        return [heads[2], rate[2], rate[3]]

    assert first_column("month") == ["本月", "100.0%", "40.0%"]
    assert first_column("quarter") == ["本季", "50.0%", "40.0%"]  # October none, November all
    assert first_column("year") == ["本年", "40.0%", "40.0%"]  # two of the five months from July on
    with pytest.raises(UserError, match="不能按季度或年度打印"):
        township.printing.print_ledger(LedgerOrder("L3", MONTH, period="year"), tmp_path / "L3.pdf")
    with pytest.raises(UserError, match="期别"):
        township.printing.print_ledger(LedgerOrder("L15", MONTH, period="week"), tmp_path / "L15.pdf")
