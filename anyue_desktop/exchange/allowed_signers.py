"""The trust bundle in the words of `ssh-keygen -Y verify`."""

from __future__ import annotations

from datetime import UTC, datetime

from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.trust import SignerKey, TrustBundle


def allowed_signers(bundle: TrustBundle, *, dates: bool = True) -> str:
    """Returns an `allowed_signers` file: one line a key in force; revoked keys are left out.

    Args:
        bundle: the list to write down.
        dates: whether to say from when to when a key is valid, which OpenSSH before 8.7 does not understand.
    """
    lines = [
        _line(row.site, (Purpose.PACKAGE, Purpose.ENROL), row, dates=dates)
        for row in bundle.certificates
        if row.revoked_at is None
    ]
    lines += [
        _line(bundle.county, (Purpose.RECEIPT,), row, dates=dates)
        for row in bundle.receipt_keys
        if row.revoked_at is None
    ]
    lines.append(f'{bundle.county} namespaces="{Purpose.TRUST.namespace}" {bundle.root.line}')
    return "\n".join(lines) + "\n"


def _line(principal: str, purposes: tuple[Purpose, ...], row: SignerKey, *, dates: bool) -> str:
    options = [f'namespaces="{",".join(purpose.namespace for purpose in purposes)}"']
    if dates:
        options += [f'valid-after="{_stamp(row.not_before)}"', f'valid-before="{_stamp(row.not_after)}"']
    return f"{principal} {','.join(options)} {row.sign_key.line}"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"
