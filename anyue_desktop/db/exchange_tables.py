"""What each side remembers of the packages that passed between township and county."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from anyue_desktop.registers.base import Base

ACCEPTED, REJECTED = "accepted", "rejected"  # what became of a received package


class Carried(Base):
    """The last revision of a record that crossed: exported by the township, merged by the county.

    `hash` is the revision hash of that line; the next revision must name it as its `prev`. At the county `site` owns
    the record. `sequence` is negative while the record has not crossed on the site's present chain.
    """

    __tablename__ = "carried"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column()
    site: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column()
    sequence: Mapped[int] = mapped_column()


class CarriedBefore(Base):
    """What the county had of a record before package `package` brought a newer revision of it.

    Kept until a receipt acknowledges the package: until then the package can be taken back.
    """

    __tablename__ = "carried_before"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    package: Mapped[int] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column()
    sequence: Mapped[int] = mapped_column()


class SentPackage(Base):
    """A package this township made; its exact bytes stay in the outbox under `file`."""

    __tablename__ = "sent_package"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[str] = mapped_column()
    package_id: Mapped[str] = mapped_column()
    hash: Mapped[str] = mapped_column()
    file: Mapped[str] = mapped_column()
    month: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[str] = mapped_column()
    records: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(default="sent")  # sent | accepted | rejected | held
    returned: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[str | None] = mapped_column(default=None)


class ReceivedPackage(Base):
    """A package the county took in, or refused after it was known to be authentic and in sequence."""

    __tablename__ = "received_package"
    __table_args__ = (Index("ix_received_package_month", "month", "site"),)

    site: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    chain_id: Mapped[str] = mapped_column(primary_key=True)
    package_id: Mapped[str] = mapped_column()
    hash: Mapped[str] = mapped_column()
    file: Mapped[str] = mapped_column()
    month: Mapped[str] = mapped_column()
    received_at: Mapped[str] = mapped_column()
    status: Mapped[str] = mapped_column()  # ACCEPTED or REJECTED
    code: Mapped[str | None] = mapped_column(default=None)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    removed: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    audit_head: Mapped[str] = mapped_column(default="")
    audit_length: Mapped[int] = mapped_column(default=0)


class SiteChain(Base):
    """Where the chain of one site stands at the county, and how many receipts it was sent."""

    __tablename__ = "site_chain"

    site: Mapped[str] = mapped_column(primary_key=True)
    chain_id: Mapped[str] = mapped_column()
    sequence: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column()
    receipts: Mapped[int] = mapped_column(default=0)
    receipt_hash: Mapped[str] = mapped_column(default="0" * 64)
    receipt_chain: Mapped[str] = mapped_column(default="")
    acknowledged: Mapped[int] = mapped_column(default=0, server_default="0")  # the last package a receipt spoke of


class Return(Base):
    """A record given back: written by the county, kept open by the township until it sends a newer revision."""

    __tablename__ = "county_return"

    id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(index=True)
    register: Mapped[str] = mapped_column()
    record_id: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column()
    code: Mapped[str] = mapped_column()
    field: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column()
    at: Mapped[str] = mapped_column()
    open: Mapped[bool] = mapped_column(default=True, index=True)
    package: Mapped[int] = mapped_column(default=0, server_default="0")  # whose merge gave it back; 0 by hand
    closed_by: Mapped[int] = mapped_column(default=0, server_default="0")  # the package that closed it


class PersonPair(Base):
    """Two townships' records that look like one person, and what the county decided about them.

    Attributes:
        first: the smaller of the two record ids.
        likeness: `number`, or `name` (with birth date and sex, where a number is missing); empty once they differ.
        decision: empty while it waits; `first` or `second` says who keeps the person, `apart` that they are two.
        words: the county's words to the township that loses the person.
    """

    __tablename__ = "person_pair"

    first: Mapped[str] = mapped_column(primary_key=True)
    second: Mapped[str] = mapped_column(primary_key=True, index=True)
    likeness: Mapped[str] = mapped_column()
    found_at: Mapped[str] = mapped_column()
    decision: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[str | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)


class Departed(Base):
    """A record the county gave to another site; the site that lost it is told in every receipt."""

    __tablename__ = "departed"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(primary_key=True)  # that had it
    to_site: Mapped[str] = mapped_column()  # that has it now
    at: Mapped[str] = mapped_column()


class Reviewed(Base):
    """Which revision of a record somebody reviewed last; it is local, and a later revision needs a new review."""

    __tablename__ = "reviewed"

    record_id: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column()
    operator: Mapped[str] = mapped_column()
    at: Mapped[str] = mapped_column()


class PhotoContent(Base):
    """The content of a photograph, once, whichever records have it; it is never changed, and never deleted.

    `sent` is the sequence of the last package that carried it, 0 for none. The content is read only when it is wanted.
    """

    __tablename__ = "photo_content"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[str] = mapped_column()
    sent: Mapped[int] = mapped_column(default=0, server_default="0")


class HeldPackage(Base):
    """An authentic package of a newer program: kept at the county, outside the chain, until this program can read it.

    `chain_id` and `sequence` are blank and 0 where not even the manifest can be read.
    """

    __tablename__ = "held_package"

    hash: Mapped[str] = mapped_column(primary_key=True)
    site: Mapped[str] = mapped_column(index=True)
    chain_id: Mapped[str] = mapped_column()
    sequence: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column()
    file: Mapped[str] = mapped_column()
    at: Mapped[str] = mapped_column()


class Asked(Base):
    """What the county asks a site for with every receipt until it is done; at the township, what the newest asks."""

    __tablename__ = "asked"

    site: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)  # resend, full, update_app or update_trust
    from_sequence: Mapped[int | None] = mapped_column(default=None)
    at: Mapped[str] = mapped_column()


class Document(Base):
    """Raw bytes of documents the exchange needs again: the trust bundle, keys and the newest receipt."""

    __tablename__ = "exchange_document"

    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[str] = mapped_column()


__all__ = [
    "Asked",
    "Carried",
    "CarriedBefore",
    "Departed",
    "Document",
    "HeldPackage",
    "PersonPair",
    "PhotoContent",
    "ReceivedPackage",
    "Return",
    "Reviewed",
    "SentPackage",
    "SiteChain",
]
