"""One package into the county's records: verified, merged and noted within one action (docs/package-format.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.field_type import Context
from anyue_desktop.db import chain
from anyue_desktop.db.exchange_tables import ACCEPTED, REJECTED, ReceivedPackage, SiteChain
from anyue_desktop.db.work import Work
from anyue_desktop.exchange.authentic import Desk, Receiver, RefusedPackage, named
from anyue_desktop.exchange.manifest import FULL, Heading
from anyue_desktop.exchange.package import open_package
from anyue_desktop.exchange.stick import SUFFIX
from anyue_desktop.services import documents
from anyue_desktop.services.merging import Merge, Merged
from anyue_desktop.services.site_chains import begin_chain, chain_state
from anyue_desktop.services.unit import Unit


def county_desk(session: Session, unit: Unit) -> Desk:
    """Returns what the county judges a package by at this moment."""
    trust = documents.trust_bundle(session)
    if trust is None:
        raise UserError("县局的信任表还没有建立", "请用“建立县局台账”重新开始")
    newest = chain.newest_time(session)
    floor = datetime.fromisoformat(newest) - chain.CLOCK_SLACK if newest else None
    return Desk(Receiver(unit.site, (documents.box_key(session),)), trust, clock.now(), floor)


def take_in(
    work: Work, local: Path, desk: Desk, today: date, *, name: str, deletions_of: Collection[str] = ()
) -> tuple[Heading, Merged]:
    """Verifies a file, merges its records and takes its place in the chain; `name` is what its sender called it.

    `deletions_of` are the sites that were asked about the many records their packages delete.

    Raises:
        RefusedPackage, Refused: nothing of it may be kept.
    """
    session = work.session
    package = open_package(local, desk, lambda site: chain_state(session, site))
    package.check_payload()
    heading = package.manifest.heading
    begin_chain(session, heading)
    asked, whole, two = package.site in deletions_of, heading.kind == FULL, desk.trust.two_person
    context = Context(today)
    merge = Merge(work, package.site, heading.sequence, context, whole=whole, deletions_asked=asked, two_person=two)
    with named(package.manifest, package.digest):
        merged = merge.take(package.records())
    _note_package(session, heading, package.digest, name, merged, None)
    work.facts.update(subject=heading.sender, package=package.digest, sequence=heading.sequence)
    return heading, merged


def archive_name(fields: Mapping[str, Any], digest: str) -> str:
    """Returns under what name the county keeps an authentic package: site, sequence, beginning of its hash."""
    return f"{fields['sender']['site']}-{fields['chain']['seq']:06d}-{digest[:16]}{SUFFIX}"


def note_rejected(session: Session, refused: RefusedPackage, name: str) -> None:
    """Notes a package that took its place in the chain although nothing of it was taken in."""
    begin_chain(session, refused.manifest.heading)
    _note_package(session, refused.manifest.heading, refused.digest, name, Merged(), refused.status)


def _note_package(session: Session, heading: Heading, digest: str, name: str, merged: Merged, code: str | None) -> None:
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
