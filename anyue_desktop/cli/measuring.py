"""anyue indicators · basis: the numbers of the county plan, and how they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of, grid_of
from anyue_desktop.cli.looking import grid_of_records
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Month, month_of, pairs
from anyue_desktop.core.errors import UserError
from anyue_desktop.indicators.basis import RULE_VERSION, SWITCHES, Basis, read_choice
from anyue_desktop.services.behind import DENOMINATOR
from anyue_desktop.services.frozen_figures import Difference, Snapshot, plain
from anyue_desktop.services.indicator_value import IndicatorValue
from anyue_desktop.services.workspace import Workspace

VALUES = (
    "id", "name", "value", "numerator", "denominator", "target", "met", "gap", "unit", "attribute", "state", "main",
    "level", "place", "notes", "year_value", "share",
)  # fmt: skip
SHOWN_VALUES = {
    "id": "编号",
    "name": "指标",
    "value": "值",
    "year_value": "年累计",
    "numerator": "分子",
    "denominator": "分母",
    "target": "目标",
    "gap": "差额",
}
SHOWN_PLACES = {"id": "编号", "name": "名称"}


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.command("indicators", help="计算指标；列出指标背后的记录；留存，与留存时比较")(indicators)
    program.command("basis", help="统计口径：不带参数时列出，带 KEY=VALUE 时修改")(basis)


def indicators(
    context: typer.Context,
    month: Month,
    whole_year: Annotated[bool, typer.Option("--year", help="年初到这个月的累计")] = False,
    village: Annotated[str, typer.Option("--village", metavar="V", help="只算一个村（12位代码或村名）")] = "",
    township: Annotated[str, typer.Option("--township", metavar="T", help="县局：只算一个乡镇（代码或名称）")] = "",
    people: Annotated[str, typer.Option("--people", metavar="ID", help="列出一个指标背后的记录")] = "",
    part: Annotated[str, typer.Option("--part", help="哪一部分：numerator、denominator、missing")] = DENOMINATOR,
    freeze: Annotated[bool, typer.Option("--freeze", help="留存这个月的指标")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="与留存（上报）时比较")] = False,
) -> Answer:
    """Computes the indicators of a month, lists what stands behind one, keeps them, compares them with those kept."""
    day = month_of(month)
    with session_of(context).opened() as workspace:
        where = (_village(workspace, village), workspace.indicators.township(township))
        values = workspace.indicators.values(day, *where, whole_year=whole_year)
        facts: dict[str, Any] = {"indicators": [_value_facts(one) for one in values]}
        grid, code = _value_grid(values), 0
        if people:
            found = workspace.indicators.behind(people, day, part, *where, whole_year=whole_year)
            facts["people"] = workspace.indicators.rows(found)
            grid = _people_grid(workspace, found.register, facts["people"])
        if compare:
            kept, found_differences = _compare(workspace, day)
            facts["compared"] = {**_snapshot_facts(kept), "differences": list(map(facts_of, found_differences))}
            grid, code = _difference_grid(found_differences), code_of(found_differences)
        if freeze:
            facts["frozen"] = _snapshot_facts(workspace.indicators.freeze(day))
    return Answer(facts, grid=grid, code=code)


def basis(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="[KEY=VALUE]…", help="要改的口径")] = None,
) -> Answer:
    """Tells how is counted, or changes it."""
    wanted = pairs(words)
    with session_of(context).opened() as workspace:
        chosen = workspace.indicators.basis()
        if wanted:
            chosen = _changed(chosen, wanted)
            workspace.indicators.set_basis(chosen)
    facts = {"rules": RULE_VERSION, "basis": chosen.facts(), "words": chosen.words()}
    rows = [(one.key, one.label, chosen.said(one)) for one in SWITCHES]
    return Answer(facts, grid=Grid(("名称", "口径", "现在"), rows))


def _changed(chosen: Basis, wanted: dict[str, str]) -> Basis:
    known = {name: one for one in SWITCHES for name in (one.key, one.label)}
    for name, text in wanted.items():
        if name not in known:
            raise UserError(f"没有名为“{name}”的口径", f"可用的有：{'、'.join(one.key for one in SWITCHES)}")
        chosen = chosen.choosing(known[name].key, read_choice(known[name], text))
    return chosen


def _village(workspace: Workspace, name: str) -> str:
    return workspace.by_words.village(name) if name else ""


def _value_facts(value: IndicatorValue) -> dict[str, Any]:
    facts = facts_of(value, *VALUES)
    return {**facts, "numerator": plain(value.numerator), "denominator": plain(value.denominator)}


def _value_grid(values: Sequence[IndicatorValue]) -> Grid:
    rows = [{**facts_of(one), "denominator": "" if one.denominator is None else one.denominator} for one in values]
    return grid_of(SHOWN_VALUES, rows)


def _people_grid(workspace: Workspace, register: str, rows: Sequence[dict[str, str]]) -> Grid:
    return grid_of_records(workspace, register, rows) if register else grid_of(SHOWN_PLACES, rows)


def _compare(workspace: Workspace, month: str) -> tuple[Snapshot, list[Difference]]:
    found = workspace.indicators.compare(month)
    kept = workspace.indicators.frozen(month)
    assert kept is not None
    return kept, found


def _snapshot_facts(kept: Snapshot) -> dict[str, Any]:
    figures = kept.figures
    facts = facts_of(kept, "month", "at", "by", "sealed")
    return {**facts, "rules": figures.rules, "basis": figures.basis.facts()}


def _difference_grid(found: Sequence[Difference]) -> Grid:
    rows = [(one.id, one.name, one.then.value, one.now.value) for one in found]
    return Grid(("编号", "指标", "留存时", "现在"), rows)
