"""指标一览: the county's townships and all indicators as one table, on the screen, on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anyue_desktop.core.progress import Progress
from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Sheet
from anyue_desktop.db.store import Store
from anyue_desktop.indicators.basis import Basis
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.ledgers.table_printer import print_sheet
from anyue_desktop.services.indicator_value import IndicatorValue, on_paper
from anyue_desktop.services.measuring import GridRow, Measuring
from anyue_desktop.services.reported_figures import asides, reported_figures
from anyue_desktop.services.unit import Unit
from anyue_desktop.sheets.ledger import write_sheet

TITLE, NUMBER, NOTICE, PRINTED = "各乡镇指标一览表", "ZBB", "不含个人信息", "print"
LEGEND = "✓ 达到2025年目标　△ 达到目标的90%以上　✗ 不到目标的90%　— 没有数据；没有符号的不按乡镇考核。"
NAME_MM, VALUE_MM, VALUES_A_PAGE, TEXT_SIZE = 20.0, 11.6, 21, 7.0  # 专栏1 takes one page in width
WORKBOOK = ".xlsx"


@dataclass(frozen=True)
class CountyGrid:
    """The county first, then its townships; with what their own reports said otherwise."""

    month: str
    whole_year: bool
    basis: Basis
    rows: list[GridRow]
    apart: dict[tuple[str, str], str] = field(default_factory=dict)  # by township and indicator, in words

    def indicators(self, *, main: bool) -> list[IndicatorValue]:
        """Returns the columns: all indicators, or the seventeen of 专栏1, with the county's own values."""
        return [one for one in self.rows[0].values if one.main or not main]

    @property
    def period(self) -> str:
        """The month, or the year up to it, in words."""
        year, month = self.month[:4], int(self.month[5:])
        return f"{year}年1—{month}月" if self.whole_year and month > 1 else f"{year}年{month}月"


class CountyFigures:
    """Computes, prints and exports the table."""

    def __init__(self, store: Store, unit: Unit, measuring: Measuring) -> None:
        self._store, self._unit, self._measuring = store, unit, measuring

    def grid(self, month: str, *, whole_year: bool = False) -> CountyGrid:
        """Returns the table of a month, or of the year up to it; a month also with what was reported otherwise."""
        grid, basis = self._measuring.grid(month, whole_year=whole_year), self._measuring.basis()
        with self._store.read() as session:
            apart = {} if whole_year else asides(grid.rows[1:], basis, reported_figures(session, month))
        return CountyGrid(month, whole_year, basis, grid.rows, apart)

    def write(self, grid: CountyGrid, target: Path, *, main: bool = True, progress: Progress | None = None) -> Printed:
        """Writes the table as PDF, or as a workbook where `target` ends in .xlsx.

        Raises:
            UserError: the file cannot be written.
            Cancelled: the person stopped it; nothing is left.
        """
        sheet = grid_sheet(self._unit, grid, main=main)
        if target.suffix.lower() == WORKBOOK:
            write_sheet(target, sheet, progress)
            printed = Printed(target, 0, "")
        else:
            printed = print_sheet(sheet, target, progress=progress)
        facts = {"ledger": NUMBER, "month": grid.month, "number": sheet.heading.print_number, "pages": printed.pages}
        self._store.note(PRINTED, facts)
        return printed


def grid_sheet(unit: Unit, grid: CountyGrid, *, main: bool = True) -> Sheet:
    """Returns the table as plain values: the targets, the county, then every township."""
    heads = grid.indicators(main=main)
    wanted = {one.id for one in heads}
    number = f"{unit.code[:6]}-{NUMBER}-{grid.month.replace('-', '')}"
    targets: tuple[Cell, ...] = ("2025年目标", *(one.target for one in heads))
    rows = [(row.name, *(on_paper(cell_text(one)) for one in row.values if one.id in wanted)) for row in grid.rows]
    return Sheet(
        NUMBER,
        TITLE,
        Heading(unit.office, grid.period, number, NOTICE),
        _columns(heads),
        (targets, *rows),
        measure="见各项目标",
        notes=(on_paper(LEGEND), grid.basis.words()),
        personal=False,
        text_size=TEXT_SIZE,
    )


def cell_text(value: IndicatorValue) -> str:
    """Returns a cell: the value with its sign."""
    return f"{value.value} {value.sign}".strip()


def _columns(heads: Sequence[IndicatorValue]) -> tuple[Column, ...]:
    values = (
        Column(one.name, VALUE_MM, turns=place > 0 and place % VALUES_A_PAGE == 0) for place, one in enumerate(heads)
    )
    return (Column("乡镇（街道）", NAME_MM, Align.LEFT), *values)
