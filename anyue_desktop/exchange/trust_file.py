"""Signing a trust bundle with the county root, and deciding whether to believe one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from anyue_desktop.exchange import shape
from anyue_desktop.exchange.digits import same_digits
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import COMMON, SignedFile, read_signed, write_signed
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import LONGEST, SHAPES, TrustBundle, bundle_of

TOLERANCE = timedelta(days=2)  # between two machines' clocks


def write_trust(target: Path, bundle: TrustBundle, root: SigningKey) -> TrustBundle:
    """Signs and writes a bundle; returns it with its package hash.

    Raises:
        ValueError: the bundle names another root, or would be in force for more than a year.
    """
    if bundle.expires_at - bundle.issued_at > LONGEST:
        raise ValueError("a trust bundle expires within a year")
    digest = write_signed(target, Purpose.TRUST, bundle.fields(), SHAPES, root)
    return replace(bundle, digest=digest)


def accept_trust(
    path: Path, now: datetime, held: TrustBundle | None = None, typed_digits: str = "", typed_groups: int = 2
) -> TrustBundle:
    """Returns the bundle of a file if it may take the place of the one held.

    Args:
        path: the `trust-….tpkg` file.
        now: the present moment.
        held: the bundle in force; None when the machine has none yet.
        typed_digits: with no bundle held, the last groups of the root's fingerprint as typed from the 信任卡.
        typed_groups: how many groups must have been typed.

    Raises:
        Refused: container, signature and manifest codes; `E_KEY_UNKNOWN` (another root), `E_TRUST_COUNTY`,
            `E_TRUST_ROLLBACK`, `E_TRUST_FORK`, `E_TRUST_EXPIRED` or `E_CLOCK_FUTURE`.
    """
    signed = read_signed(path, Purpose.TRUST)
    if held and signed.key not in (held.root, held.next_root):
        raise Status.E_KEY_UNKNOWN.refusal(signed.key.fingerprint)
    bundle = _authentic(signed)
    if held:
        _check_succession(held, bundle)
    elif not same_digits(bundle.root_digits, typed_digits, typed_groups):
        raise Status.E_TRUST_COUNTY.refusal("信任卡上的数字不符")
    if bundle.expired(now):
        raise Status.E_TRUST_EXPIRED.refusal(bundle.expires_at.date().isoformat())
    if bundle.issued_at > now + TOLERANCE:
        raise Status.E_CLOCK_FUTURE.refusal(bundle.issued_at.date().isoformat())
    return bundle


def _authentic(signed: SignedFile) -> TrustBundle:
    signed.verify()
    fields = signed.fields(SHAPES)
    bundle = bundle_of({key: fields[key] for key in SHAPES.keys() - COMMON.keys()}, signed.digest)
    if bundle.root != signed.key:
        raise Status.E_SENDER.refusal()
    if (bundle.version == 1) != (bundle.previous == shape.NO_HASH) or bundle.expires_at - bundle.issued_at > LONGEST:
        raise Status.E_MANIFEST.refusal("项目“prev”或“expires_at”的值不合规定")
    return bundle


def _check_succession(held: TrustBundle, bundle: TrustBundle) -> None:
    if bundle.county != held.county:
        raise Status.E_TRUST_COUNTY.refusal(bundle.county)
    if bundle.version < held.version:
        raise Status.E_TRUST_ROLLBACK.refusal(f"第 {bundle.version} 版，本机已有第 {held.version} 版")
    same = bundle.version == held.version and bundle.digest != held.digest
    broken = bundle.version == held.version + 1 and bundle.previous != held.digest
    if same or broken:
        raise Status.E_TRUST_FORK.refusal(f"第 {bundle.version} 版")
