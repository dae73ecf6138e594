"""设备登记: the key ceremony between a township's laptop and the county (docs/package-format.md)."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from anyue_desktop.core import clock
from anyue_desktop.core.errors import Refused
from anyue_desktop.core.identity import new_id
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.exchange import shape
from anyue_desktop.exchange.enrolment import EnrolmentRequest, write_enrolment
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import Certificate
from anyue_desktop.exchange.trust_file import accept_trust
from anyue_desktop.services import documents
from anyue_desktop.services.unit import Unit
from anyue_desktop.services.unlocking import note_new_key

ASKING_FOR_TWO, ASKING_NO_MORE = "要求双人审核", "不再要求双人审核"  # acts in the log
BUNDLE_LIFE = timedelta(days=365)
CERTIFICATE_DAYS = 730
EARLIER = timedelta(days=1)  # two machines' clocks differ


@dataclass(frozen=True)
class EnrolRequest:
    """A laptop's request; the fingerprint is read out over the telephone."""

    path: Path
    site: str
    fingerprint: str


@dataclass(frozen=True)
class Accepted:
    """A trust bundle this laptop now believes."""

    county: str
    trust_version: int
    expires: date
    enrolled: bool
    fingerprint: str
    site: str
    path: Path
    two_person: bool = False  # the county asks for a second person's review of every record


class TownshipEnrolment:
    """The township's half of the ceremony."""

    def __init__(self, store: Store, unit: Unit) -> None:
        self._store = store
        self._unit = unit

    def state(self) -> str:
        """Returns `none`, `requested` or `enrolled`."""
        with self._store.read() as session:
            if documents.is_enrolled(session, self._unit.site, clock.now()):
                return "enrolled"
            return "requested" if documents.held(session, documents.REQUEST) else "none"

    def request(self, folder: Path, *, renew: bool = False) -> EnrolRequest:
        """Writes the request to be enrolled; asking again repeats the same request.

        With `renew` a new signing key is made first, for a reviewer who left; nothing can be reported until the
        county has approved it.

        Raises:
            UserError: the operator is no reviewer, or the folder cannot be written.
        """
        if renew:
            Operators(self._store).renew_signing()
            note_new_key(self._store)
        signer = SigningKey(self._store.keys.open_signing_seed())
        with self._store.work("申请设备登记") as work:
            request = self._request(work.session, signer)
        path = folder / f"enrol-{self._unit.site}.tpkg"
        write_enrolment(path, request, signer)
        return EnrolRequest(path, request.site, request.digits)

    def knows_county(self) -> bool:
        """Whether this laptop holds a trust bundle, so that later ones need no digits."""
        with self._store.read() as session:
            return documents.trust_bundle(session) is not None

    def warnings(self) -> list[str]:
        """Returns what the officer must soon do about the enrolment; mostly nothing."""
        with self._store.read() as session:
            return documents.warnings(session, self._unit.site, clock.now())

    def accept(self, trust_file: Path, root_digits: str) -> Accepted:
        """Takes in a trust bundle; the first one needs the last two groups of the root's digits from the 信任卡.

        Where the county has changed its root meanwhile, the bundle beside it that announced the root goes first.

        Raises:
            Refused: the bundle must not be believed.
        """
        try:
            return self._accept(trust_file, root_digits)
        except Refused as refused:
            earlier = [one for one in sorted(trust_file.parent.glob("trust-*.tpkg")) if one.name < trust_file.name]
            if refused.status != Status.E_KEY_UNKNOWN.name or not self._accept_any(earlier):
                raise
        return self._accept(trust_file, root_digits)

    def _accept_any(self, paths: Sequence[Path]) -> bool:
        taken = False
        for path in paths:
            with contextlib.suppress(Refused):
                taken = bool(self._accept(path, ""))
        return taken

    def _accept(self, trust_file: Path, root_digits: str) -> Accepted:
        with self._store.read() as session:
            held = documents.trust_bundle(session)
        bundle = accept_trust(trust_file, clock.now(), held, root_digits)
        with self._store.work("接收信任表") as work:
            documents.keep_trust(work.session, bundle)
        Operators(self._store).set_recovery(bundle.recovery)
        return Accepted(
            county=bundle.county,
            trust_version=bundle.version,
            expires=bundle.expires_at.date(),
            enrolled=self.state() == "enrolled",
            fingerprint=bundle.root_digits,
            site=self._unit.site,
            path=trust_file,
            two_person=bundle.two_person,
        )

    def _newest(self, session: Session) -> Certificate | None:
        """Returns the newest certificate that was not revoked, also one that has run out."""
        bundle = documents.trust_bundle(session)
        rows = [row for row in bundle.rows_of(self._unit.site) if row.revoked_at is None] if bundle else []
        return max(rows, key=lambda row: row.not_before, default=None)

    def _request(self, session: Session, signer: SigningKey) -> EnrolmentRequest:
        kept = documents.held(session, documents.REQUEST)
        facts = json.loads(kept) if kept else {}
        if not facts:
            facts = {"serial": new_id(), "nonce": secrets.token_hex(32), "at": clock.utc_stamp()}
            documents.keep(session, documents.REQUEST, json.dumps(facts).encode())
        former = self._newest(session)
        return EnrolmentRequest(
            site=self._unit.site,
            sign_key=signer.public,
            recipient=documents.box_key(session).recipient,
            serial=facts["serial"],
            nonce=facts["nonce"],
            created_at=shape.moment(facts["at"]),
            replaces=former.sign_key.fingerprint if former and former.sign_key != signer.public else None,
        )
