"""Where the chain of packages of each site stands at the county (docs/package-format.md, the chain)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.db.exchange_tables import ACCEPTED, REJECTED, ReceivedPackage, SiteChain
from anyue_desktop.exchange.authentic import RefusedPackage
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.services import new_chain
from anyue_desktop.services.merging import Merged


def chain_state(session: Session, site: str) -> ChainState | None:
    """Returns what the county knows of a site's chain; None for a site that has sent nothing yet."""
    current = session.get(SiteChain, site)
    if current is None:
        return None
    rows = session.scalars(select(ReceivedPackage).where(ReceivedPackage.site == site)).all()
    return ChainState(
        current.chain_id,
        {row.sequence: row.hash for row in rows if row.chain_id == current.chain_id},
        frozenset(row.hash for row in rows if row.chain_id != current.chain_id),
        frozenset(row.chain_id for row in rows) - {current.chain_id},
    )


def begin_chain(session: Session, heading: Heading) -> None:
    """A site's new chain: what crossed on the one before waits to be confirmed, or goes back with the receipt."""
    place = session.get(SiteChain, heading.sender)
    if place is not None and place.chain_id == heading.chain_id:
        return
    if place is not None:
        new_chain.forget_crossings(session, heading.sender)
        place.chain_id = heading.chain_id
    new_chain.note_beginning(session, heading.chain_id, heading.previous)


def note_rejected(session: Session, refused: RefusedPackage, name: str) -> None:
    """Gives a package its place in the chain although its content was rejected."""
    begin_chain(session, refused.manifest.heading)
    note_package(session, refused.manifest.heading, refused.digest, name, Merged(), refused.status)


def note_package(
    session: Session, heading: Heading, digest: str, name: str, merged: Merged, code: str | None = None
) -> None:
    """Gives a package its place in the chain; `code` says why its content was rejected."""
    session.add(
        ReceivedPackage(
            site=heading.sender,
            sequence=heading.sequence,
            chain_id=heading.chain_id,
            package_id=heading.package_id,
            hash=digest,
            file=name,
            month=merged.month,
            received_at=clock.stamp(),
            status=REJECTED if code else ACCEPTED,
            code=code,
            new=merged.new,
            changed=merged.changed,
            removed=merged.removed,
            same=merged.same,
            returned=len(merged.returned),
            audit_head=heading.audit_head,
            audit_length=heading.audit_length,
        )
    )
    place = session.get(SiteChain, heading.sender) or SiteChain(site=heading.sender, receipts=0)
    place.chain_id, place.sequence, place.hash = heading.chain_id, heading.sequence, digest
    session.add(place)
