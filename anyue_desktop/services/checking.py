"""逻辑校验: the whole file against the one rule engine, before a month is reported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from anyue_desktop.core.collecting import collecting_seldom
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field import Need
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.problem import Kind, Problem
from anyue_desktop.core.progress import Progress
from anyue_desktop.core.register import Register, Values
from anyue_desktop.db.batch_neighbours import BatchNeighbours
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS, REGISTERS, ReportPackage
from anyue_desktop.registers.base import table_of
from anyue_desktop.services.access import enterable, open_registers
from anyue_desktop.services.lists import Lists
from anyue_desktop.services.reasons import tidy_reason

REPORT = ReportPackage.__tablename__
LIVING = "WHERE deleted_at IS NULL"


@dataclass(frozen=True)
class Found:
    """A problem of one record."""

    register: str
    id: str
    caption: str
    problem: Problem
    reason: str = ""  # the written reason a 提示 is kept for


@dataclass(frozen=True)
class CheckReport:
    """Everything the check found; 信息不全 is counted but never stands in the way."""

    errors: int
    warnings: int
    missing: int
    problems: list[Found]
    completeness: dict[str, float] = field(default_factory=dict)  # register -> share of wanted fields filled, 0–1

    def left_out(self) -> set[tuple[str, str]]:
        """Returns the (register, id) of the records a 逻辑错误 keeps out of the package."""
        return {(found.register, found.id) for found in self.problems if found.problem.kind is Kind.ERROR}


class Checking:
    """Runs the rules over every living record."""

    def __init__(self, store: Store, lists: Lists, context: Callable[[], Context]) -> None:
        self._store = store
        self._lists = lists
        self._context = context

    def run(
        self, month: str = "", *, registers: Collection[str] | None = None, progress: Progress | None = None
    ) -> CheckReport:
        """Checks the registers the operator may look into, or those named.

        `month` is named in the report's title only: a file is right or wrong as a whole.
        """
        followed = progress or Progress()
        problems: list[Found] = []
        completeness: dict[str, float] = {}
        with self._store.read() as session, collecting_seldom():
            neighbours = BatchNeighbours(session)
            for name, register in open_registers(self._store).items():
                if name == REPORT or (registers is not None and name not in registers):
                    continue
                form = row_form(table_of(RECORDS[name]))
                followed.stage(f"校验{register.title}", form.count(session.connection(), LIVING))
                filled = Completeness(register)
                rows = filled.each(form.select(session.connection(), LIVING))
                problems.extend(self._problems(register, neighbours.each(name, rows), neighbours, followed))
                completeness[name] = filled.share
        return _report(self._captioned(problems), completeness)

    def explain(self, register: str, identity: str, code: str, reason: str) -> None:
        """Keeps a 提示 with a written reason; the reason travels to the county.

        Raises:
            UserError: the reason is blank or cannot be kept.
        """
        written = tidy_reason(reason)
        if not written:
            raise UserError("情况说明不能为空", "请写明为什么保留这条记录")
        known = enterable(self._store, register)
        with self._store.work("填写情况说明") as work:
            record = work.session.get(RECORDS[known.name], identity)
            if record is None:
                raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "请刷新列表")
            record.explanations = {**(record.explanations or {}), code: written}

    def _problems(
        self, register: Register, rows: Iterable[Values], neighbours: BatchNeighbours, progress: Progress
    ) -> Iterator[Found]:
        context = self._context()
        for values in rows:
            reasons = values.get("explanations") or {}
            for problem in register.check(values, context, neighbours):
                yield Found(register.name, values["id"], "", problem, reasons.get(problem.code, ""))
            progress.step()

    def _captioned(self, problems: Sequence[Found]) -> list[Found]:
        captions: dict[tuple[str, str], str] = {}
        for name in {found.register for found in problems}:
            path = REGISTERS[name].caption
            ids = list({found.id for found in problems if found.register == name})
            captions |= {(name, row["id"]): str(row[path] or "") for row in self._lists.values(name, ids, [path])}
        return [
            Found(found.register, found.id, captions.get((found.register, found.id), ""), found.problem, found.reason)
            for found in problems
        ]


class Completeness:
    """How much of what is wanted is filled in, counted as the records pass."""

    def __init__(self, register: Register) -> None:
        self._wanted = [one.key for one in register.fields if one.need in (Need.DRAFT, Need.REPORT)]
        self._filled = 0
        self._places = 0

    def each(self, rows: Iterable[Values]) -> Iterator[Values]:
        """Passes the records on."""
        for row in rows:
            self._places += len(self._wanted)
            for key in self._wanted:
                value = row[key]
                if value is not None and value not in ("", ()):  # as `is_blank`, without a call for millions of fields
                    self._filled += 1
            yield row

    @property
    def share(self) -> float:
        """The share filled, 0–1."""
        return self._filled / self._places if self._places else 1.0


def _report(problems: list[Found], completeness: dict[str, float]) -> CheckReport:
    def counted(kind: Kind) -> int:
        return sum(found.problem.kind is kind for found in problems)

    open_warnings = sum(found.problem.kind is Kind.WARNING and not found.reason for found in problems)
    return CheckReport(counted(Kind.ERROR), open_warnings, counted(Kind.MISSING), problems, completeness)
