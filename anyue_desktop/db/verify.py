"""Looking for damage: every page, every entry of the log, every reference, every revision."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from anyue_desktop.core.errors import Unusable
from anyue_desktop.core.progress import Progress
from anyue_desktop.db import chain
from anyue_desktop.db.engine import explained
from anyue_desktop.db.finding import Finding
from anyue_desktop.db.status import Status
from anyue_desktop.db.tables import History
from anyue_desktop.registers import ALL


def examine(engine: Engine, progress: Progress | None = None) -> list[Finding]:
    """Returns everything that is wrong with a database; empty means sound."""
    progress = progress or Progress()
    findings: list[Finding] = []
    checks = (("检查文件加密", _pages), ("检查文件结构", _structure), ("检查记录对应关系", _references),
              ("检查操作日志", _chain), ("检查修改历史", _revisions))  # fmt: skip
    for title, check in checks:
        progress.stage(title)
        try:
            with engine.connect() as connection:
                findings.extend(check(connection))
        except (Unusable, DBAPIError) as error:
            known = error if isinstance(error, Unusable) else explained(error)
            if known is None:
                raise
            findings.append(Finding(Status(known.status), title))
    return findings


def row_counts(connection: Connection) -> dict[str, int]:
    """Returns how many rows each register holds, deleted ones included."""
    return {
        record.__tablename__: connection.scalar(select(func.count()).select_from(record.__table__)) or 0
        for record in ALL
    }


def _pages(connection: Connection) -> list[Finding]:
    bad = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    return [Finding(Status.WORKSPACE_DAMAGED, str(line)) for line in bad[:20]]


def _structure(connection: Connection) -> list[Finding]:
    lines = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return [Finding(Status.WORKSPACE_DAMAGED, str(line)) for line in lines if line != "ok"]


def _references(connection: Connection) -> list[Finding]:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [Finding(Status.WORKSPACE_DAMAGED, f"{row[0]} 第{row[1]}行") for row in broken[:20]]


def _chain(connection: Connection) -> list[Finding]:
    with Session(connection) as session:
        chain.check(session)
    return []


def _revisions(connection: Connection) -> list[Finding]:
    """A record stands above all revisions that were overwritten; otherwise an old page was put back (L07)."""
    findings: list[Finding] = []
    for record in ALL:
        table = record.__table__
        newest = (
            select(History.record_id, func.max(History.revision).label("revision"))
            .where(History.register == record.__tablename__)
            .group_by(History.record_id)
            .subquery()
        )
        rolled = (
            select(newest.c.record_id)
            .join(table, table.c.id == newest.c.record_id, isouter=True)
            .where((table.c.id.is_(None)) | (table.c.revision <= newest.c.revision))
        )
        for record_id in connection.scalars(rolled.limit(20)):
            findings.append(Finding(Status.AUDIT_BROKEN, f"{record.TITLE} {record_id} 与修改历史不符"))
    return findings
