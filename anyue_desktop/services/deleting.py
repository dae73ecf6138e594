"""How much of what a site has a package deletes."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from anyue_desktop.db.exchange_tables import Carried
from anyue_desktop.exchange.deletions import are_few, ask_about
from anyue_desktop.registers import ALL


def check_deletions(session: Session, site: str, sequence: int, *, changed: int, removed: int) -> None:
    """Judges a merged package; it counts what the site had no longer than it must.

    Raises:
        Refused: `E_DELETIONS`.
    """
    had = changed + removed  # living records this package touched; then those it did not
    for record in ALL:
        if are_few(removed, had):
            return
        untouched = (Carried.site == site, Carried.sequence != sequence)
        living = (record.township_code == f"{site[1:10]}000", record.deleted_at.is_(None))
        held = select(func.count()).select_from(record).join(Carried, Carried.record_id == record.id)
        had += session.scalar(held.where(*living, *untouched)) or 0
    if not are_few(removed, had):
        ask_about(removed, had)
