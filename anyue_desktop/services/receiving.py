"""接收: the county verifies, merges and remembers packages (docs/package-format.md, order of checks)."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused, UserError
from anyue_desktop.core.progress import Progress
from anyue_desktop.db.store import Store
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.authentic import RefusedPackage
from anyue_desktop.exchange.inspection import inspect_file
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.stick import FOLDER, Stick, exchange_files
from anyue_desktop.services import asking, backlog
from anyue_desktop.services.merging import Merged
from anyue_desktop.services.taking_back import RECEPTION, Returnable, TakenBack, returnable, take_back
from anyue_desktop.services.taking_in import archive_name, county_desk, note_rejected, take_in
from anyue_desktop.services.unit import Unit, unit_name

OTHER_KINDS = ("r-", "trust-", "enrol-")  # files of these names in a folder are not packages
REJECTION = "退回整个上报包"
ARRIVING = ".arriving-"  # folders of files that are being judged
LEFT_BEHIND = 86_400  # seconds; no reception takes a day, so whoever made an older folder was cut off


@dataclass(frozen=True)
class Received:
    """What came of one package: OK or a code of the status list, with its sentence and next step."""

    file: str
    status: str
    message: str = ""
    hint: str = ""
    site: str = ""
    unit: str = ""
    month: str = ""
    sequence: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    returned: int = 0
    conflicts: int = 0
    giving_back: int = 0  # records the laptop lost since a backup was put back; they go with the receipt

    @property
    def taken_in(self) -> bool:
        """Whether the county now has the package's records."""
        return self.status == Status.OK.name


class _OnlyLooking(Exception):
    """Raised to roll a preview back."""


class Receiving:
    """The county's reception of packages, one transaction each."""

    def __init__(self, store: Store, unit: Unit) -> None:
        self._store = store
        self._unit = unit

    def receive(
        self,
        paths: Sequence[Path],
        *,
        preview: bool = False,
        deletions_of: Collection[str] = (),
        progress: Progress | None = None,
    ) -> list[Received]:
        """Receives files and folders in the order of each site's sequence; says of every file what came of it.

        What lies here and is not in the records – held packages, and after a restore the archive – comes first.

        With `preview` everything is done and then rolled back. `deletions_of` are the sites that were asked about the
        many records their packages delete.

        Raises:
            UserError: there is no package among the paths.
        """
        _sweep(self._store.workspace.inbox)
        with self._store.read() as session:
            restored = backlog.is_restored(session)
            lying = backlog.lying(session, self._store.workspace.inbox)
        files = [*lying, *package_files(paths)]
        if not files:
            raise UserError("没有找到上报包", f"请选择 .tpkg 文件，或带有 {FOLDER} 文件夹的 U 盘")
        ordered = (progress or Progress()).each(in_order(files), "接收上报包", len(files))
        if preview:
            return self._previewed(ordered, deletions_of)
        results = [self._received(source, deletions_of) for source in ordered]
        if restored:
            with self._store.work("补收上报包") as work:
                backlog.catch_up_done(work.session)
        return results

    def held(self) -> list[backlog.Held]:
        """Returns the packages of newer programs that wait; they are taken in by themselves once this one is newer."""
        with self._store.read() as session:
            return backlog.held_packages(session, self._store.workspace.inbox)

    def forgotten(self) -> int:
        """Returns how many packages of the archive the records lost when a backup was put back."""
        with self._store.read() as session:
            return len(backlog.forgotten(session, self._store.workspace.inbox))

    def returnable(self) -> list[Returnable]:
        """Returns the packages that can be taken back, the newest first."""
        with self._store.read() as session:
            return returnable(session)

    def take_back(self, site: str, sequence: int) -> TakenBack:
        """Takes back the newest package of a site, as if it had never come; its file stays in the inbox.

        Raises:
            UserError: it never came, something newer depends on it, or a receipt has acknowledged it.
        """
        with self._store.work("撤回上报包", site) as work:
            done = take_back(work, site, sequence)
            backlog.put_aside(self._store.workspace.inbox, site, str(work.facts["package"]))
            return done

    def _received(self, source: Path, deletions_of: Collection[str]) -> Received:
        try:
            with self._copied(source) as local:
                return self._judged(source, local, deletions_of)
        except RefusedPackage as refused:
            return _refused(source, refused, refused.manifest.heading)
        except Refused as refused:
            return _refused(source, refused, None)

    def _judged(self, source: Path, local: Path, deletions_of: Collection[str]) -> Received:
        try:
            with self._store.work(RECEPTION) as work:
                taken = self._merged(work, source, local, deletions_of)
                self._archive(work.session, local)
                return taken
        except Refused as refused:
            self._note_refusal(source, local, refused)
            raise

    def _note_refusal(self, source: Path, local: Path, refused: Refused) -> None:
        """Keeps what must be kept of a refused package: its place in the chain, or itself until a newer program."""
        if refused.status in backlog.HELD_CODES:
            with self._store.work("暂缓接收上报包") as work:
                backlog.hold(work.session, self._store.workspace.inbox, local, refused)
        if not isinstance(refused, RefusedPackage):
            return
        site = refused.manifest.heading.sender
        if refused.counted:
            with self._store.work(REJECTION, site) as work:
                note_rejected(work.session, refused, source.name)
                self._archive(work.session, local)
        elif refused.status == Status.E_GAP.name:
            with self._store.work("要求重新带来上报包", site) as work:
                asking.ask_for_missing(work.session, site)
        elif refused.status == Status.E_REPLAY.name and source.parent.name == backlog.HELD:
            with self._store.work("结束暂缓接收", site) as work:
                backlog.let_go(work.session, self._store.workspace.inbox, refused.digest)

    @contextlib.contextmanager
    def _copied(self, source: Path) -> Iterator[Path]:
        """Gives a copy on the own disk, under no name that a file kept before could have; it goes afterwards."""
        with tempfile.TemporaryDirectory(prefix=ARRIVING, dir=self._store.workspace.inbox) as folder:
            yield Stick(source.parent).fetch(source, Path(folder))

    def _archive(self, session: Session, local: Path) -> None:
        """Keeps a package that took its place in the chain, under a name its sender does not choose."""
        found = inspect_file(local)
        backlog.let_go(session, self._store.workspace.inbox, found.digest)
        local.replace(self._store.workspace.inbox / archive_name(found.fields, found.digest))

    def _previewed(self, sources: Iterable[Path], deletions_of: Collection[str]) -> list[Received]:
        """Does all the packages in one action, so that each sees those before it, and takes everything back."""
        results: list[Received] = []
        with contextlib.suppress(_OnlyLooking), self._store.work("预览上报包") as work:
            results.extend(self._tried(work, source, deletions_of) for source in sources)
            raise _OnlyLooking
        return results

    def _tried(self, work: Work, source: Path, deletions_of: Collection[str]) -> Received:
        try:
            with self._copied(source) as local, work.session.begin_nested():
                return self._merged(work, source, local, deletions_of)
        except RefusedPackage as refused:
            if refused.counted:
                note_rejected(work.session, refused, source.name)
            return _refused(source, refused, refused.manifest.heading)
        except Refused as refused:
            return _refused(source, refused, None)

    def _merged(self, work: Work, source: Path, local: Path, deletions_of: Collection[str]) -> Received:
        desk = county_desk(work.session, self._unit)
        kept = source.parent == self._store.workspace.inbox  # its township was asked when it came first
        asked = [*deletions_of, inspect_file(local).fields["sender"]["site"]] if kept else deletions_of
        heading, merged = take_in(work, local, desk, clock.today(), name=source.name, deletions_of=asked)
        asking.note_done(work.session, heading, inspect_file(local).fields["producer"]["version"])
        return _taken(source, heading, merged)


