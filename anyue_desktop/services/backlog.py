"""Packages that lie at the county and are not in its records: held ones, and, after a restore, those of the archive.

A package of a newer program is held outside the chain until this program can read it. A backup that was put back does
not know what came after it; the files of the inbox do, and are received once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused
from anyue_desktop.db import settings
from anyue_desktop.db.exchange_tables import HeldPackage, ReceivedPackage, SiteChain
from anyue_desktop.db.restore import RESTORED
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.authentic import RefusedPackage
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.receipt_lines import Acknowledgement
from anyue_desktop.exchange.signed import read_signed
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.stick import SUFFIX
from anyue_desktop.services import documents
from anyue_desktop.services.unit import unit_name

HELD, TAKEN_BACK = "held", "taken-back"  # folders in the inbox
HELD_CODES = frozenset({Status.E_VERSION_NEWER.name, Status.E_SCHEMA_NEWER.name, Status.E_CRIT.name})
KEPT_NAME = re.compile(r"t[0-9]{9}[a-z]-[0-9]{6}-([0-9a-f]{16})")
RECEIPT_FLOOR = "receipts.floor"  # setting: receipts after a restore are numbered above this
ROOM = 1000  # more receipts than a site can have been sent since the backup


@dataclass(frozen=True)
class Held:
    """A package that waits for a newer program."""

    site: str
    unit: str
    sequence: int  # 0 where not even that can be read
    code: str
    sentence: str
    at: str
    file: Path


def held_packages(session: Session, inbox: Path) -> list[Held]:
    """Returns the packages that wait, by site and sequence."""
    rows = session.scalars(select(HeldPackage).order_by(HeldPackage.site, HeldPackage.chain_id, HeldPackage.sequence))
    return [
        Held(row.site, unit_name(row.site), row.sequence, row.code, Status[row.code].sentence, row.at, inbox / row.file)
        for row in rows
    ]


def hold(session: Session, inbox: Path, local: Path, refused: Refused) -> None:
    """Keeps an authentic package of a newer program, outside the chain; who signed it is known even if nothing else."""
    heading = refused.manifest.heading if isinstance(refused, RefusedPackage) else None
    signed, trust = read_signed(local, Purpose.PACKAGE), documents.trust_bundle(session)
    sites = [row.site for row in trust.certificates if row.sign_key == signed.key] if trust else []
    if not sites:
        return
    name = f"{HELD}/{signed.digest[:32]}{SUFFIX}"
    (inbox / HELD).mkdir(exist_ok=True)
    local.replace(inbox / name)
    session.merge(
        HeldPackage(
            hash=signed.digest,
            site=sites[-1],
            chain_id=heading.chain_id if heading else "",
            sequence=heading.sequence if heading else 0,
            code=refused.status,
            file=name,
            at=clock.stamp(),
        )
    )


def lying(session: Session, inbox: Path) -> list[Path]:
    """Returns the files of all packages that are here and not in the records."""
    held = [one.file for one in held_packages(session, inbox) if one.file.exists()]
    return [*forgotten(session, inbox), *held]


def let_go(session: Session, inbox: Path, digest: str) -> None:
    """Forgets that a package was held: it has its place in the chain, and its file in the archive."""
    row = session.get(HeldPackage, digest)
    if row is not None:
        session.delete(row)
        (inbox / row.file).unlink(missing_ok=True)


def is_restored(session: Session) -> bool:
    """Whether a backup was put back, and the archive has not been looked through since."""
    return bool(settings.read_setting(session, RESTORED))


def forgotten(session: Session, inbox: Path) -> list[Path]:
    """Returns the packages of the archive the records do not know, after a backup was put back."""
    if not is_restored(session):
        return []
    known = {digest[:16] for digest in session.scalars(select(ReceivedPackage.hash))}
    return [path for path in sorted(inbox.glob(f"*{SUFFIX}")) if (name := _digest(path)) and name not in known]


def catch_up_done(session: Session) -> None:
    """Notes that the archive was looked through; receipts go on above every number that may have been used."""
    if is_restored(session):
        raise_receipts(session)
        settings.write_setting(session, RESTORED, False)


def raise_receipts(session: Session) -> int:
    """Returns the number above which receipts go on; after a restore it leaves room for those nobody remembers."""
    floor = int(settings.read_setting(session, RECEIPT_FLOOR, 0))
    if settings.read_setting(session, RESTORED) is True:
        used = session.scalar(select(func.max(SiteChain.receipts))) or 0
        floor = max(floor, used) + ROOM
        settings.write_setting(session, RECEIPT_FLOOR, floor)
        settings.write_setting(session, RESTORED, "receipts raised")
    return floor


def lines_for(session: Session, site: str) -> Iterator[Acknowledgement]:
    """Gives the receipt lines of the packages of a site that are held."""
    rows = select(HeldPackage).where(HeldPackage.site == site, HeldPackage.sequence > 0)
    for row in session.scalars(rows.order_by(HeldPackage.chain_id, HeldPackage.sequence)):
        yield Acknowledgement(row.chain_id, row.sequence, row.hash, HELD, 0, 0, row.at, row.code)


def receipt_floor(store: Store) -> int:
    """Returns the number above which receipts go on."""
    with store.read() as session:
        if settings.read_setting(session, RESTORED) is not True:
            return int(settings.read_setting(session, RECEIPT_FLOOR, 0))
    with store.work("恢复以后的回执编号") as work:
        return raise_receipts(work.session)


def newest_receipt(outbox: Path, site: str) -> int:
    """Returns the highest number among the receipts in the outbox: the records may be older than they are."""
    numbers = (path.stem.removeprefix(f"r-{site}-") for path in outbox.glob(f"r-{site}-*{SUFFIX}"))
    return max((int(number) for number in numbers if number.isdigit()), default=0)


def put_aside(inbox: Path, site: str, digest: str) -> None:
    """Moves the file of a package that was taken back to where nothing receives it by itself; it is not lost."""
    for path in inbox.glob(f"{site}-*-{digest[:16]}{SUFFIX}"):
        (inbox / TAKEN_BACK).mkdir(exist_ok=True)
        path.replace(inbox / TAKEN_BACK / path.name)


def _digest(path: Path) -> str:
    name = KEPT_NAME.fullmatch(path.stem)
    return name.group(1) if name else ""
