"""anyue enrol · seal · receipt: the township's side of reporting."""

from __future__ import annotations

from typing import Annotated

import typer

from anyue_desktop.cli.answer import Answer, Grid, code_of, facts_of
from anyue_desktop.cli.looking import found_facts, problem_lines
from anyue_desktop.cli.session import session_of
from anyue_desktop.cli.words import Folder, Month, Places, Source, month_of
from anyue_desktop.registers.report_package import MONTHLY, SPECIAL
from anyue_desktop.services.receipts import ReceiptResult
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.services.signers import Signers

ENROLLED = {"none": "还没有在县局登记", "requested": "已经申请，等县局批准", "enrolled": "已在县局登记，可以上报"}
enrolment = typer.Typer(rich_markup_mode=None, no_args_is_help=False)


def add_to(program: typer.Typer) -> None:
    """Adds the commands of this module."""
    program.add_typer(enrolment, name="enrol", help="乡镇：设备登记")
    program.command("seal", help="校验、签名、加密一个月的上报包，写到 U 盘并读回核对")(seal)
    program.command("receipt", help="接收县局的回执和退回的记录")(receipt)
    program.command("reconcile", help="重新对账：下一个上报包带上全部记录，和县局逐条核对")(reconcile)


@enrolment.command("request", help="写出设备登记申请；六组数字要在电话里读给县局听")
def request(
    context: typer.Context,
    outdir: Folder,
    renew: Annotated[bool, typer.Option("--renew", help="先换一把新的签名密钥：审核人离开以后用")] = False,
) -> Answer:
    """Writes the request to be enrolled."""
    with session_of(context).township() as workspace:
        made = workspace.enrolment.request(outdir, renew=renew)
    lines = [f"已写出申请：{made.path}", f"设备 {made.site}，请在电话里读出：{made.fingerprint}"]
    return Answer(facts_of(made), lines)


@enrolment.command("accept", help="接收县局的信任表；第一次要用信任卡上的数字核对")
def accept(
    context: typer.Context,
    file: Source,
    root: Annotated[str, typer.Option("--root", metavar="DIGITS", help="信任卡上根密钥数字的后两组")] = "",
) -> Answer:
    """Takes in a trust bundle."""
    with session_of(context).township() as workspace:
        done = workspace.enrolment.accept(file, root)
    told = f"已接收 {done.county} 的信任表第 {done.trust_version} 版，有效期至 {done.expires}"
    told += "，要求双人审核" if done.two_person else ""
    waiting = [] if done.enrolled else [f"信任表里还没有设备 {done.site}，请等县局批准后再接收新的信任表"]
    return Answer(facts_of(done), [told], notes=waiting, code=code_of(waiting))


@enrolment.command("status", help="本机的登记、信任表的有效期和要办的事")
def status(context: typer.Context) -> Answer:
    """Tells how this laptop stands with its county."""
    with session_of(context).township() as workspace:
        state, warnings = workspace.enrolment.state(), workspace.enrolment.warnings()
    facts = {"site": workspace.unit.site, "state": state, "warnings": warnings}
    return Answer(facts, [ENROLLED[state], *warnings], code=code_of(warnings or state != "enrolled"))


def seal(
    context: typer.Context,
    month: Month,
    outdir: Folder,
    filler: Annotated[str, typer.Option("--filler", help="填表人")] = "",
    auditor: Annotated[str, typer.Option("--auditor", help="审核人")] = "",
    leader: Annotated[str, typer.Option("--leader", help="单位负责人")] = "",
    phone: Annotated[str, typer.Option("--phone", help="联系电话")] = "",
    empty_note: Annotated[str, typer.Option("--empty-note", help="空表说明")] = "",
    special: Annotated[bool, typer.Option("--special", help="专报：只含强制报告，需要未保专岗")] = False,
    photos: Annotated[bool, typer.Option("--photos", help="探访照片也随包报给县局")] = False,
) -> Answer:
    """Checks, signs, encrypts and writes the package of a month."""
    session = session_of(context)
    signers = Signers(filler, auditor, leader, phone)
    with session.township() as workspace, session.progress() as progress:
        kind = SPECIAL if special else MONTHLY
        sealed = workspace.reporting.seal(
            month_of(month), outdir, signers, kind=kind, empty_note=empty_note, photos=photos, progress=progress
        )
    facts = facts_of(sealed) | {"left_out": [found_facts(found) for found in sealed.left_out]}
    return Answer(facts, _sealed_lines(sealed), code=code_of(sealed.left_out or sealed.waiting or sealed.unreviewed))


def receipt(context: typer.Context, files: Places) -> Answer:
    """Takes in the county's answers."""
    with session_of(context).township() as workspace:
        result = workspace.receipts.take(files)
    return receipt_answer(result)


def reconcile(context: typer.Context) -> Answer:
    """Makes the next package hold every record."""
    with session_of(context).township() as workspace:
        workspace.reporting.begin_anew()
    return Answer({"begins_anew": True}, ["下一个上报包会带上全部记录，县局逐条核对，缺少的随回执带回来"])


def receipt_answer(result: ReceiptResult) -> Answer:
    """Returns what a receipt says: accepted, returned, and the county's words record by record."""
    rows = [(one.register, one.id, one.caption, one.label, one.message) for one in result.records]
    grid = Grid(("登记册", "编号", "姓名", "项目", "退回原因"), rows)
    told = f"已收 {result.accepted} 条，退回 {result.returned} 条"
    brought = [result.brought_words()] if result.brought_back else []
    lines = [told, *brought, *(f"{one.caption}：{one.message}" for one in result.decisions), *result.more_words()]
    return Answer(facts_of(result), lines, grid, code=code_of(result.returned or result.apart or result.unreported))


def _sealed_lines(sealed: SealedPackage) -> list[str]:
    counts = "，".join(f"{name} {count}" for name, count in sealed.counts.items())
    lines = [
        f"已写到 {sealed.path}（第 {sealed.sequence} 包，核对码 {sealed.check_code}）",
        f"本次上报：{counts}",
        f"逻辑错误 {sealed.errors}，提示 {sealed.warnings}；可以拔出 U 盘",
    ]
    if sealed.unreviewed:
        lines.append(f"有 {sealed.unreviewed} 条没有审核，没有上报，见 anyue review list")
    if sealed.left_out:
        lines += ["以下记录有逻辑错误，没有上报：", *problem_lines(sealed.left_out)]
    return lines
