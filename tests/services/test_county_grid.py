"""指标一览: townships by indicators at the county, and what a township saw when it reported."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from service_desk import MONTH, Desks, add_elder, add_visit

from anyue_desktop.indicators.basis import Basis
from anyue_desktop.ledgers.preview import Preview
from anyue_desktop.services.county_grid import CountyGrid
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.printing import LedgerOrder

RATE, BEDS, HOME = "I04", "I07", "512021206000"


def cell(grid: CountyGrid, place: str, indicator: str) -> IndicatorValue:
    (row,) = (one for one in grid.rows if one.code == place)
    return next(one for one in row.values if one.id == indicator)


@pytest.fixture
def reported(desks: Desks, cases: list[str]) -> Desks:
    """A township that visited one of three elders, and reported."""
    add_visit(desks.township, cases[0])
    desks.report()
    return desks


def test_the_county_stands_first_and_every_township_has_its_row(reported: Desks) -> None:
    grid = reported.county.county_figures.grid(MONTH)
    assert [row.name for row in grid.rows[:2]] == ["安岳县", "岳城街道"]
    assert len(grid.rows) == 1 + 46
    shown = cell(grid, HOME, RATE)
    assert (shown.value, shown.sign, shown.numerator, shown.denominator) == ("33.3%", "✗", 1, 3)
    assert cell(grid, "512021101000", RATE).value == "—"
    assert cell(grid, "512021000000", RATE).value == "33.3%"


def test_what_the_township_reported_is_what_the_county_computes(reported: Desks) -> None:
    assert reported.county.county_figures.grid(MONTH).apart == {}


def test_a_late_visit_shows_beside_what_was_reported(reported: Desks, cases: list[str]) -> None:
    add_visit(reported.township, cases[1], date(2026, 11, 20))
    sealed = reported.seal("2026-12")
    reported.receive(sealed.path)
    grid = reported.county.county_figures.grid(MONTH)
    assert grid.apart[HOME, RATE] == "乡镇上报时 33.3%，现在按收到的记录算 66.7%"


def test_the_same_share_of_other_numbers_is_told_by_the_numbers(desks: Desks, cases: list[str]) -> None:
    desks.report()
    add_elder(desks.township, 8)
    desks.receive(desks.seal("2026-12").path)
    grid = desks.county.county_figures.grid(MONTH)
    assert grid.apart[HOME, RATE] == "乡镇上报时是 0/3，现在按收到的记录算是 0/4"


def test_the_newest_report_of_the_month_counts(reported: Desks, cases: list[str]) -> None:
    add_visit(reported.township, cases[1], date(2026, 11, 20))
    reported.report()
    assert reported.county.county_figures.grid(MONTH).apart == {}


def test_another_reading_of_the_plan_is_told_at_the_indicator_it_concerns(desks: Desks, cases: list[str]) -> None:
    desks.township.indicators.set_basis(Basis(elder_population="res", late_enrolled_counts=False))
    desks.report()
    apart = desks.county.county_figures.grid(MONTH).apart
    assert apart[HOME, BEDS] == "乡镇上报时用的口径是“每千名老人床位的老人数60岁以上常住人口”"
    assert apart[HOME, RATE] == "乡镇上报时用的口径是“当月25日后纳入的老年人从下月起计入”"
    assert {indicator for _, indicator in apart} == {BEDS, RATE}


def test_a_year_is_not_compared_with_a_months_report(reported: Desks, cases: list[str]) -> None:
    add_visit(reported.township, cases[1], date(2026, 11, 20))
    reported.receive(reported.seal("2026-12").path)
    grid = reported.county.county_figures.grid(MONTH, whole_year=True)
    assert (grid.apart, grid.period) == ({}, "2026年1—11月")


def test_the_table_is_written_as_a_workbook(reported: Desks, tmp_path: Path) -> None:
    figures = reported.county.county_figures
    figures.write(figures.grid(MONTH), tmp_path / "一览.xlsx")
    page = openpyxl.load_workbook(tmp_path / "一览.xlsx").worksheets[0]
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    heads = next(line for line in lines if line[0] == "乡镇（街道）")
    (targets,) = (line for line in lines if line[0] == "2025年目标")
    (home,) = (line for line in lines if line[0] == "天马乡")
    at = heads.index("特殊困难老人月探访率")
    assert (targets[at], home[at]) == ("100%", "33.3% ×")
    assert (
        sum(title is not None for title in heads) == 1 + 21
    )  # 专栏1: 17 rows, one of four standards, one of two rates
    assert any("✓ 达到2025年目标" in str(line[0]) for line in lines)
    assert any(str(line[0]).startswith("口径：") for line in lines)


@pytest.mark.parametrize("main", [True, False])
def test_the_table_is_printed_with_every_sign(reported: Desks, tmp_path: Path, main: bool) -> None:
    figures = reported.county.county_figures
    printed = figures.write(figures.grid(MONTH), tmp_path / "一览.pdf", main=main)
    assert printed.undrawable == ()
    with Preview(printed.path) as preview:
        assert preview.pages == printed.pages


@pytest.mark.parametrize(
    ("township", "office", "value"),
    [("", "安岳县民政局", "33.3%"), (HOME, "天马乡人民政府", "33.3%"), ("512021101000", "鸳大镇人民政府", "—")],
)
def test_the_monthly_report_is_the_countys_or_of_one_township(
    reported: Desks, tmp_path: Path, township: str, office: str, value: str
) -> None:
    order = LedgerOrder("L15", MONTH, township=township)
    printed = reported.county.printing.print_ledger(order, tmp_path / "月报.xlsx")
    lines = [[cell.value for cell in line] for line in openpyxl.load_workbook(printed.path).worksheets[0].iter_rows()]
    (rate,) = (line for line in lines if line[0] == "特殊困难老人月探访率")
    assert rate[2] == value
    assert any(f"填报单位（盖章）：{office}" in str(line[0]) for line in lines)