def _sweep(inbox: Path) -> None:
    """Takes away the copies a reception left behind that was cut off; what they are copies of lies where it lay."""
    for folder in inbox.glob(f"{ARRIVING}*"):
        with contextlib.suppress(OSError):  # somebody else took it away
            if time.time() - folder.stat().st_mtime > LEFT_BEHIND:
                shutil.rmtree(folder)


def package_files(paths: Iterable[Path]) -> list[Path]:
    """Returns the files named, and the packages in the folders named."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [*Stick(path).files(), *exchange_files(path)]
            found.extend(one for one in inside if not one.name.startswith(OTHER_KINDS))
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def in_order(files: Sequence[Path]) -> list[Path]:
    """Returns the files by site, chain and sequence as they say of themselves; an unreadable one comes last.

    Chain ids are UUIDv7: a newer chain sorts after an older one. Clocks play no part.
    """

    def place(path: Path) -> tuple[str, str, int]:
        try:
            fields = inspect_file(path).fields if path.is_file() else {}  # a pipe would keep us waiting
            return (str(fields["sender"]["site"]), str(fields["chain"]["id"]), int(fields["chain"]["seq"]))
        except (UserError, OSError, KeyError, TypeError, ValueError):
            return ("~", path.name, 0)

    return sorted(files, key=place)


def _taken(source: Path, heading: Heading, merged: Merged) -> Received:
    return Received(
        file=str(source),
        status=Status.OK.name,
        message=_given_back_words(merged.giving_back) or Status.OK.sentence,
        site=heading.sender,
        unit=unit_name(heading.sender),
        month=merged.month,
        sequence=heading.sequence,
        new=merged.new,
        changed=merged.changed,
        removed=merged.removed,
        same=merged.same,
        returned=len(merged.returned),
        conflicts=merged.conflicts,
        giving_back=merged.giving_back,
    )


def _given_back_words(count: int) -> str:
    return f"核对无误；乡镇还原过备份，缺少或较旧的 {count} 条记录会随下一份回执带回去" if count else ""


def _refused(source: Path, refused: Refused, heading: Heading | None) -> Received:
    return Received(
        file=str(source),
        status=refused.status,
        message=refused.message,
        hint=refused.hint,
        site=heading.sender if heading else "",
        unit=unit_name(heading.sender) if heading else "",
        sequence=heading.sequence if heading else 0,
    )
