"""从原始包重建: the county's records made anew from the packages it keeps as they came (docs/package-format.md).

In a copy of the database everything that came with packages is emptied; then every package, and every act of the county
between them, happens again in the order of the log. The copy takes the database's place only if nothing differs, or if
the person asks for it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.backup import unpack
from anyue_desktop.db.exchange_tables import (
    Carried,
    CarriedBefore,
    Departed,
    Document,
    PersonPair,
    ReceivedPackage,
    Return,
    SiteChain,
)
from anyue_desktop.db.keyslots import KeySlotFile
from anyue_desktop.db.restore import ASIDE, put_in_place
from anyue_desktop.db.rows import row_form
from anyue_desktop.db.store import Store
from anyue_desktop.db.tables import History
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.authentic import RefusedPackage
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.stick import SUFFIX, Stick
from anyue_desktop.registers import RECORDS, PersonCluster
from anyue_desktop.registers.base import table_of
from anyue_desktop.services import deciding, transferring
from anyue_desktop.services.backlog import TAKEN_BACK
from anyue_desktop.services.before_and_after import differences, keep_times, sent_registers
from anyue_desktop.services.carried import forget_before
from anyue_desktop.services.county_acts import Act, AskedForTwo, CountyActs, Decided, GaveBack, Moved, Took, acts_of
from anyue_desktop.services.receiving import REJECTION, in_order, package_files
from anyue_desktop.services.returning import ANSWERING, GIVING_BACK, give_back_by_hand
from anyue_desktop.services.safekeeping import Safekeeping
from anyue_desktop.services.taking_back import RECEPTION
from anyue_desktop.services.taking_in import archive_name, county_desk, note_rejected, take_in
from anyue_desktop.services.unit import Unit

EMPTYING, ENDING = "从原始包重建台账", "重建完成"
CROSSED = (Carried, CarriedBefore, ReceivedPackage, SiteChain, Return, PersonPair, PersonCluster, Departed)
OF_CHAINS = "chain_began_after_"
SHOWN = 5


@dataclass
class Rebuilt:
    """What came of it.

    Attributes:
        packages: packages that happened again, the rejected ones among them.
        newer: packages of the archive the database did not know, taken in now.
        left_out: files of packages that had been taken back.
        refused: files of the archive nothing could be done with, each with its reason.
        records: records the townships sent.
        differences: by register, how many records are otherwise than in the present database.
        replaced: whether the rebuilt database took the present one's place.
        kept: where the database it replaced lies.
    """

    packages: int = 0
    newer: int = 0
    left_out: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    records: int = 0
    differences: dict[str, int] = field(default_factory=dict)
    replaced: bool = False
    kept: str = ""


class Rebuilding:
    """Makes a county's database anew from its archive."""

    def __init__(self, store: Store, unit: Unit, progress: Progress | None = None) -> None:
        self._store = store
        self._unit = unit
        self._progress = progress or Progress()
        self._rebuilt = Rebuilt()
        self._two_person = False  # whether the county asked for a second person's review, at that moment of the log

    def rebuild(self, archive: Path | None = None, *, replace_it: bool = False) -> Rebuilt:
        """Rebuilds from the own archive, to which the files of the folder `archive` are added first.

        A backup is made before anything else. If the rebuilt database takes its place, the store is closed.

        Raises:
            UserError: packages are missing from the archive, or came without one (a practice county).
            Refused: a package in the archive is not what was taken in.
        """
        if archive is not None:
            self._fetch(archive)
        with self._store.read() as session:
            known = acts_of(session)
        files = self._files()
        _demand_all(known, files)
        backup = Safekeeping(self._store).automatic()
        with tempfile.TemporaryDirectory(dir=self._store.workspace.folder, prefix=".rebuild-") as folder:
            unpack(backup, self._store.keys.dek, Path(folder), self._progress)
            KeySlotFile(Path(folder)).write(KeySlotFile(self._store.workspace.folder).read())
            fresh = Store.open(Path(folder), self._store.keys)
            try:
                self._happen_again(fresh, known, files)
            finally:
                fresh.close()
            if replace_it or not self._rebuilt.differences:
                self._put_in_place(Path(folder))
        return self._rebuilt

    def _put_in_place(self, folder: Path) -> None:
        workspace = self._store.workspace
        self._store.close()
        put_in_place(workspace, folder / workspace.database.name)
        self._rebuilt.replaced, self._rebuilt.kept = True, f"{workspace.database}{ASIDE}"

    def _fetch(self, archive: Path) -> None:
        """Copies what is not in the own archive yet, under the name the county gives."""
        inbox = self._store.workspace.inbox
        with tempfile.TemporaryDirectory(dir=inbox, prefix=".fetch-") as folder:
            for source in self._progress.each(package_files([archive]), "拷贝原始包"):
                local = Stick(archive).fetch(source, Path(folder))
                try:
                    found = inspect_file(local)
                except Refused as refused:
                    self._rebuilt.refused.append(f"{source.name}：{refused.message}")
                    continue
                if found.fields.get("type") == Purpose.PACKAGE.type:
                    local.replace(inbox / archive_name(found.fields, found.digest))

    def _files(self) -> dict[str, Path]:
        """Returns the archive by package hash; what is no package is said."""
        found: dict[str, Path] = {}
        inbox = self._store.workspace.inbox
        for path in (*sorted((inbox / TAKEN_BACK).glob(f"*{SUFFIX}")), *sorted(inbox.glob(f"*{SUFFIX}"))):
            try:
                found[inspect_file(path).digest] = path
            except Refused as refused:
                self._rebuilt.refused.append(f"{path.name}：{refused.message}")
        return found

    def _happen_again(self, fresh: Store, known: CountyActs, files: dict[str, Path]) -> None:
        with fresh.work(EMPTYING) as work:
            _empty(work.session)
        for act in self._progress.each(known.acts, "重建", len(known.acts)):
            self._again(fresh, act, files)
        with self._store.read() as before, fresh.work(ENDING) as work:
            keep_times(before, work.session)
            self._rebuilt.differences = dict(differences(before, work.session))
            self._rebuilt.records = row_form(table_of(Carried)).count(work.session.connection())
            work.facts.update(packages=self._rebuilt.packages, differences=sum(self._rebuilt.differences.values()))
        digests = {one.digest for one in known.packages}
        self._rebuilt.left_out = [files[one].name for one in sorted(known.taken_back & files.keys())]
        unknown = (path for one, path in files.items() if one not in digests | known.taken_back)
        for path in in_order([path for path in unknown if path.parent.name != TAKEN_BACK]):
            self._take_newer(fresh, path)

    def _again(self, fresh: Store, act: Act, files: dict[str, Path]) -> None:
        if isinstance(act, Took):
            self._take_again(fresh, act, files[act.digest])
        elif isinstance(act, AskedForTwo):
            self._two_person = act.required
        elif isinstance(act, GaveBack):
            with fresh.work(GIVING_BACK, f"{act.row['register']}/{act.row['record_id']}") as work:
                give_back_by_hand(work, Return(**{**act.row, "open": True, "closed_by": 0}))
        elif isinstance(act, Decided):
            with fresh.work(deciding.ACT, f"{deciding.PERSON}/{act.first}") as work:
                _decide_again(work, act)
        elif isinstance(act, Moved):
            with fresh.work(transferring.ACT, f"{transferring.PERSON}/{act.person}") as work:
                _move_again(work, act)
        else:
            with fresh.work(ANSWERING, act.site) as work:
                forget_before(work.session, act.site)

    def _take_again(self, fresh: Store, act: Took, path: Path) -> None:
        """Judges a package as it was judged when it came: by that day, and by the keys that stood then."""
        moment = datetime.fromisoformat(act.at)
        try:
            with fresh.work(RECEPTION) as work:
                desk = county_desk(work.session, self._unit)
                trust = replace(desk.trust.as_of(moment), two_person=self._two_person)
                then = replace(desk, trust=trust, now=moment, clock_floor=None)
                take_in(work, path, then, moment.date(), name=act.name, deletions_of=[act.site])
        except RefusedPackage as refused:
            if not refused.counted:
                raise
            with fresh.work(REJECTION, act.site) as work:
                note_rejected(work.session, refused, act.name)
        self._rebuilt.packages += 1

    def _take_newer(self, fresh: Store, path: Path) -> None:
        """Takes in what came after the database was last kept, as it lies in the archive."""
        try:
            site = str(inspect_file(path).fields["sender"]["site"])
            with fresh.work(RECEPTION) as work:
                desk = county_desk(work.session, self._unit)
                take_in(work, path, desk, clock.today(), name=path.name, deletions_of=[site])
            self._rebuilt.newer += 1
        except Refused as refused:
            self._rebuilt.refused.append(f"{path.name}：{refused.message}")


