"""报送: sealing a month into a package and carrying it to the stick (docs/package-format.md)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.collecting import collecting_seldom
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.core.identity import new_id
from anyue_desktop.core.problem import Kind
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import chain
from anyue_desktop.db.exchange_tables import Carried, Return, SentPackage
from anyue_desktop.db.store import Store
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.inspection import check_sealed
from anyue_desktop.exchange.manifest import FULL, INCREMENTAL, Heading
from anyue_desktop.exchange.outgoing import Sealed
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.stick import Stick
from anyue_desktop.exchange.trust import TrustBundle
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.report_package import MONTHLY, SPECIAL
from anyue_desktop.services import documents, new_chain
from anyue_desktop.services.access import reported_registers, require
from anyue_desktop.services.asking import RESEND, wishes
from anyue_desktop.services.carried import keep_earlier
from anyue_desktop.services.checking import REPORT, Checking, CheckReport, Found
from anyue_desktop.services.frozen_figures import keep
from anyue_desktop.services.measuring import Measuring
from anyue_desktop.services.month_report import Told, report_of
from anyue_desktop.services.outgoing import Outgoing
from anyue_desktop.services.reviewing import Answering, is_required
from anyue_desktop.services.signers import NOBODY, Signers, readable
from anyue_desktop.services.unit import Unit

UNANSWERED = "sent"


@dataclass(frozen=True)
class SealedPackage:
    """A package that lies in the outbox and on the stick."""

    path: Path
    copies: list[Path]
    site: str
    package: str
    month: str
    sequence: int
    digest: str
    check_code: str
    counts: dict[str, int]
    errors: int
    warnings: int
    left_out: list[Found] = field(default_factory=list)  # records a 逻辑错误 keeps out, with the reason
    waiting: int = 0  # records that wait for one of those
    unreviewed: int = 0  # records the county wants a second person to look at, and nobody did


@dataclass(frozen=True)
class SentSummary:
    """One line of the list of sent packages."""

    sequence: int
    month: str
    created_at: str
    records: int
    state: str
    digest: str
    returned: int
    file: Path


class Reporting:
    """The township's side of the monthly report."""

    def __init__(self, store: Store, unit: Unit, checking: Checking, measuring: Measuring) -> None:
        self._store = store
        self._unit = unit
        self._checking = checking
        self._measuring = measuring

    def seal(
        self,
        month: str,
        folder: Path,
        signers: Signers = NOBODY,
        *,
        kind: str = MONTHLY,
        empty_note: str = "",
        photos: bool = False,
        progress: Progress | None = None,
    ) -> SealedPackage:
        """Checks, signs, encrypts, writes and reads back; copies every package the county has not answered.

        A 专报 (`kind` SPECIAL) holds the registers open to one role; `photos` lets photographs travel.

        Raises:
            UserError: not enrolled, no reviewer, no role for a 专报, a signer's name that cannot be kept, no room on
                the own disk.
            Refused: E_USB_…: the stick cannot be written; the package stays in the outbox.
        """
        registers, followed = self._registers(kind), progress or Progress()
        signers = readable(signers, Context(clock.today(), self._unit.code))
        signer, trust = SigningKey(self._store.keys.open_signing_seed()), self._trust()
        report = self._checking.run(month, registers=registers, progress=followed)
        figures = self._measuring.figures(month) if kind != SPECIAL else None
        with self._store.work("生成上报包") as work, collecting_seldom():
            told = Told(month, kind, signers, report, empty_note, figures)
            work.session.add(report_of(work.session, self._unit, told))
            if figures is not None:
                keep(work.session, month, figures, work.at, self._store.keys.operator.login, sealed=True)
            work.session.flush()
            heading = self._heading(work.session, trust)
            outgoing = self._outgoing(work.session, heading, report, registers, photos=photos)
            name = new_chain.outbox_name(work.session, self._unit.site, heading.chain_id, heading.sequence)
            target = self._store.workspace.outbox / name
            sealed = outgoing.write(target, heading, signer, followed)
            check_sealed(sealed.path, signer.public, followed)
            self._remember(work, month, heading, sealed, outgoing)
        copies = self.copy_unanswered(folder, progress=followed)
        return self._sealed(copies, month, heading, sealed, report, outgoing)

    def _outgoing(
        self, session: Session, heading: Heading, report: CheckReport, registers: Collection[str], *, photos: bool
    ) -> Outgoing:
        site, sequence, left_out = self._unit.site, heading.sequence, report.left_out()
        answering = Answering(self._store.keys.operator.id, is_required(session))
        return Outgoing(session, site, sequence, answering, left_out, registers, photos=photos)

    def _registers(self, kind: str) -> list[str]:
        if kind != SPECIAL:
            return reported_registers()
        special = reported_registers(special=True)
        for name in special:
            require(self._store, REGISTERS[name].role, "专报")
        return [*special, REPORT]

    def copy_unanswered(self, folder: Path, *, progress: Progress | None = None) -> list[Path]:
        """Copies every package without a receipt to the stick, so that a lost stick heals itself.

        Those the county asked for again go as well.

        Raises:
            Refused: E_USB_SPACE, E_USB_WRITE or E_USB_READBACK; the packages stay in the outbox.
        """
        with self._store.read() as session:
            again = [one.from_sequence or 1 for one in wishes(session, self._unit.site) if one.what == RESEND]
        wanted = [one for one in self.packages() if one.state == UNANSWERED or one.sequence >= min(again, default=inf)]
        waiting = [one.file for one in wanted if one.file.exists()]
        stick = Stick(folder)
        return [stick.put(source, progress) for source in waiting]

    def recheck(self, copies: Sequence[Path], *, progress: Progress | None = None) -> int:
        """Reads packages once more from a stick that was pulled out and put in again; returns how many are whole.

        Raises:
            Refused: E_USB_READ: the stick or a file is not there; E_USB_READBACK: it gives back other bytes.
        """
        for copy in (progress or Progress()).each(copies, "复查 U 盘", len(copies)):
            Stick.compare(self._store.workspace.outbox / copy.name, copy)
        return len(copies)

    def begins_anew(self) -> bool:
        """Whether the next package will hold every record, because a backup was put back since the last one."""
        with self._store.read() as session:
            return new_chain.is_due(session, self._store.workspace.outbox, self._unit.site)

    def begin_anew(self) -> None:
        """Makes the next package hold every record, so that both sides can compare (重新对账)."""
        with self._store.work("重新对账") as work:
            new_chain.ask_for(work.session)

    def packages(self) -> list[SentSummary]:
        """Returns the packages sent so far, oldest first, with how many of their records are given back now."""
        given_back = (
            select(Carried.sequence, func.count())
            .join(Return, Return.record_id == Carried.record_id)
            .where(Return.open.is_(True))
            .group_by(Carried.sequence)
        )
        with self._store.read() as session:
            rows = session.scalars(select(SentPackage).order_by(SentPackage.sequence)).all()
            returned = {sequence: count for sequence, count in session.execute(given_back)}  # noqa: C416 - typed rows
        outbox = self._store.workspace.outbox
        return [_summary(row, outbox / row.file, returned.get(row.sequence, 0)) for row in rows]

    def _sealed(
        self,
        copies: list[Path],
        month: str,
        heading: Heading,
        sealed: Sealed,
        report: CheckReport,
        outgoing: Outgoing,
    ) -> SealedPackage:
        return SealedPackage(
            path=copies[-1],
            copies=copies,
            site=self._unit.site,
            package=heading.package_id,
            month=month,
            sequence=heading.sequence,
            digest=sealed.digest,
            check_code=sealed.check_code,
            counts=dict(outgoing.counts),
            errors=report.errors,
            warnings=report.warnings,
            left_out=[found for found in report.problems if found.problem.kind is Kind.ERROR],
            waiting=len(outgoing.waiting),
            unreviewed=len(outgoing.unreviewed),
        )

    def _trust(self) -> TrustBundle:
        with self._store.read() as session:
            trust = documents.trust_bundle(session)
            enrolled = documents.is_enrolled(session, self._unit.site, clock.now())
        if trust is None:
            raise UserError("本机还没有在县局登记，不能上报", "请先申请设备登记，再接收县局的信任表")
        if not enrolled:
            raise UserError(
                f"设备 {self._unit.site} 现在的签名密钥不在县局信任表的有效名单里",
                "换过签名密钥的请重新申请设备登记；没有换过的请打电话给县局核实，领取最新的信任表后再上报",
            )
        return trust

    def _heading(self, session: Session, trust: TrustBundle) -> Heading:
        restarts = new_chain.is_due(session, self._store.workspace.outbox, self._unit.site)
        fresh = new_id()
        if restarts:
            new_chain.begin(session, self._store.workspace.outbox, self._unit.site, fresh)
        last = new_chain.newest_sent(session)
        head = chain.head(session)
        return Heading(
            sender=self._unit.site,
            recipient=trust.county,
            recipient_keys=trust.seal_to,
            kind=FULL if restarts else INCREMENTAL,
            package_id=new_id(),
            chain_id=last.chain_id if last and not restarts else fresh,
            sequence=last.sequence + 1 if last else 1,
            previous=last.hash if last else NO_HASH,
            created_at=clock.now(),
            trust_version=trust.version,
            audit_head=head.hash,
            audit_length=head.length,
        )

    def _remember(self, work: Work, month: str, heading: Heading, sealed: Sealed, outgoing: Outgoing) -> None:
        work.also.update(outgoing.counts)
        work.session.add(
            SentPackage(
                sequence=heading.sequence,
                chain_id=heading.chain_id,
                package_id=heading.package_id,
                hash=sealed.digest,
                file=sealed.path.name,
                month=month,
                created_at=clock.stamp(heading.created_at),
                records=sealed.records,
            )
        )
        keep_earlier(work.session, heading.sequence, outgoing.earlier)


def _summary(row: SentPackage, file: Path, returned: int) -> SentSummary:
    return SentSummary(row.sequence, row.month, row.created_at, row.records, row.state, row.hash, returned, file)
