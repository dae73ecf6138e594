"""L16 上报交接单, which goes to the county with the stick."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from anyue_desktop.core.sheet import Align, Cell, Column, Heading, Sheet, Slot, day_text
from anyue_desktop.ledgers.catalogue import LEDGERS

NUMBER = "L16"
COLUMNS = (
    Column("序号", 12),
    Column("登记册", 68, Align.LEFT),
    Column("新增", 22),
    Column("更正", 22),
    Column("删除", 22),
    Column("合计", 24),
)
NOTE = "接收时请核对包号、条数和核对码，与程序显示的一致后签收。本单一式两份，移交、接收双方各存一份。"


@dataclass(frozen=True)
class HandoverLine:
    """How many records of one register a package carries."""

    register: str
    added: int
    changed: int = 0
    removed: int = 0

    def cells(self) -> tuple[Cell, ...]:
        """Returns the values in print order, without the running number."""
        return (self.register, self.added, self.changed, self.removed, self.added + self.changed + self.removed)


@dataclass(frozen=True)
class Handover:
    """One package as it is handed over; `digest` is its SHA-256, `check_number` its eight digits for comparing."""

    package_number: str
    file: str
    kind: str  # 报送类型
    lines: tuple[HandoverLine, ...]
    errors: int
    warnings: int
    digest: str
    check_number: str
    made_at: str  # as it is to be read
    giver: str = ""
    receiver: str = ""
    handed_on: date | None = None


def handover(package: Handover, heading: Heading) -> Sheet:
    """Returns the slip that both sides sign; `heading` gives the unit and the month reported."""
    return Sheet(
        NUMBER,
        LEDGERS[NUMBER],
        heading,
        COLUMNS,
        tuple((number, *line.cells()) for number, line in enumerate(package.lines, start=1)),
        ("", *_sum(package.lines).cells()),
        measure="条",
        facts=_facts(package),
        notes=(NOTE,),
        signing=(
            Slot("移交人", package.giver),
            Slot("接收人", package.receiver),
            Slot("日期", day_text(package.handed_on)),
        ),
        qr=f"TPKG:{package.package_number}:{package.digest}".upper(),
        portrait=True,
        personal=False,
        text_size=10.0,
    )


def _facts(package: Handover) -> tuple[Slot, ...]:
    return (
        Slot("包号", package.package_number),
        Slot("报送类型", package.kind),
        Slot("文件名", package.file),
        Slot("摘要（前8位）", package.digest[:8]),
        Slot("核对码", package.check_number),
        Slot("生成时间", package.made_at),
        Slot("校验", f"逻辑错误 {package.errors} 条，提示 {package.warnings} 条"),
    )


def _sum(lines: Iterable[HandoverLine]) -> HandoverLine:
    counts = [(line.added, line.changed, line.removed) for line in lines]
    return HandoverLine("合计", *(sum(column) for column in zip(*counts, strict=True)) if counts else (0,))
