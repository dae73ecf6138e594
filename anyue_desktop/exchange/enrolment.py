"""A laptop's request to be enrolled, and the county's answer: a new row in the trust bundle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anyue_desktop.core.clock import utc_stamp
from anyue_desktop.exchange import shape
from anyue_desktop.exchange.canonical import Object
from anyue_desktop.exchange.digits import enrolment_digits
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.signed import common_fields, read_signed, write_signed
from anyue_desktop.exchange.signing_key import PublicKey, SigningKey
from anyue_desktop.exchange.status import Status
from anyue_desktop.exchange.trust import Certificate, TrustBundle


@dataclass(frozen=True)
class EnrolmentRequest:
    """Both public keys of a laptop under the site name it asks for, signed by the key itself."""

    site: str
    sign_key: PublicKey
    recipient: str  # age1…
    serial: str  # UUIDv7, becomes the certificate's serial
    nonce: str  # 64 hex digits
    created_at: datetime
    replaces: str | None = None  # fingerprint of the site's former key, when keys are rotated

    @property
    def digits(self) -> str:
        """What township and county read to each other over the telephone."""
        return enrolment_digits(self.site, self.sign_key, self.recipient)

    def fields(self) -> Object:
        """Returns the manifest of the request."""
        return common_fields(Purpose.ENROL) | {
            "age": self.recipient,
            "created_at": utc_stamp(self.created_at),
            "nonce": self.nonce,
            "replaces": self.replaces,
            "serial": self.serial,
            "sign_key": self.sign_key.line,
            "site": self.site,
            "township": self.site[1:10],
        }


_SHAPES: dict[str, shape.Check] = {
    "age": shape.is_recipient,
    "created_at": shape.is_time,
    "nonce": shape.is_hash,
    "replaces": shape.nothing_or(shape.is_fingerprint),
    "serial": shape.is_uuid7,
    "sign_key": shape.is_public_key,
    "site": shape.is_site,
    "township": shape.text(9, 9),
}


def write_enrolment(target: Path, request: EnrolmentRequest, signer: SigningKey) -> str:
    """Signs the request with the very key it asks to enrol and writes it; returns its package hash."""
    return write_signed(target, Purpose.ENROL, request.fields(), _SHAPES, signer)


def read_enrolment(path: Path) -> EnrolmentRequest:
    """Returns an authentic request: whoever made it holds the key; who that is, the telephone must tell.

    Raises:
        Refused: container, signature and manifest codes, or `E_SENDER`.
    """
    signed = read_signed(path, Purpose.ENROL)
    signed.verify()
    fields = signed.fields(_SHAPES)
    request = EnrolmentRequest(
        site=fields["site"],
        sign_key=PublicKey.parse(fields["sign_key"]),
        recipient=fields["age"],
        serial=fields["serial"],
        nonce=fields["nonce"],
        created_at=shape.moment(fields["created_at"]),
        replaces=fields["replaces"],
    )
    if request.sign_key != signed.key or fields["township"] != request.site[1:10]:
        raise Status.E_SENDER.refusal()
    return request


def check_enrolment(bundle: TrustBundle, request: EnrolmentRequest) -> None:
    """Refuses a request that the list has no room for.

    Raises:
        Refused: `E_TRUST_COUNTY`: a township of another county; `E_ENROL_DUPKEY`: a key is already listed;
            `E_ENROL_SITE`: the site has a living key that the request does not name.
    """
    if request.site[1:7] != bundle.county.removeprefix("county-"):
        raise Status.E_TRUST_COUNTY.refusal(request.site)
    for row in bundle.certificates:
        elsewhere = row.site != request.site  # a site that renews its signing key may keep its age key
        if row.sign_key == request.sign_key or (elsewhere and row.recipient == request.recipient):
            raise Status.E_ENROL_DUPKEY.refusal(row.site)
    living = [row for row in bundle.rows_of(request.site) if row.revoked_at is None]
    if living and request.replaces not in [row.sign_key.fingerprint for row in living]:
        raise Status.E_ENROL_SITE.refusal(request.site)


def admit(bundle: TrustBundle, request: EnrolmentRequest, not_before: datetime, not_after: datetime) -> TrustBundle:
    """Returns the bundle with a certificate for the request; the rows it has stay as they are.

    Raises:
        Refused: as `check_enrolment`.
    """
    check_enrolment(bundle, request)
    row = Certificate(
        sign_key=request.sign_key,
        not_before=not_before,
        not_after=not_after,
        serial=request.serial,
        site=request.site,
        recipient=request.recipient,
    )
    return replace(bundle, certificates=(*bundle.certificates, row))
