"""A new chain of packages after a backup was put back (docs/package-format.md, the chain).

The restored file no longer knows what was reported after the backup. So the laptop begins a chain with a new id whose
first package holds every record, numbered on after the newest package it knows; the county compares, and gives back
with the receipt what the laptop lost.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused
from anyue_desktop.db import settings
from anyue_desktop.db.exchange_tables import Carried, SentPackage
from anyue_desktop.db.restore import RESTORED
from anyue_desktop.exchange.manifest import Manifest
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.shape import NO_HASH
from anyue_desktop.exchange.signed import read_signed
from anyue_desktop.exchange.stick import SUFFIX
from anyue_desktop.services import documents

UNKNOWN = ("sent", "held")  # states of packages the county has not judged
CHAIN_BEGUN = "exchange.chain_begun"  # id of the newest chain that began after a restore


def newest_sent(session: Session) -> SentPackage | None:
    """Returns the newest package this laptop knows of."""
    return session.scalars(select(SentPackage).order_by(SentPackage.sequence.desc()).limit(1)).first()


def is_due(session: Session, outbox: Path, site: str) -> bool:
    """Whether the next package must begin a new chain: a backup was put back, by the program or behind its back."""
    return bool(settings.read_setting(session, RESTORED)) or bool(_forgotten(session, outbox, site))


def ask_for(session: Session) -> None:
    """Makes the next package begin a new chain."""
    settings.write_setting(session, RESTORED, True)


def begin(session: Session, outbox: Path, site: str, chain_id: str) -> None:
    """Closes the chain so far: what lies in the outbox counts as sent, and every record goes again."""
    session.add_all(_forgotten(session, outbox, site))
    session.flush()
    forget_crossings(session, site)
    settings.write_setting(session, RESTORED, False)
    settings.write_setting(session, CHAIN_BEGUN, chain_id)


def forget_crossings(session: Session, site: str) -> None:
    """Notes that nothing has crossed yet on the site's present chain."""
    crossed = update(Carried).where(Carried.site == site, Carried.sequence > 0)
    session.execute(crossed.values(sequence=-Carried.sequence))


def is_answered(session: Session, outbox: Path, site: str) -> bool:
    """Whether the county has answered since the last restore, so that it can know no package the laptop does not."""
    if is_due(session, outbox, site):
        return False
    begun = settings.read_setting(session, CHAIN_BEGUN)
    answered = select(SentPackage.sequence).where(SentPackage.chain_id == begun, SentPackage.state.not_in(UNKNOWN))
    return begun is None or session.scalar(answered.limit(1)) is not None


def outbox_name(session: Session, site: str, chain_id: str, sequence: int) -> str:
    """Returns the file name of a package; after a restore a number may come twice, so its chain is named too."""
    begun = settings.read_setting(session, CHAIN_BEGUN)
    return f"{site}-{sequence:06d}{f'-{chain_id[-6:]}' if chain_id == begun else ''}{SUFFIX}"


def earlier_chain(session: Session, chain_id: str) -> str:
    """Returns the package hash a chain began after, as the county noted it; empty for a first chain."""
    return (documents.held(session, _began_after(chain_id)) or b"").decode()


def note_beginning(session: Session, chain_id: str, previous: str) -> None:
    """Notes at the county after which package a chain began; a first chain begins after none."""
    if previous != NO_HASH:
        documents.keep(session, _began_after(chain_id), previous.encode())


def _began_after(chain_id: str) -> str:
    return f"chain_began_after_{chain_id}"


def _forgotten(session: Session, outbox: Path, site: str) -> list[SentPackage]:
    """Returns the packages in the outbox that follow the newest one known: the file is older than they are."""
    known = set(session.scalars(select(SentPackage.file)))
    last, found = newest_sent(session), list[SentPackage]()
    sequence, digest = (last.sequence, last.hash) if last else (0, NO_HASH)
    for path in sorted(outbox.glob(f"{site}-*{SUFFIX}")):
        package = None if path.name in known else _own_package(session, path, site)
        if package is not None and (package[0].heading.sequence, package[0].heading.previous) == (sequence + 1, digest):
            found.append(_sent(path, *package))
            sequence, digest = found[-1].sequence, found[-1].hash
    return found


def _own_package(session: Session, path: Path, site: str) -> tuple[Manifest, str] | None:
    """Returns what a file in the outbox says, if this laptop signed it."""
    trust = documents.trust_bundle(session)
    keys = {row.sign_key for row in trust.rows_of(site)} if trust else set()
    try:
        signed = read_signed(path, Purpose.PACKAGE)
        signed.verify()
        return (Manifest.of(signed), signed.digest) if signed.key in keys else None
    except (Refused, OSError):
        return None


def _sent(path: Path, manifest: Manifest, digest: str) -> SentPackage:
    heading = manifest.heading
    return SentPackage(
        sequence=heading.sequence,
        chain_id=heading.chain_id,
        package_id=heading.package_id,
        hash=digest,
        file=path.name,
        month="",
        created_at=clock.stamp(heading.created_at),
        records=manifest.records,
    )
