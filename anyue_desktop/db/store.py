"""The open workspace: looking (`read`), acting (`work`), and telling who listens what changed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import chain, search, settings
from anyue_desktop.db.acts import Act
from anyue_desktop.db.backup import write_backup
from anyue_desktop.db.drafts import Drafts
from anyue_desktop.db.engine import WAIT_MILLISECONDS, is_refused_write, open_engine, told, writing
from anyue_desktop.db.finding import Finding
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.key_mark import keep_mark
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.opening import create_database, open_database, rekey
from anyue_desktop.db.recorder import Author
from anyue_desktop.db.sessions import READ_ONLY, ReadSession, WorkSession
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.tries import Tries
from anyue_desktop.db.vault import Keys, Vault
from anyue_desktop.db.verify import examine
from anyue_desktop.db.work import Work
from anyue_desktop.db.workspace import Workspace

Listener = Callable[[frozenset[str]], None]


class Store:
    """The database of one workspace, open for one operator. Made by `open` or `create`."""

    def __init__(self, workspace: Workspace, keys: Keys, engine: Engine, release: Callable[[], None]) -> None:
        self.workspace = workspace
        self.keys = keys
        self.vault = Vault(workspace.folder)
        self.drafts = Drafts(self._writing, keys.operator.id)
        self._release = release
        self._engine = engine
        self._writer = writing(engine)
        self._turn = threading.Lock()
        self._writing_thread: int | None = None
        self._listeners: list[Listener] = []

    @classmethod
    def create(
        cls,
        folder: Path,
        unit: Mapping[str, str],
        login: str,
        words: str,
        roles: Iterable[Role] = Role,
        *,
        name: str = "",
        recovery: str | None = None,
        cost: Cost | None = None,
    ) -> Self:
        """Makes a workspace with its first operator and opens it.

        `unit` are its public facts: at least `edition` (township or county), `code` (12 digits) and `name`.

        Raises:
            Unusable: E_WORKSPACE_EXISTS, E_WORKSPACE_READONLY, E_WORKSPACE_FULL.
            UserError: the passphrase is too weak.
        """
        workspace = Workspace(folder)
        if workspace.database.exists():
            raise unusable(Status.WORKSPACE_EXISTS, str(folder))
        workspace.make_folders()
        vault = Vault(folder)
        keys = vault.create(unit, login, words, roles, name=name, recovery=recovery, cost=cost)
        try:
            create_database(workspace, keys)
        except BaseException:  # nothing has been entered yet: a half-made workspace would only be in the way
            for path in (*vault.file.copies, *workspace.side_files(), workspace.database):
                path.unlink(missing_ok=True)
            raise
        return cls.open(folder, keys)

    @classmethod
    def open(cls, folder: Path, keys: Keys) -> Self:
        """Opens a workspace with keys from `Vault.unlock`, upgrading an older one after a backup.

        Raises:
            Unusable: E_WORKSPACE_MISSING, E_WORKSPACE_BUSY, E_WORKSPACE_DAMAGED, E_WORKSPACE_NEWER,
                E_WORKSPACE_READONLY, E_WORKSPACE_FULL, E_KEYSLOTS_ROLLBACK, E_AUDIT_BROKEN, E_UPGRADE_FAILED.
        """
        opened = open_database(Workspace(folder), keys)
        store = cls(opened.workspace, opened.keys, opened.engine, opened.release)
        try:
            store._note_log_in()
        except BaseException:
            store.close()
            raise
        return store

    def _note_log_in(self) -> None:
        tries = Tries(self.workspace.folder)
        if tries.count():
            self.note(Act.UNLOCK_FAILED, {"times": tries.count()})
            tries.forget()
        self.note(Act.LOG_IN, {"operator": self.keys.operator.id})

    def close(self) -> None:
        """Closes all connections and gives the workspace free; the keys are dropped with the store."""
        self._engine.dispose()
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        """Gives a session for looking; a write raises."""
        with told(self.workspace.database.name), ReadSession(self._engine, autoflush=False) as session:
            try:
                yield session
            except OperationalError as error:
                if is_refused_write(error):
                    raise RuntimeError(READ_ONLY) from error
                raise

    @contextlib.contextmanager
    def work(self, act: str, subject: str = "", batch: str | None = None) -> Iterator[Work]:
        """Gives one business action; it is committed whole at the end, or not at all if anything is raised.

        `act` names the action in the log; `subject` is what it is about, a register or `register/id`. New records
        are stamped with `batch`, by which an import can be undone. Only services open one.
        """
        with self._writing() as session:
            work = self._begin_work(session, batch)
            yield work
            self._end_work(work, act, subject)
        self._announce(frozenset(work.recorder.counts) | work.also)

    def note(self, act: str, obj: Mapping[str, Any] | None = None) -> int:
        """Logs something that changes no record (log-in, print, export, unmask, search); returns its number.

        `obj` holds ids and numbers only, never personal data.
        """
        with self._writing() as session:
            at = chain.present()
            chain.mark_clock(session, self.keys.operator.id, at)
            return chain.append(session, self.keys.operator.id, act, obj or {}, at)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Calls `listener` with the names of the registers changed after each commit; returns how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def audit_head(self) -> chain.Head:
        """Returns hash and length of the operation log, as signed into every package."""
        with self.read() as session:
            return chain.head(session)

    def check_audit(self, last: int | None = None) -> chain.Head:
        """Checks the whole operation log, or its last entries; raises `Unusable` E_AUDIT_BROKEN."""
        with self.read() as session:
            return chain.check(session, last)

    def latest_time(self) -> datetime:
        """Returns the later of the clock and the newest log entry: what expiry is judged by."""
        with self.read() as session:
            newest = chain.newest_time(session)
        return max(clock.now(), datetime.fromisoformat(newest)) if newest else clock.now()

    def setting(self, key: str, default: Any = None) -> Any:
        """Returns a setting of the workspace; `settings.write_setting` sets it within `work`."""
        with self.read() as session:
            return settings.read_setting(session, key, default)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[WorkSession]:
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("one operation at a time: this thread is already inside Store.work")
        if not self._turn.acquire(timeout=WAIT_MILLISECONDS / 1000):
            raise unusable(Status.WORKSPACE_BUSY)
        self._writing_thread = threading.get_ident()
        try:
            with told(self.workspace.database.name), WorkSession(self._writer, expire_on_commit=False) as session:
                yield session
                session.finish()
        finally:
            self._writing_thread = None
            self._turn.release()

    def _begin_work(self, session: Session, batch: str | None) -> Work:
        operator, at = self.keys.operator.id, chain.present()
        chain.mark_clock(session, operator, at)
        number = chain.head(session).length + 1
        work = Work(session, Author(operator, self.keys.unit.get("code", ""), at, number, batch))
        event.listen(session, "before_flush", work.recorder.before_flush)
        event.listen(session, "do_orm_execute", work.recorder.refuse_bypass)
        return work

    def _end_work(self, work: Work, act: str, subject: str) -> None:
        work.session.flush()
        search.refresh(work.session, work.recorder.touched[search.PERSON] - work.recorder.searched)
        obj: dict[str, Any] = {**work.facts, "counts": work.recorder.summary()}
        if subject:
            obj["subject"] = subject
        if work.batch:
            obj["batch"] = work.batch
        chain.append(work.session, work.author.operator, act, obj, work.at)

    def change_key(self) -> None:
        """Encrypts the database anew under a fresh key; nothing else may be reading meanwhile.

        A power cut on the way is made good at the next opening: until the end the key file holds both keys.
        """
        with self._turn:
            keys = self.vault.begin_key_change(self.keys)
            rekey(self._engine, keys.dek)
            self._engine.dispose()
            self._engine = open_engine(self.workspace.database, keys.dek)
            self._writer = writing(self._engine)
            self.keys = self.vault.finish_key_change(keys)
            keep_mark(self.workspace.folder, self.keys.dek)

    def backup(self, target: Path, progress: Progress | None = None) -> Mapping[str, Any]:
        """Writes a verified backup and returns its manifest; raises as `write_backup`."""
        manifest = write_backup(self._engine, self.keys, self.workspace, target, progress)
        self.note(Act.BACKUP, {"head": manifest["audit"]["head"]})
        return manifest

    def verify(self, progress: Progress | None = None) -> list[Finding]:
        """Returns everything that is wrong with the database and the key file; empty means sound."""
        return [*self.vault.findings(self.keys), *examine(self._engine, progress)]

    def _announce(self, changed: frozenset[str]) -> None:
        if changed:
            for listener in tuple(self._listeners):
                listener(changed)
