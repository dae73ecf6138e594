"""Keys and documents of the exchange, kept inside the encrypted database."""

from __future__ import annotations

from datetime import datetime, timedelta

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
NEXT_ROOT, ANNOUNCING = "next_root", "announcing_"  # the root to come; bundles that named one, by file name
RECEIPTS_TAKEN = "receipts_taken"
BUNDLE_SOON, CERTIFICATE_SOON = timedelta(days=30), timedelta(days=60)
OWN_KEY = "exchange.own_key"  # setting: fingerprint of a signing key made after the first


def held(session: Session, name: str) -> bytes | None:
    """Returns a document's bytes, or None."""
    return session.scalar(select(Document.content).where(Document.name == name))


def named(session: Session, beginning: str) -> dict[str, bytes]:
    """Returns the documents whose names begin so, by the rest of the name."""
    rows = session.execute(
        select(Document.name, Document.content).where(Document.name.startswith(beginning, autoescape=True))
    )
    return {row.name.removeprefix(beginning): row.content for row in rows}


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


def warnings(session: Session, site: str, now: datetime) -> list[str]:
    """Returns what a township must soon do about its enrolment: sentences with what to do."""
    bundle = trust_bundle(session)
    row = bundle.current(site, now) if bundle else None
    found: list[str] = []
    if bundle is not None and bundle.expires_at - now < BUNDLE_SOON:
        ending = f"{'已于' if bundle.expired(now) else '将于'} {bundle.expires_at:%Y-%m-%d} 到期"
        found.append(f"县局的信任表{ending}，请向县局领取新的，在“设备登记”里接收；现在仍可上报")
    if row is not None and row.not_after - now < CERTIFICATE_SOON:
        found.append(f"本机的登记将于 {row.not_after:%Y-%m-%d} 到期，请打电话请县局延长，再接收新的信任表")
    return found


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
