"""anyue county …: the county's half of enrolment and reception."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from anyue_desktop.cli.answer import DONE, LOOK, REFUSED, Answer, Grid, facts_of, grid_of
from anyue_desktop.cli.session import PASSPHRASE, Session, new_passphrase, session_of
from anyue_desktop.cli.words import Folder, Month, RecordId, Register, Source, month_of
from anyue_desktop.core.errors import UserError
from anyue_desktop.services.county_enrolment import Approved
from anyue_desktop.services.county_grid import CountyGrid, cell_text
from anyue_desktop.services.frozen_figures import plain
from anyue_desktop.services.measuring import GridRow
from anyue_desktop.services.practice import USUAL_SCALE
from anyue_desktop.services.practice_county import create_practice_county
from anyue_desktop.services.receiving import Received
from anyue_desktop.services.unit import township_unit
from anyue_desktop.services.unlocking import CountyUnlocking
from anyue_desktop.services.workspace import Workspace, create_county

commands = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
SWITCH = {"on": True, "off": False}
TAKEN, AGAIN = "OK", "E_REPLAY"
EFFECTS = ("new", "changed", "removed", "same", "returned", "conflicts")
GIVING_BACK = "giving_back"
OFFLINE = "离线保管"
INDICATOR = ("id", "name", "value", "numerator", "denominator", "target", "met", "gap", "unit", "attribute")
PACKAGE = ("file", "status", "message", "hint", "site", "unit", "month", "sequence", *EFFECTS, GIVING_BACK)
UNIT = {
    "unit": "乡镇",
    "state": "状态",
    "sequence": "第几包",
    "records": "记录",
    "returned": "退回",
    "received_at": "接收时间",
}

Site = Annotated[str, typer.Argument(metavar="SITE", help="设备号，如 t512021206a")]
Places = Annotated[list[Path], typer.Argument(metavar="FILE_OR_DIR…", help="上报包，或放着上报包的文件夹", exists=True)]
Practice = Annotated[bool, typer.Option("--practice", help="练习用：装入46个编造的乡镇")]
Without = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="CODE", help="练习时不编造这个乡镇，留着接收它的上报包；可以写几次"),
]
Scale = Annotated[
    float, typer.Option("--scale", metavar="N", help="练习时每个村编造多少人，1 与练习乡镇一样多", min=0.01, max=20)
]


@commands.command("init", help="建立县局的加密台账和全部密钥")
def init(
    context: typer.Context,
    offline: Annotated[
        Path | None, typer.Option("--offline", metavar="DIR", help="根密钥和恢复密钥写到哪里（默认在台账文件夹里）")
    ] = None,
    practice: Practice = False,
    without: Without = None,
    scale: Scale = USUAL_SCALE,
) -> Answer:
    """Makes the county workspace with all its keys."""
    session = session_of(context)
    if not session.operator:
        raise UserError("没有写明第一个操作员", "请加上 --operator 姓名")
    if without and not practice:
        raise UserError("--without 只用于练习", "请同时写 --practice，或去掉 --without")
    words = new_passphrase(PASSPHRASE)
    if practice:
        workspace = _practice(session, words, offline, scale, without or ())
    else:
        workspace = create_county(session.folder, session.operator, words, offline=offline)
    try:
        made = workspace.county_enrolment.trust(offline or session.folder / OFFLINE)
        unit = workspace.unit
    finally:
        workspace.close()
    facts = _approved_facts(made) | {
        "workspace": str(session.folder),
        "unit": unit.name,
        "fingerprint": made.root_fingerprint,
    }
    lines = [
        f"已建立县局台账：{session.folder}",
        f"根密钥数字（抄到信任卡上）：{made.root_fingerprint}",
        f"“{made.path.parent}”里的根密钥和恢复密钥请移到离线的 U 盘封存",
    ]
    return Answer(facts, lines)


def _practice(session: Session, words: str, offline: Path | None, scale: float, without: Sequence[str]) -> Workspace:
    left_out = {township_unit(one).code for one in without}
    with session.progress() as progress:
        return create_practice_county(
            session.folder, session.operator, words, scale=scale, without=left_out, offline=offline, progress=progress
        )


@commands.command("approve", help="批准一台设备的登记，写出新的信任表")
def approve(
    context: typer.Context,
    file: Source,
    outdir: Folder,
    digits: Annotated[str, typer.Option("--digits", metavar="DIGITS", help="电话里听到的六组数字")],
    days: Annotated[int, typer.Option("--days", metavar="N", help="登记有效天数", min=1, max=3650)] = 730,
) -> Answer:
    """Enrols a laptop and writes the next trust bundle."""
    with session_of(context).county() as workspace:
        made = workspace.county_enrolment.approve(file, outdir, digits, days)
    return approved(made, f"已批准 {made.unit_name} 的设备 {made.site}")


@commands.command("trust", help="再写一次现行的信任表（快到期时换新的一版）")
def trust(
    context: typer.Context,
    outdir: Folder,
    two_person: Annotated[
        str, typer.Option("--two-person", metavar="on|off", help="要不要乡镇双人审核：每条记录由另一个人审核后才上报")
    ] = "",
) -> Answer:
    """Writes the trust bundle in force once more, or one with another policy."""
    if two_person not in ("", *SWITCH):
        raise UserError(f"--two-person 不能是“{two_person}”", "请写 on 或 off")
    with session_of(context).county() as workspace:
        county = workspace.county_enrolment
        changes = two_person and SWITCH[two_person] is not county.two_person()
        made = county.set_two_person(outdir, required=SWITCH[two_person]) if changes else county.trust(outdir)
        asked = county.two_person()
    answer = approved(made, f"信任表第 {made.trust_version} 版，{'要求' if asked else '不要求'}双人审核")
    return replace(answer, facts={**answer.facts, "two_person": asked})


@commands.command("unlock", help="答复乡镇忘记密码的申请；一次性数字在电话里读给乡镇，不要写在 U 盘上")
def unlock(
    context: typer.Context,
    file: Source,
    outdir: Folder,
    digits: Annotated[str, typer.Option("--digits", metavar="DIGITS", help="电话里听到的六组数字")],
    recovery: Annotated[Path, typer.Option("--recovery", metavar="FILE", help="封存的恢复密钥", exists=True)],
) -> Answer:
    """Answers a township that forgot its passphrase."""
    with session_of(context).county() as workspace:
        made = CountyUnlocking(workspace.store).answer(file, recovery, outdir, digits)
    lines = [f"已答复 {made.unit_name} 的“{made.login}”：{made.path}", f"请在电话里读出一次性数字：{made.code}"]
    return Answer(facts_of(made), lines)


@commands.command("receive", help="核对并接收上报包，数量不限；每个包单独给出结果")
def receive(
    context: typer.Context,
    places: Places,
    preview: Annotated[bool, typer.Option("--preview", help="只看结果，不接收")] = False,
    deletions: Annotated[
        list[str] | None,
        typer.Option("--deletions", metavar="SITE", help="已向这台设备的乡镇核实要删除大量记录；可以写几次"),
    ] = None,
) -> Answer:
    """Verifies and merges packages; says of each what came of it."""
    session = session_of(context)
    with session.county() as workspace, session.progress() as progress:
        results = workspace.receiving.receive(places, preview=preview, deletions_of=deletions or (), progress=progress)
    return receive_answer(results, preview=preview)


def receive_answer(results: list[Received], *, preview: bool = False) -> Answer:
    """Returns what came of each package."""
    refused = [one for one in results if not one.taken_in]
    facts: dict[str, Any] = {"preview": preview, "packages": [facts_of(one, *PACKAGE) for one in results]}
    if len(refused) == len(results):
        facts |= {"status": refused[0].status, "message": refused[0].message, "hint": refused[0].hint}
    notes = [f"{Path(one.file).name}：{one.message}（{one.status}），{one.hint}" for one in refused]
    return Answer(facts, grid=_effects(results), notes=notes, code=received_code(results))


def received_code(results: list[Received]) -> int:
    """Returns the exit code: 3 if nothing was taken in, 1 if something needs a look.

    A package that is known already does no harm beside others that were taken in.
    """
    if not any(one.taken_in for one in results):
        return REFUSED
    wrong = [one for one in results if one.status not in (TAKEN, AGAIN)]
    return LOOK if wrong or any(one.returned or one.conflicts for one in results) else DONE


@commands.command("return", help="退回一条记录；下一次回执带给乡镇")
def give_back(
    context: typer.Context,
    site: Site,
    register: Register,
    identity: RecordId,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="退回原因，写明怎么改")],
    field: Annotated[str, typer.Option("--field", metavar="F", help="哪一项有问题（键名或中文名）")] = "",
) -> Answer:
    """Returns a record to the township."""
    with session_of(context).county() as workspace:
        key = workspace.by_words.key(register, field) if field else ""
        workspace.returning.give_back(site, register, identity, reason, key)
        waiting = len(workspace.returning.returns(site))
    facts = {"path": None, "accepted": 0, "returned": waiting, "site": site, "id": identity, "field": key}
    return Answer(facts, [f"已退回；{site} 现有 {waiting} 条退回的记录，请写回执（anyue county receipt {site} …）"])


@commands.command("receipt", help="给一台设备写签名的回执")
def receipt(context: typer.Context, site: Site, outdir: Folder) -> Answer:
    """Writes the signed receipt of a site."""
    with session_of(context).county() as workspace:
        made = workspace.returning.receipt(site, outdir)
    return Answer(facts_of(made), [f"已写出回执：{made.path}（已收 {made.accepted} 条，退回 {made.returned} 条）"])


@commands.command("status", help="各乡镇一个月的上报情况")
def status(context: typer.Context, month: Month) -> Answer:
    """Tells which townships have reported."""
    with session_of(context).county() as workspace:
        units = [facts_of(one) for one in workspace.returning.status(month_of(month))]
    return Answer({"units": units}, grid=grid_of(UNIT, units))


@commands.command("indicators", help="各乡镇的指标一览；--out 写成 PDF，或 .xlsx 表格")
def indicators(
    context: typer.Context,
    month: Month,
    whole_year: Annotated[bool, typer.Option("--year", help="年累计，算到这个月")] = False,
    township: Annotated[str, typer.Option("--township", metavar="CODE", help="只看一个乡镇（街道）")] = "",
    out: Annotated[Path | None, typer.Option("--out", metavar="OUT", help="写到这个文件", dir_okay=False)] = None,
) -> Answer:
    """Computes every indicator of every township, the county first."""
    session = session_of(context)
    with session.county() as workspace, session.progress() as progress:
        chosen = workspace.by_words.township(township) if township else ""
        grid = workspace.county_figures.grid(month_of(month), whole_year=whole_year)
        printed = workspace.county_figures.write(grid, out, main=False, progress=progress) if out else None
    rows = [row for row in grid.rows if chosen in ("", row.code)]
    facts: dict[str, Any] = {"month": grid.month, "year": whole_year, "rows": [_row_facts(grid, row) for row in rows]}
    facts |= {"path": printed.path, "pages": printed.pages} if printed else {}
    headings = ("乡镇（街道）", *(one.id for one in grid.indicators(main=False)))
    table = Grid(headings, [(row.name, *(cell_text(one) for one in row.values)) for row in rows])
    return Answer(facts, [f"已写出：{printed.path}"] if printed else [], table)


def _row_facts(grid: CountyGrid, row: GridRow) -> dict[str, Any]:
    """Returns a township's indicators as scripts read them; `reported` says what its own report had otherwise."""
    values = [
        facts_of(one, *INDICATOR)
        | {"numerator": plain(one.numerator), "denominator": plain(one.denominator)}
        | {"reported": grid.apart.get((row.code, one.id), "")}
        for one in row.values
    ]
    return {"code": row.code, "name": row.name, "indicators": values}


def approved(made: Approved, told: str) -> Answer:
    """Returns what a newly signed trust bundle is told by."""
    lines = [told, f"信任表：{made.path}", f"核对签名用的名单：{made.allowed_signers}"]
    return Answer(_approved_facts(made), lines)


def _approved_facts(made: Approved) -> dict[str, Any]:
    facts = facts_of(made)
    return facts | {"fingerprint": made.fingerprint or made.root_fingerprint}


def _effects(results: list[Received]) -> Grid:
    headings = ("文件", "结果", "设备", "单位", "月份", "第几包", "新增", "变更", "删除", "相同", "退回", "冲突")
    keys = ("status", "site", "unit", "month", "sequence", *EFFECTS)
    return Grid(headings, [(Path(one.file).name, *(str(getattr(one, key)) for key in keys)) for one in results])
