"""Keys and documents of the exchange, kept inside the encrypted database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.db import settings
from anyue_desktop.db.exchange_tables import Document
from anyue_desktop.exchange import canonical
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.trust import TrustBundle

BOX, RECEIPT_KEY, TRUST, REQUEST = "box", "receipt_key", "trust", "enrol_request"
RECEIPTS_TAKEN = "receipts_taken"
OWN_KEY = "exchange.own_key"  # setting: fingerprint of a signing key made after the first


def held(session: Session, name: str) -> bytes | None:
    """Returns a document's bytes, or None."""
    return session.scalar(select(Document.content).where(Document.name == name))


def keep(session: Session, name: str, content: bytes) -> None:
    """Keeps a document under its name, in place of the one before."""
    session.merge(Document(name=name, content=content, at=clock.stamp()))


def drop(session: Session, name: str) -> None:
    """Keeps a document no longer."""
    session.execute(delete(Document).where(Document.name == name))


def is_enrolled(session: Session, site: str, now: datetime) -> bool:
    """Whether the trust bundle in force names this laptop with the signing key it now has."""
    bundle = trust_bundle(session)
    row = bundle.current(site, now) if bundle else None
    own = settings.read_setting(session, OWN_KEY)
    return row is not None and own in (None, row.sign_key.fingerprint)


def box_key(session: Session) -> BoxKey:
    """Returns this machine's age key, made when the workspace was."""
    return BoxKey(held(session, BOX) or b"")


def receipt_key(session: Session) -> SigningKey:
    """Returns the county's key for receipts, made when the workspace was."""
    return SigningKey(held(session, RECEIPT_KEY) or b"")


def trust_bundle(session: Session) -> TrustBundle | None:
    """Returns the trust bundle in force on this machine."""
    content = held(session, TRUST)
    return TrustBundle.parse(content) if content else None


def keep_trust(session: Session, bundle: TrustBundle) -> None:
    """Keeps a bundle that has been accepted or signed."""
    keep(session, TRUST, canonical.encode(bundle.fields()))
