"""The county's signed answer: sealing it to a site, and believing it at the township."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from anyue_desktop.core.progress import Progress
from anyue_desktop.exchange.authentic import Authentic, Desk, named
from anyue_desktop.exchange.chain import check_rising
from anyue_desktop.exchange.inner import check_payload, contents
from anyue_desktop.exchange.manifest import Heading, Manifest
from anyue_desktop.exchange.outgoing import Sealed, write_sealed
from anyue_desktop.exchange.purpose import Purpose
from anyue_desktop.exchange.receipt_lines import (
    Acknowledgement,
    GivenBack,
    ReceiptLine,
    Request,
    Return,
    Transfer,
    encode_line,
    read_line,
)
from anyue_desktop.exchange.signing_key import SigningKey
from anyue_desktop.exchange.status import Status

Outbox = Callable[[str, int], str | None]  # chain id and sequence → package hash of what was sent
L = TypeVar("L", bound=ReceiptLine)


@dataclass(frozen=True)
class Receipt:
    """An authentic receipt: everything the county has to say at this moment; the newest replaces all before."""

    manifest: Manifest
    digest: str
    lines: tuple[ReceiptLine, ...]

    @property
    def acknowledgements(self) -> tuple[Acknowledgement, ...]:
        """What became of each package, the newest last."""
        return self._of(Acknowledgement)

    @property
    def returns(self) -> tuple[Return, ...]:
        """Every record that is still returned."""
        return self._of(Return)

    @property
    def requests(self) -> tuple[Request, ...]:
        """What the county asks for."""
        return self._of(Request)

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """Records that went to other sites."""
        return self._of(Transfer)

    @property
    def given_back(self) -> tuple[GivenBack, ...]:
        """Records this laptop lost when a backup was put back, or holds otherwise."""
        return self._of(GivenBack)

    def _of(self, kind: type[L]) -> tuple[L, ...]:
        return tuple(line for line in self.lines if isinstance(line, kind))


def write_receipt(
    target: Path,
    heading: Heading,
    lines: Iterable[ReceiptLine],
    signer: SigningKey,
    progress: Progress | None = None,
) -> Sealed:
    """Seals a receipt to the site, whole or not at all.

    Raises:
        UserError: the folder cannot be written.
    """
    if heading.purpose is not Purpose.RECEIPT:
        raise ValueError(f"{heading.kind} is no kind of receipt")
    return write_sealed(target, heading, map(encode_line, lines), signer, (), progress or Progress())


def open_receipt(
    path: Path,
    desk: Desk,
    last_sequence: int,
    outbox: Outbox,
    *,
    after_restore: bool = False,
    progress: Progress | None = None,
) -> Receipt:
    """Returns a receipt if the township may act on it.

    Args:
        path: a copy on the own disk, not the file on the stick.
        desk: what the township judges by: its site, its age keys, its trust bundle, its clock.
        last_sequence: of the newest receipt taken in, 0 for none.
        outbox: returns the package hash of what this laptop sent, None if it never sent that sequence.
        after_restore: a backup has just been put back, so packages this laptop no longer knows are expected.
        progress: told about the work.

    Raises:
        Refused: the county cannot be named as sender.
        RefusedPackage: authentic, but not to be taken in: `E_REPLAY`, `E_ACK_FORK`, `E_ACK_UNKNOWN` and others.
    """
    authentic = desk.authenticate(path, Purpose.RECEIPT)
    manifest = authentic.manifest
    with named(manifest, authentic.digest):
        check_rising(last_sequence, manifest.heading)
        check_payload(authentic.signed.payload, manifest, progress or Progress())
    with named(manifest, authentic.digest, counted=True):
        receipt = Receipt(manifest, authentic.digest, _lines(authentic, desk))
        for one in receipt.acknowledgements:
            _check_sent(one, outbox(one.chain_id, one.sequence), after_restore=after_restore)
    return receipt


def _lines(authentic: Authentic, desk: Desk) -> tuple[ReceiptLine, ...]:
    found: list[ReceiptLine] = []
    for content in contents(authentic, desk.receiver, desk.limits):
        if not isinstance(content, list):
            raise Status.E_ATT_UNREFERENCED.refusal(content.sha256[:16])
        found.extend(map(read_line, content))
    return tuple(found)


def _check_sent(one: Acknowledgement, sent: str | None, *, after_restore: bool) -> None:
    if sent is None:
        if not after_restore:
            raise Status.E_ACK_UNKNOWN.refusal(f"第 {one.sequence} 包")
    elif sent != one.digest:
        raise Status.E_ACK_FORK.refusal(f"第 {one.sequence} 包")
