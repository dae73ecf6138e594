"""Steps 1 to 9 of receiving: from bytes of unknown origin to a manifest that may be believed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from anyue_desktop.core.errors import Refused
from anyue_desktop.exchange.box_key import BoxKey
from anyue_desktop.exchange.limits import LIMITS, Limits
from anyue_desktop.exchange.manifest import SCHEMA_VERSIONS, Manifest
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import SignedFile, read_signed
from anyue_desktop.exchange.signing_key import PublicKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import Certificate, SignerKey, TrustBundle

TRUST_TOLERANCE = timedelta(days=1)  # how far the own clock may lie before the trust bundle's issue
FUTURE_TOLERANCE = timedelta(days=2)  # how far the sender's clock may run ahead


class RefusedPackage(Refused):
    """A package or receipt refused after its manifest was authenticated: who sent it is known.

    Attributes:
        manifest: the authentic manifest.
        digest: the package hash.
        counted: the package was in sequence and undamaged, so its place in the chain is taken although its
            content is rejected; the sender goes on with the next sequence.
    """

    def __init__(self, cause: Refused, manifest: Manifest, digest: str, *, counted: bool) -> None:
        super().__init__(cause.status, cause.message, cause.hint)
        self.manifest, self.digest, self.counted = manifest, digest, counted


@contextlib.contextmanager
def named(manifest: Manifest, digest: str, *, counted: bool = False) -> Iterator[None]:
    """Gives every refusal inside the block its sender."""
    try:
        yield
    except RefusedPackage:
        raise
    except Refused as refused:
        raise RefusedPackage(refused, manifest, digest, counted=counted) from refused


@dataclass(frozen=True)
class Receiver:
    """Who opens: the county (`county-512021`) or a site, with its age keys (the present one and former ones).

    `former` are recipients of earlier trust bundles whose secret half is not here, such as a replaced recovery key:
    packages sealed before the change still name them.
    """

    id: str
    boxes: tuple[BoxKey, ...]
    former: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Authentic:
    """A file whose manifest is genuine, for us, within limits; the payload has not been touched."""

    signed: SignedFile
    manifest: Manifest
    digest: str
    signer: SignerKey


@dataclass(frozen=True)
class Desk:
    """What a receiver judges by: its keys, its trust bundle and its clock.

    Attributes:
        receiver: who opens.
        trust: the bundle in force on this machine.
        now: the present moment by the own clock.
        clock_floor: the newest moment the machine has recorded; an earlier `now` is a wrong clock.
        limits: upper bounds.
    """

    receiver: Receiver
    trust: TrustBundle
    now: datetime
    clock_floor: datetime | None = None
    limits: Limits = LIMITS

    def authenticate(self, path: Path, purpose: Purpose) -> Authentic:
        """Takes steps 1 to 9, each before anything it protects is looked at.

        Raises:
            Refused: nobody can be named yet.
            RefusedPackage: the manifest is authentic, but must not be followed.
        """
        signed = read_signed(path, purpose, self.limits)
        rows = self._rows_of(signed.key, purpose)
        signed.verify()
        row = self._in_force(rows)
        manifest = Manifest.of(signed)
        digest = signed.digest
        with named(manifest, digest):
            self._check_floor(manifest, row)
            self._check_parties(manifest, signed.key, row)
            self._check_bounds(manifest)
        return Authentic(signed, manifest, digest, row)

    def _rows_of(self, key: PublicKey, purpose: Purpose) -> list[SignerKey]:
        known: Sequence[SignerKey] = self.trust.certificates if purpose is Purpose.PACKAGE else self.trust.receipt_keys
        rows = [row for row in known if row.sign_key == key]
        if not rows:
            raise Status.E_KEY_UNKNOWN.refusal(key.fingerprint)
        return rows

    def _in_force(self, rows: list[SignerKey]) -> SignerKey:
        for row in rows:
            if row.revoked_at is not None:
                raise Status.E_KEY_REVOKED.refusal(f"{row.revoked_at:%Y-%m-%d} 注销")
        floor = self.trust.issued_at - TRUST_TOLERANCE
        if self.now < max(floor, self.clock_floor or floor):
            raise Status.E_CLOCK_BEHIND.refusal(f"本机日期 {self.now:%Y-%m-%d}")
        for row in rows:
            if row.not_before <= self.now < row.not_after:
                return row
        if all(self.now < row.not_before for row in rows):
            raise Status.E_KEY_NOT_YET.refusal(f"{rows[0].not_before:%Y-%m-%d} 起有效")
        raise Status.E_KEY_EXPIRED.refusal(f"{rows[-1].not_after:%Y-%m-%d} 到期")

    @staticmethod
    def _check_floor(manifest: Manifest, row: SignerKey) -> None:
        if not isinstance(row, Certificate):
            return
        if manifest.version < row.min_version:
            raise Status.E_DOWNGRADE.refusal(f"第 {manifest.version} 版，规定至少第 {row.min_version} 版")
        if manifest.fields["suite"] not in row.suites:
            raise Status.E_SUITE.refusal(manifest.fields["suite"])

    def _check_parties(self, manifest: Manifest, key: PublicKey, row: SignerKey) -> None:
        heading = manifest.heading
        sender = row.site if isinstance(row, Certificate) else self.trust.county
        if manifest.signer != key.fingerprint or heading.sender != sender:
            raise Status.E_SENDER.refusal(f"写明 {heading.sender}，签名设备属于 {sender}")
        own = {box.recipient for box in self.receiver.boxes}
        named_keys = set(heading.recipient_keys)
        if heading.recipient != self.receiver.id:
            raise Status.E_RECIPIENT.refusal(f"写明给 {heading.recipient}")
        if not named_keys & own or not named_keys <= own | self.receiver.former | self.trust.own_recipients:
            raise Status.E_RECIPIENT.refusal("收件密钥不是本单位的")

    def _check_bounds(self, manifest: Manifest) -> None:
        limits = self.limits
        over = (
            manifest.records > limits.records_count
            or manifest.attachments > limits.attachments_count
            or manifest.plain_size > limits.inner
        )
        if over:
            raise Status.E_LIMIT.refusal(f"{manifest.records} 条记录，{manifest.attachments} 个附件")
        stated, newest = manifest.heading.schema_version, SCHEMA_VERSIONS[manifest.heading.purpose]
        if stated > newest:
            raise Status.E_SCHEMA_NEWER.refusal(f"第 {stated} 版，本机能读第 {newest} 版")
        if manifest.heading.created_at > self.now + FUTURE_TOLERANCE:
            raise Status.E_CLOCK_FUTURE.refusal(f"制作时间 {manifest.fields['created_at']}")
