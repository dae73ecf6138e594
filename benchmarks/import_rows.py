"""10,000 rows of a village workbook: read, matched, checked, written. Beside it: openpyxl reading the same cells."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import openpyxl

from anyue_desktop.core import clock
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.practice import PRACTICE_TOWNSHIP, files
from anyue_desktop.services.workspace import create_township
from benchmarks.town import PASSPHRASE, report, timed

COLUMNS = (
    "person.name", "person.sex", "person.id_number", "person.residence_division", "person.group_name",
    "person.residence_address", "person.phone", "person.health_status", "person.relief_class",
    "person.emergency_name", "person.emergency_phone", "categories", "living_arrangement", "self_care_level",
    "risk_level", "responsible_name", "responsible_phone", "enrol_date",
)  # fmt: skip


def main(rows: int = 10_000) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook = _workbook(folder / "花名册.xlsx", rows)
        workspace = create_township(folder / "town", PRACTICE_TOWNSHIP, "王芳", PASSPHRASE, cost=FLOOR)
        with timed(seconds, "plan"):
            plan = workspace.importing.plan("elder_case", [workbook])
        with timed(seconds, "commit"):
            workspace.importing.commit(plan)
        with timed(seconds, "openpyxl"):
            list(openpyxl.load_workbook(workbook, read_only=True).worksheets[0].iter_rows(values_only=True))
        whole = seconds["plan"] + seconds["commit"]
        report(
            f"导入：{rows:,} 行 × {len(COLUMNS)} 列",
            [
                ("预检（读取、核对、查重、校验）", f"{seconds['plan']:.1f} s"),
                ("写入", f"{seconds['commit']:.1f} s"),
                ("全程", f"{whole:.1f} s，{rows / whole:,.0f} 行/秒，新增 {plan.new}，有误 {plan.bad}"),
                ("openpyxl 只读同一文件", f"{seconds['openpyxl']:.1f} s"),
                ("倍数（全程 ÷ openpyxl 只读）", f"{whole / seconds['openpyxl']:.1f}"),
            ],
        )
        workspace.close()


def _workbook(path: Path, rows: int) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    known = {"person": REGISTERS["person"], "": REGISTERS["elder_case"]}
    places = [(prefix, key) for prefix, _, key in (path.rpartition(".") for path in COLUMNS)]
    sheet.append([known[prefix].field(key).label for prefix, key in places])
    for one in files(PRACTICE_TOWNSHIP, clock.today(), rows, months=0):
        values = {"person": one.person, "": one.case}
        sheet.append([known[prefix].show(key, values[prefix].get(key)) for prefix, key in places])
    book.save(path)
    return path


if __name__ == "__main__":
    main(*(int(text) for text in sys.argv[1:]))
