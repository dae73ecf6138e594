"""Where the chain of packages of each site stands at the county (docs/package-format.md, the chain)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import ReceivedPackage, SiteChain
from anyue_desktop.exchange.chain import ChainState
from anyue_desktop.exchange.manifest import Heading
from anyue_desktop.services import new_chain


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
