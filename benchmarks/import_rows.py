"""Rows of 30 columns: read, matched, checked, written. Beside it: openpyxl merely reading the same cells.

`python -m benchmarks.import_rows 10000 100000`; each size runs in a process of its own, so that its memory is its own.
Times are those of the processor, which other work on the machine disturbs less than those of the clock.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
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
    "risk_level", "responsible_name", "responsible_phone", "enrol_date", "person.ethnicity", "person.education",
    "person.marital_status", "person.residence_status", "person.hukou_kind", "person.hukou_class",
    "person.emergency_relation", "ability_level", "children_alive", "children_local", "supporter_name", "consent_kind",
)  # fmt: skip


def main(*sizes: int) -> None:
    """Measures each size in a fresh process."""
    for rows in sizes or (10_000,):
        with tempfile.TemporaryDirectory() as name:
            workbook = _workbook(Path(name) / "花名册.xlsx", rows)
            context = multiprocessing.get_context("spawn")
            process = context.Process(target=measure, args=(workbook, rows))
            process.start()
            process.join()


def measure(workbook: Path, rows: int) -> None:
    """Measures and reports."""
    seconds: dict[str, float] = {}
    workspace = create_township(workbook.parent / "town", PRACTICE_TOWNSHIP, "王芳", PASSPHRASE, cost=FLOOR)
    with timed(seconds, "plan", time.process_time):
        plan = workspace.importing.plan("elder_case", [workbook])
    with timed(seconds, "commit", time.process_time):
        workspace.importing.commit(plan)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with timed(seconds, "openpyxl", time.process_time):
        for _ in openpyxl.load_workbook(workbook, read_only=True).worksheets[0].iter_rows(values_only=True):
            pass
    whole = seconds["plan"] + seconds["commit"]
    report(
        f"导入：{rows:,} 行 × {len(COLUMNS)} 列",
        [
            ("预检（读取、核对、查重、校验）", f"{seconds['plan']:.1f} s"),
            ("写入", f"{seconds['commit']:.1f} s"),
            ("全程", f"{whole:.1f} s，{rows / whole:,.0f} 行/秒，新增 {plan.new}，有误 {plan.bad}"),
            ("openpyxl 只读同一文件", f"{seconds['openpyxl']:.1f} s"),
            ("倍数（全程 ÷ openpyxl 只读）", f"{whole / seconds['openpyxl']:.2f}"),
            ("最大内存（导入）", f"{memory} MB"),
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
