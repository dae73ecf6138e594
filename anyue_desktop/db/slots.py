"""One operator's slot and the age files of the key file: sealing and opening them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anyue_desktop.db import kdf, passphrase
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.keyslots import KeySlots, Operator, Slot
from anyue_desktop.db.status import Status, unusable

NONCE_BYTES = 12


def new_slot(content: KeySlots, who: Operator, words: str, cost: Cost) -> tuple[Slot, str]:
    """Returns a new slot of an operator and its age identity; raises `UserError` for a weak passphrase."""
    passphrase.require_good(words, content.unit, who.login)
    identity = pyrage.x25519.Identity.generate()
    slot = Slot(who, str(identity.to_public()), cost, kdf.new_salt())
    return replace(slot, sealed=seal(content.db_id, slot, words, str(identity))), str(identity)


def seal(db_id: str, slot: Slot, words: str, identity: str) -> bytes:
    """Returns the identity sealed under the passphrase."""
    nonce = os.urandom(NONCE_BYTES)
    key = kdf.derive(words, slot.salt, slot.cost)
    return nonce + AESGCM(key).encrypt(nonce, identity.encode(), slot.binding(db_id))


def open_slot(content: KeySlots, slot: Slot, words: str) -> str:
    """Returns the identity of a slot; raises `Unusable` E_PASSPHRASE."""
    key = kdf.derive(words, slot.salt, slot.cost)
    nonce, sealed = slot.sealed[:NONCE_BYTES], slot.sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, sealed, slot.binding(content.db_id)).decode()
    except (InvalidTag, ValueError) as error:
        raise unusable(Status.PASSPHRASE) from error


def open_age(sealed: bytes, identity: str) -> bytes:
    """Returns what is sealed to an identity; raises `Unusable` E_KEYSLOTS_TAMPERED."""
    try:
        content: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, OSError) as error:
        raise unusable(Status.KEYSLOTS_TAMPERED) from error
    return content


def sealed_to(content: bytes, recipients: Iterable[str]) -> bytes:
    """Returns the content sealed to these recipients."""
    sealed: bytes = pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    return sealed
