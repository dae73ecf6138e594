"""The key file: who may open the workspace, and with what (one canonical JSON text in two copies)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.core.files import write_bytes
from anyue_desktop.db.canonical import canonical
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.status import Status, unusable, unusable_disk

FORMAT = "anyue-keyslots"
VERSION = 1
LIMIT_BYTES = 1 << 20
MAC_PURPOSE = b"tpkg keyslots v1"


class Role(StrEnum):
    """What an operator may do; one person may hold several."""

    ENTRY = "entry"  # 录入
    REVIEWER = "reviewer"  # 审核、签名上报
    PROTECT = "protect"  # 未保: sees children's files
    ADMIN = "admin"  # 管理操作员


@dataclass(frozen=True)
class Operator:
    """A person who may open the workspace."""

    id: str
    login: str
    name: str
    roles: frozenset[Role]

    def has(self, role: Role) -> bool:
        """Tells whether the operator holds a role."""
        return role in self.roles


@dataclass(frozen=True)
class Slot:
    """One operator's place in the key file: the age identity sealed under the passphrase."""

    operator: Operator
    recipient: str
    cost: Cost
    salt: bytes
    sealed: bytes = b""

    def binding(self, db_id: str) -> bytes:
        """Returns what the seal is bound to, so that slots cannot be swapped or weakened."""
        facts = {"db_id": db_id, "id": self.operator.id, "login": self.operator.login}
        return canonical({**facts, "recipient": self.recipient, "kdf": self.kdf()}).encode()

    def kdf(self) -> dict[str, Any]:
        """Returns the derivation as it stands in the file."""
        cost = self.cost
        numbers = {"m_kib": cost.memory_kib, "t": cost.passes, "p": cost.lanes}
        return {"alg": "argon2id", **numbers, "salt": _text(self.salt)}

    def to_json(self) -> dict[str, Any]:
        """Returns the slot as it stands in the file."""
        who = self.operator
        named = {"id": who.id, "login": who.login, "name": who.name, "roles": sorted(who.roles)}
        return {**named, "recipient": self.recipient, "kdf": self.kdf(), "sealed": _text(self.sealed)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Reads a slot of the file."""
        roles = frozenset(Role(role) for role in stored["roles"])
        who = Operator(str(stored["id"]), str(stored["login"]), str(stored["name"]), roles)
        kdf = stored["kdf"]
        cost = Cost(int(kdf["m_kib"]), int(kdf["t"]), int(kdf["p"]))
        return cls(who, str(stored["recipient"]), cost, _bytes(kdf["salt"]), _bytes(stored["sealed"]))


@dataclass(frozen=True)
class KeySlots:
    """The content of the key file."""

    db_id: str
    unit: Mapping[str, str]
    slots: tuple[Slot, ...]
    recovery: str | None = None
    generation: int = 1
    dek: bytes = b""  # age file: the database key, to all operators and the county's recovery key
    previous: bytes = b""  # age file: the key before, only while a change of key is under way
    signing: bytes = b""  # age file: the signing seed, to reviewers only
    mac: str = field(default="", repr=False)

    def slot(self, login: str) -> Slot:
        """Returns the slot of a login; raises `Unusable` E_OPERATOR_UNKNOWN."""
        for slot in self.slots:
            if slot.operator.login == login:
                return slot
        raise unusable(Status.OPERATOR_UNKNOWN, login)

    def body(self) -> dict[str, Any]:
        """Returns all fields but the MAC."""
        ages = {"dek": _text(self.dek), "previous": _text(self.previous), "xk": _text(self.signing)}
        head = {"format": FORMAT, "version": VERSION, "db_id": self.db_id, "gen": self.generation}
        operators = [slot.to_json() for slot in self.slots]
        return {**head, "unit": dict(self.unit), "recovery": self.recovery, "operators": operators, **ages}

    def expected_mac(self, dek: bytes) -> str:
        """Returns the HMAC-SHA256 of all fields under the database key."""
        key = HKDF(SHA256(), 32, salt=None, info=MAC_PURPOSE).derive(dek)
        return hmac.new(key, canonical(self.body()).encode(), hashlib.sha256).hexdigest()

    def sealed(self, dek: bytes) -> KeySlots:
        """Returns the same content with its MAC."""
        return replace(self, mac=self.expected_mac(dek))

    def is_authentic(self, dek: bytes) -> bool:
        """Tells whether nobody without the database key has touched the file."""
        return hmac.compare_digest(self.mac, self.expected_mac(dek))

    def encode(self) -> bytes:
        """Returns the bytes of the file."""
        return canonical({**self.body(), "mac": self.mac}).encode()

    @classmethod
    def decode(cls, content: bytes) -> Self:
        """Reads the bytes of the file.

        Raises:
            Unusable: E_KEYSLOTS_DAMAGED, E_KEYSLOTS_NEWER.
        """
        try:
            stored = json.loads(content)
            _check_version(stored)
            found = cls._from_json(stored)
            found.encode()  # what cannot be written again was not written by this program
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
            raise unusable(Status.KEYSLOTS_DAMAGED) from error
        return found

    @classmethod
    def _from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            db_id=str(stored["db_id"]),
            unit={str(key): str(value) for key, value in stored["unit"].items()},
            slots=tuple(Slot.from_json(slot) for slot in stored["operators"]),
            recovery=stored["recovery"],
            generation=int(stored["gen"]),
            dek=_bytes(stored["dek"]),
            previous=_bytes(stored["previous"]),
            signing=_bytes(stored["xk"]),
            mac=str(stored["mac"]),
        )


class KeySlotFile:
    """The key file and its copy in a workspace folder."""

    def __init__(self, folder: Path) -> None:
        self.copies = (folder / "keyslots.json", folder / "keyslots.json.2")

    def exists(self) -> bool:
        """Tells whether there is a key file at all."""
        return any(copy.exists() for copy in self.copies)

    def read(self) -> KeySlots:
        """Returns the newest readable copy.

        Raises:
            Unusable: E_KEYSLOTS_MISSING, E_KEYSLOTS_DAMAGED, E_KEYSLOTS_NEWER.
        """
        copies = self.each().values()
        readable = [copy for copy in copies if isinstance(copy, KeySlots)]
        if readable:
            return max(readable, key=lambda content: content.generation)
        failures = [copy for copy in copies if isinstance(copy, Unusable)]
        raise next((one for one in failures if one.status != Status.KEYSLOTS_MISSING), failures[0])

    def each(self) -> dict[str, KeySlots | Unusable]:
        """Returns what each copy holds, or why it cannot be read, by file name."""
        found: dict[str, KeySlots | Unusable] = {}
        for copy in self.copies:
            try:
                found[copy.name] = _read(copy)
            except Unusable as error:
                found[copy.name] = error
            except FileNotFoundError:
                found[copy.name] = unusable(Status.KEYSLOTS_MISSING, str(copy))
        return found

    def write(self, content: KeySlots) -> None:
        """Writes both copies, each whole or not at all; the second only after the first.

        Raises:
            Unusable: E_WORKSPACE_READONLY, E_WORKSPACE_FULL; the old copies are untouched.
        """
        for copy in self.copies:
            try:
                write_bytes(copy, content.encode())
                copy.chmod(0o600)
            except UserError as error:
                if not isinstance(error.__cause__, OSError):
                    raise
                raise unusable_disk(error.__cause__, str(copy)) from error


def _read(path: Path) -> KeySlots:
    with path.open("rb") as stream:
        content = stream.read(LIMIT_BYTES + 1)
    if len(content) > LIMIT_BYTES:
        raise unusable(Status.KEYSLOTS_DAMAGED, path.name)
    return KeySlots.decode(content)


def _check_version(stored: Any) -> None:
    if stored["format"] != FORMAT:
        raise ValueError(stored["format"])
    if stored["version"] > VERSION:
        raise unusable(Status.KEYSLOTS_NEWER, f"版本 {stored['version']}")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
