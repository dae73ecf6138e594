"""设备登记 at the county: the list of who may send what, its certificates, and the root that signs it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from anyue_desktop.core import clock, files
from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.reviewers_only import locked, unlocked
from anyue_desktop.db.store import Store
from anyue_desktop.exchange.allowed_signers import allowed_signers
from anyue_desktop.exchange.digits import root_digits, same_digits
from anyue_desktop.exchange.enrolment import admit, read_enrolment
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import Certificate, TrustBundle
from anyue_desktop.exchange.trust_file import write_trust
from anyue_desktop.services import documents
from anyue_desktop.services.enrolment import BUNDLE_LIFE, EARLIER, EnrolRequest
from anyue_desktop.services.unit import PRACTICE_LETTER, Unit, unit_name

CERTIFICATE_DAYS = 730
SOON = timedelta(days=60)  # before a certificate ends
ASKING_FOR_TWO, ASKING_NO_MORE = "要求双人审核", "不再要求双人审核"  # acts in the log
SAFE, NEW_ROOT_FILE = "离线保管", "新根密钥.openssh"


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


@dataclass(frozen=True)
class Standing:
    """A certificate: whose, which key, how long, and how it stands today."""

    site: str
    unit: str
    key: str  # fingerprint
    not_before: date
    not_after: date
    state: str  # IN_USE, SOON_OVER, FORMER, OVER or REVOKED
    revoked_at: date | None


IN_USE, SOON_OVER, FORMER, OVER, REVOKED = "可以上报", "快到期", "以前的密钥", "已到期", "已注销"


def standing_of(bundle: TrustBundle, row: Certificate, now: datetime) -> Standing:
    """Returns how a certificate stands."""
    newest = bundle.current(row.site, now)
    if row.revoked_at is not None:
        state = REVOKED
    elif now >= row.not_after:
        state = OVER
    elif newest is not None and newest != row:
        state = FORMER
    else:
        state = SOON_OVER if row.not_after - now < SOON else IN_USE
    revoked = row.revoked_at.date() if row.revoked_at else None
    days = row.not_before.date(), row.not_after.date()
    return Standing(row.site, unit_name(row.site), row.sign_key.fingerprint, *days, state, revoked)


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

    def certificates(self) -> list[Standing]:
        """Returns every certificate there ever was, by site, the newest of a site first."""
        now, bundle = clock.now(), self._bundle()
        rows = sorted(bundle.certificates, key=lambda row: row.not_before, reverse=True)
        return [standing_of(bundle, row, now) for row in sorted(rows, key=lambda row: row.site)]

    def revoke(self, site: str, folder: Path, key: str = "") -> Approved:
        """Takes a laptop off the list, or only one of its keys (a fingerprint); what that signs is believed no more.

        Raises:
            UserError: the site or the key is not on the list.
        """
        rows = self._rows(site, key)
        now, what = clock.now(), f"注销设备 {site} 的密钥 {key}" if key else f"注销设备 {site}"
        return self._sign(self._next(now).revoke(site, now, [row.sign_key for row in rows]), folder, site, "", what)

    def extend(self, site: str, folder: Path, days: int = CERTIFICATE_DAYS) -> Approved:
        """Lets a laptop's key stand for longer; the key is the one that was read out over the telephone once.

        Raises:
            UserError: the site has no key that was not revoked.
        """
        newest = max(self._rows(site, ""), key=lambda row: row.not_before)
        if newest.revoked_at is not None:
            raise UserError(f"设备“{site}”已经注销，不能延长", "要再上报的，请乡镇重新申请设备登记")
        now = clock.now()
        longer = replace(newest, not_after=now + timedelta(days=days))
        following = self._next(now)
        rows = tuple(longer if row == newest else row for row in following.certificates)
        return self._sign(replace(following, certificates=rows), folder, site, "", f"延长设备 {site} 的登记")

    def announced(self) -> str:
        """Returns the digits of the root that was announced to follow, empty if none was."""
        following = self._bundle().next_root
        return root_digits(following) if following else ""

    def announce_root(self, folder: Path, safe: Path | None = None) -> Approved:
        """Makes the key that will be the county's root, and names it in the next trust bundle.

        Its copy for the safe is written to `safe` (the folder 离线保管 of the workspace). Laptops believe the new root
        once they hold this bundle.

        Raises:
            UserError: one is announced already; the operator is no reviewer.
        """
        if self._bundle().next_root is not None:
            raise UserError("已经公布过新的根密钥", "请等各乡镇都接收了这一版信任表，再换成新的根密钥")
        fresh = SigningKey.generate()
        following = replace(self._next(clock.now()), next_root=fresh.public)
        files.write_bytes((safe or self._store.workspace.folder / SAFE) / NEW_ROOT_FILE, fresh.openssh())
        kept = locked(self._store.keys.open_signing_seed(), fresh.to_bytes())  # whoever enters records never opens it
        with self._store.work("准备新的根密钥") as work:
            documents.keep(work.session, documents.NEXT_ROOT, kept)
        approved = self._sign(following, folder, self._unit.site, "", "公布新的根密钥")
        with self._store.work("保存公布的信任表") as work:
            documents.keep(work.session, f"{documents.ANNOUNCING}{approved.path.name}", approved.path.read_bytes())
        return approved

    def change_root(self, folder: Path) -> Approved:
        """Makes the announced key the county's root; from now on it signs, and the former one signs no more.

        Raises:
            UserError: none was announced; the operator is no reviewer.
        """
        bundle, seed = self._bundle(), self._next_seed()
        if bundle.next_root is None or seed is None:
            raise UserError("还没有公布新的根密钥", "请先公布，等各乡镇都接收了那一版信任表，再来更换")
        Operators(self._store).renew_signing(seed)
        now = clock.now()
        approved = self._sign(bundle.successor(now, now + BUNDLE_LIFE), folder, self._unit.site, "", "更换根密钥")
        with self._store.work("完成更换根密钥") as work:
            documents.drop(work.session, documents.NEXT_ROOT)
        return approved

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
        """Returns the next version, still under the present root; one that was announced stays announced."""
        bundle = self._bundle()
        return replace(bundle.successor(now, now + BUNDLE_LIFE), root=bundle.root, next_root=bundle.next_root)

    def _sign(self, bundle: TrustBundle, folder: Path, site: str, digits: str, action: str) -> Approved:
        approved = self._write(bundle, folder, site, digits)
        with self._store.work(action) as work:
            documents.keep_trust(work.session, bundle)
        return approved

    def _write(self, bundle: TrustBundle, folder: Path, site: str, digits: str) -> Approved:
        path = folder / f"trust-{bundle.version:06d}.tpkg"
        write_trust(path, bundle, self._root_of(bundle))
        self._write_announcing(bundle, folder)
        signers = folder / "allowed_signers"
        files.write_text(signers, allowed_signers(bundle))
        name = divisions().name(f"{site[1:10]}000") if site.startswith("t") else self._unit.name
        return Approved(site, name, digits, bundle.root_digits, bundle.version, path, signers)

    def _rows(self, site: str, key: str) -> list[Certificate]:
        rows = [row for row in self._bundle().rows_of(site) if key in ("", row.sign_key.fingerprint)]
        if not rows:
            what = f"设备“{site}”的密钥“{key}”" if key else f"设备“{site}”"
            raise UserError(f"信任表里没有{what}", f"已登记的有：{'、'.join(self.sites()) or '无'}")
        return rows

    def _root_of(self, bundle: TrustBundle) -> SigningKey:
        """Returns the key that signs a bundle: the reviewers', or the next one if a change stopped."""
        keys = [SigningKey(seed) for seed in (self._store.keys.open_signing_seed(), self._next_seed()) if seed]
        fitting = [key for key in keys if key.public == bundle.root]
        if not fitting:
            raise UserError("县局的根密钥与信任表不符", "请用封存的根密钥重新设密码（忘记密码），再来签名")
        return fitting[0]

    def _next_seed(self) -> bytes | None:
        """Returns the secret half of the root to come: the reviewers' own already, if a change stopped on its way."""
        with self._store.read() as session:
            kept = documents.held(session, documents.NEXT_ROOT)
        own = self._store.keys.open_signing_seed()
        return (unlocked(own, kept) or own) if kept else None

    def _write_announcing(self, bundle: TrustBundle, folder: Path) -> None:
        """Laptops that missed the bundle that announced the root need it before the present one."""
        with self._store.read() as session:
            kept = documents.named(session, documents.ANNOUNCING)
        for name, content in kept.items():
            if name != f"trust-{bundle.version:06d}.tpkg":
                files.write_bytes(folder / name, content)


def _sites(bundle: TrustBundle) -> list[str]:
    return sorted({row.site for row in bundle.certificates if row.revoked_at is None})
