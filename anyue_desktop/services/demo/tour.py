"""The demonstration step by step: township, stick, county and back again."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from anyue_desktop.core import clock
from anyue_desktop.core.dates import month_of
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.files import write_bytes, write_text
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.kdf import FLOOR
from anyue_desktop.indicators.indicator import NO_VALUE
from anyue_desktop.services import documents
from anyue_desktop.services.demo import village
from anyue_desktop.services.demo.recipe import NAME, recipe
from anyue_desktop.services.demo.village import CASE, VISIT
from anyue_desktop.services.importing import ImportPlan
from anyue_desktop.services.indicator_report import print_indicators
from anyue_desktop.services.practice_workspace import PASSPHRASE, practice_workspace
from anyue_desktop.services.printing import LedgerOrder
from anyue_desktop.services.query import Query
from anyue_desktop.services.receiving import Received
from anyue_desktop.services.reporting import SealedPackage
from anyue_desktop.services.signers import Signers
from anyue_desktop.services.workspace import Workspace, create_county

TOWNSHIP, COUNTY, STICK = "township", "county", "stick"
COUNTY_LOGIN = "练习县局"
AGE_KEY, SIGNERS = "county.agekey", "allowed_signers"
FIELD, WISH, ANSWER = "health_note", "请写明血压、用药等健康情况", "血压平稳，按时服药"
SIGNED_BY = Signers("练习填表人", "练习审核人", "练习负责人")
T = TypeVar("T")
ONE_VILLAGE = ("L2", "L6")  # a page a visit
WORKBOOKS = ("L1", "L15")


@dataclass(frozen=True)
class Step:
    """One thing that was done, what came of it, and how long it took."""

    name: str
    what: str
    seconds: float


@dataclass(frozen=True)
class Demonstrated:
    """What the demonstration left behind."""

    out: Path
    files: list[Path]
    steps: list[Step]


def demonstrate(out: Path, *, progress: Progress | None = None) -> Demonstrated:
    """Does the whole main job on the practice township and leaves every file in `out`.

    Raises:
        UserError: there is a demonstration in the folder already, or it cannot be written.
    """
    if (out / TOWNSHIP).exists() or (out / COUNTY).exists():
        raise UserError(f"“{out}”里已经有一次演示", "请换一个空的文件夹，或先删除它")
    diary = Diary(progress or Progress())
    township = diary.done("建立练习乡镇", lambda: practice_workspace(out / TOWNSHIP, cost=FLOOR), _peopled)
    try:
        county = diary.done(
            "建立练习县局",
            lambda: create_county(out / COUNTY, COUNTY_LOGIN, PASSPHRASE, practice=True, cost=FLOOR),
            _rooted,
        )
        try:
            Tour(township, county, out, diary).go()
        finally:
            county.close()
    finally:
        township.close()
    return Demonstrated(out, _left_behind(out), diary.steps)


class Diary:
    """Writes down what was done."""

    def __init__(self, progress: Progress) -> None:
        self.steps: list[Step] = []
        self._progress = progress

    def done(self, name: str, act: Callable[[], T], tell: Callable[[T], str]) -> T:
        """Does something and notes what came of it."""
        self._progress.stage(name)
        started = time.perf_counter()
        result = act()
        self.steps.append(Step(name, tell(result), round(time.perf_counter() - started, 2)))
        return result


class Tour:
    """The way of one month's data between a township and its county."""

    def __init__(self, township: Workspace, county: Workspace, out: Path, diary: Diary) -> None:
        self._township = township
        self._county = county
        self._out = out
        self._stick = out / STICK
        self._diary = diary
        self._month = month_of(clock.today())
        self._sealed: list[SealedPackage] = []
        self._returned = ""
        self._stick.mkdir(parents=True, exist_ok=True)

    def go(self) -> None:
        """Does everything, in the order of a month."""
        self._diary.done("看各登记册", self._registers, str)
        plan = self._import()
        for name, act in (
            ("改正有误的一行", lambda: village.mend(self._township, plan)),
            ("导入探访表", self._import_visits),
            ("录入探访", lambda: village.visit(self._township, self._month)),
            ("逻辑校验", self._check),
            ("计算指标", self._indicators),
            ("设备登记", self._enrol),
            ("生成上报包", self._seal),
            ("县局预览", lambda: _effects(self._county.receiving.receive([self._stick], preview=True))),
            ("县局接收", lambda: _effects(self._county.receiving.receive([self._stick]))),
            ("县局退回一条", self._give_back),
            ("县局回执", self._receipt),
            ("乡镇更正", self._correct),
            ("再次上报", self._seal),
            ("县局再次接收", lambda: _effects(self._county.receiving.receive([self._stick]))),
            ("县局再次回执", self._receipt),
            ("打印台账", self._print),
            ("留下核对文件", self._leave),
        ):
            self._diary.done(name, act, str)

    def _registers(self) -> str:
        records = self._township.records
        told = ((one.title, records.total(one.name)) for one in records.registers())
        return "，".join(f"{title}{count}条" for title, count in told if count)

    def _import(self) -> ImportPlan:
        found = self._diary.done(
            "导入花名册",
            lambda: village.take_in(self._township, CASE, village.rosters(), self._out),
            lambda one: one[1],
        )
        return found[0]

    def _import_visits(self) -> str:
        return village.take_in(self._township, VISIT, village.visit_sheets(), self._out)[1]

    def _check(self) -> str:
        report = self._township.checking.run(self._month)
        return f"逻辑错误{report.errors}，提示{report.warnings}，信息不全{report.missing}"

    def _indicators(self) -> str:
        print_indicators(
            self._township.unit, self._township.indicators, self._month, self._out / f"指标报告-{self._month}.pdf"
        )
        values = self._township.indicators.values(self._month)
        return "；".join(
            f"{one.name} {one.value}（目标{one.target}）{one.gap}" for one in values if one.value != NO_VALUE
        )

    def _enrol(self) -> str:
        request = self._township.enrolment.request(self._stick)
        approved = self._county.county_enrolment.approve(request.path, self._stick, request.fingerprint)
        card = " ".join(approved.root_fingerprint.split()[-2:])
        self._township.enrolment.accept(approved.path, card)
        return f"设备{request.site}，申请数字 {request.fingerprint}，信任卡后两组 {card}"

    def _seal(self) -> str:
        sealed = self._township.reporting.seal(self._month, self._stick, SIGNED_BY)
        self._sealed.append(sealed)
        return f"第{sealed.sequence}包，{sum(sealed.counts.values())}条，核对码 {sealed.check_code}"

    def _give_back(self) -> str:
        ids = self._county.records.ids(Query(VISIT, worklist="visits", month=self._month))
        self._returned = ids[0]
        self._county.returning.give_back(self._township.unit.site, VISIT, self._returned, WISH, FIELD)
        return f"{VISIT} {self._returned}：{WISH}"

    def _receipt(self) -> str:
        written = self._county.returning.receipt(self._township.unit.site, self._stick)
        result = self._township.receipts.take([written.path])
        return f"{written.path.name}：乡镇看到已收{result.accepted}条，退回{result.returned}条"

    def _correct(self) -> str:
        saved = self._township.records.set(VISIT, self._returned, {FIELD: ANSWER})
        return f"{VISIT} {self._returned} 更正为第{saved.revision}版"

    def _print(self) -> str:
        """Prints every ledger, the books with a page a visit for one village, and two as workbooks."""
        printing, first = self._township.printing, self._township.records.villages()[0]
        told = []
        for number, _ in printing.ledgers():
            order = LedgerOrder(number, self._month, village=first.code if number in ONE_VILLAGE else "")
            printed = printing.print_ledger(order, self._out / f"{number}-{self._month}.pdf")
            told.append(f"{number} {printed.pages}页")
        for number in WORKBOOKS:
            printing.print_ledger(LedgerOrder(number, self._month), self._out / f"{number}-{self._month}.xlsx")
        return "，".join([*told, *(f"{number} 表格" for number in WORKBOOKS)])

    def _leave(self) -> str:
        """Lays packages and keys side by side, as the recipe with standard tools wants them."""
        for source in sorted([*self._stick.rglob("*.tpkg"), self._stick / SIGNERS]):
            shutil.copyfile(source, self._out / source.name)
        with self._county.store.read() as session:
            write_bytes(self._out / AGE_KEY, documents.box_key(session).to_bytes() + b"\n")
        first, second = self._sealed
        text = recipe(first.path.name, second.path.name, first.site, first.digest, self._month, COUNTY_LOGIN)
        write_text(self._out / NAME, text)
        return f"核对方法在“{NAME}”里"


def _peopled(workspace: Workspace) -> str:
    return f"{workspace.unit.name}，{workspace.dashboard.status().records}条编造的记录，密码 {PASSPHRASE}"


def _rooted(workspace: Workspace) -> str:
    return f"根密钥数字 {workspace.county_enrolment.root_fingerprint()}"


def _effects(results: list[Received]) -> str:
    return "；".join(
        f"第{one.sequence}包 {one.status}：新增{one.new}，变更{one.changed}，相同{one.same}，退回{one.returned}"
        for one in results
    )


def _left_behind(out: Path) -> list[Path]:
    """Returns the files to look at: everything but the two workspaces."""
    own = {out / TOWNSHIP, out / COUNTY}
    return sorted(one for one in out.rglob("*") if one.is_file() and not own & set(one.parents))