def _demand_all(known: CountyActs, files: dict[str, Path]) -> None:
    if known.unexplained:
        raise UserError(
            f"有 {len(known.unexplained)} 个上报包在操作日志里没有接收记录，不能重建",
            "练习县局的数据是编造的，没有原始包",
        )
    missing = [one for one in known.packages if one.digest not in files]
    if missing:
        names = "、".join(f"{one.site} 第 {one.sequence} 包" for one in missing[:SHOWN])
        raise UserError(
            f"原始包缺 {len(missing)} 个，不能重建：{names}",
            "请从保管的原始包里找齐，用 --archive 指明文件夹；找不到的请乡镇从发件箱重新拷贝",
        )


def _empty(session: Session) -> None:
    connection, names = session.connection(), [*sent_registers()]
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    connection.execute(delete(History).where(History.register.in_(names)))
    for table in (*(table_of(one) for one in CROSSED), *(table_of(RECORDS[name]) for name in reversed(names))):
        connection.execute(delete(table))
    connection.execute(delete(Document).where(Document.name.startswith(OF_CHAINS, autoescape=True)))


def _move_again(work: Work, act: Moved) -> None:
    work.facts.update(to_site=act.to_site, records=transferring.move(work, act.person, act.to_site))
    for register, ids in work.recorder.touched.items():
        table = table_of(RECORDS[register])
        then = update(table).where(table.c.id.in_(ids)).values(updated_at=act.at, updated_by=act.by)
        work.session.connection().execute(then)


def _decide_again(work: Work, act: Decided) -> None:
    row = work.session.get(PersonPair, (act.first, act.second))
    if row is not None:
        row.decision, row.words, row.decided_at, row.decided_by = act.decision, act.words, act.at, act.by
        deciding.settle(work, row)
