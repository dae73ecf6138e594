"""设备登记: the key ceremony between a township's laptop and the county (docs/package-format.md)."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from anyue_desktop.core import clock, files
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.identity import new_id
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.exchange import shape
from anyue_desktop.exchange.allowed_signers import allowed_signers
from anyue_desktop.exchange.digits import same_digits
from anyue_desktop.exchange.enrolment import EnrolmentRequest, admit, read_enrolment, write_enrolment
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import TrustBundle
from anyue_desktop.exchange.trust_file import accept_trust, write_trust
from anyue_desktop.services import documents
from anyue_desktop.services.unit import PRACTICE_LETTER, Unit
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


@dataclass(frozen=True)
class Approved:
    """A new trust bundle the county signed."""

    site: str
    unit_name: str
    fingerprint: str
    root_fingerprint: str
    trust_version: int
    path: Path
    allowed_signers: Path


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

    def accept(self, trust_file: Path, root_digits: str) -> Accepted:
        """Takes in a trust bundle; the first one needs the last two groups of the root's digits from the 信任卡.

        Raises:
            Refused: the bundle must not be believed.
        """
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

    def _request(self, session: Session, signer: SigningKey) -> EnrolmentRequest:
        kept = documents.held(session, documents.REQUEST)
        facts = json.loads(kept) if kept else {}
        if not facts:
            facts = {"serial": new_id(), "nonce": secrets.token_hex(32), "at": clock.utc_stamp()}
            documents.keep(session, documents.REQUEST, json.dumps(facts).encode())
        bundle = documents.trust_bundle(session)
        former = bundle.current(self._unit.site, clock.now()) if bundle else None
        return EnrolmentRequest(
            site=self._unit.site,
            sign_key=signer.public,
            recipient=documents.box_key(session).recipient,
            serial=facts["serial"],
            nonce=facts["nonce"],
            created_at=shape.moment(facts["at"]),
            replaces=former.sign_key.fingerprint if former and former.sign_key != signer.public else None,
        )


class CountyEnrolment:
    """The county's half: the list of who may send what, signed by the root."""

    def __init__(self, store: Store, unit: Unit) -> None:
        self._store = store
        self._unit = unit

    def root_fingerprint(self) -> str:
        """Returns the digits printed on the 信任卡."""
        return self._bundle().root_digits

    def preview(self, request_file: Path) -> EnrolRequest:
        """Returns what a request says of itself; who made it, the telephone must tell.

        Raises:
            Refused: the file is no authentic request.
        """
        request = read_enrolment(request_file)
        return EnrolRequest(request_file, request.site, request.digits)

    def approve(self, request_file: Path, folder: Path, digits: str, days: int = CERTIFICATE_DAYS) -> Approved:
        """Enrols a laptop whose digits were heard over the telephone; writes the next trust bundle.

        Raises:
            Refused: the file is no authentic request, its keys or site are taken.
            UserError: a practice township asks a real county; the operator is no reviewer.
        """
        request = read_enrolment(request_file)
        if not same_digits(request.digits, digits):
            raise Status.E_ENROL_DIGITS.refusal(f"设备 {request.site}")
        if request.site.endswith(PRACTICE_LETTER) and not self._unit.practice:
            raise UserError(
                f"设备 {request.site} 是练习台账，里面的人都是编造的，不能登记", "请乡镇建立正式的台账后再申请"
            )
        now = clock.now()
        following = admit(self._next(now), request, now - EARLIER, now + timedelta(days=days))
        return self._sign(following, folder, request.site, request.digits, f"批准设备登记 {request.site}")

    def revoke(self, site: str, folder: Path) -> Approved:
        """Takes a laptop off the list; nothing it sends from now on is believed.

        Raises:
            UserError: the site is not on the list.
        """
        bundle = self._bundle()
        if not bundle.rows_of(site):
            raise UserError(f"信任表里没有设备“{site}”", f"已登记的有：{'、'.join(_sites(bundle)) or '无'}")
        now = clock.now()
        return self._sign(self._next(now).revoke(site, now), folder, site, "", f"注销设备 {site}")

    def trust(self, folder: Path) -> Approved:
        """Writes the trust bundle in force again, renewed if it runs out within a month."""
        bundle, now = self._bundle(), clock.now()
        if bundle.expires_at - now > timedelta(days=30):
            return self._write(bundle, folder, self._unit.site, "")
        return self._sign(self._next(now), folder, self._unit.site, "", "更新信任表")

    def two_person(self) -> bool:
        """Whether townships must have every record reviewed by a second person."""
        return self._bundle().two_person

    def set_two_person(self, folder: Path, *, required: bool) -> Approved:
        """Asks every township for a second person's review, or no more; writes the next trust bundle."""
        following = replace(self._next(clock.now()), two_person=required)
        return self._sign(following, folder, self._unit.site, "", ASKING_FOR_TWO if required else ASKING_NO_MORE)

    def sites(self) -> list[str]:
        """Returns the sites that may send."""
        return _sites(self._bundle())

    def _bundle(self) -> TrustBundle:
        with self._store.read() as session:
            bundle = documents.trust_bundle(session)
        if bundle is None:
            raise UserError("县局的信任表还没有建立", "请用“建立县局台账”重新开始")
        return bundle

    def _next(self, now: datetime) -> TrustBundle:
        return self._bundle().successor(now, now + BUNDLE_LIFE)

    def _sign(self, bundle: TrustBundle, folder: Path, site: str, digits: str, action: str) -> Approved:
        approved = self._write(bundle, folder, site, digits)
        with self._store.work(action) as work:
            documents.keep_trust(work.session, bundle)
        return approved

    def _write(self, bundle: TrustBundle, folder: Path, site: str, digits: str) -> Approved:
        path = folder / f"trust-{bundle.version:06d}.tpkg"
        root = SigningKey(self._store.keys.open_signing_seed())
        write_trust(path, bundle, root)
        signers = folder / "allowed_signers"
        files.write_text(signers, allowed_signers(bundle))
        name = divisions().name(f"{site[1:10]}000") if site.startswith("t") else self._unit.name
        return Approved(site, name, digits, bundle.root_digits, bundle.version, path, signers)


def _sites(bundle: TrustBundle) -> list[str]:
    return sorted({row.site for row in bundle.certificates if row.revoked_at is None})
