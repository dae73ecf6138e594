"""The key hierarchy (security.md §2): passphrase → operator's age identity → database key and signing seed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyrage

from anyue_desktop.core.errors import Unusable, UserError
from anyue_desktop.db import kdf, passphrase
from anyue_desktop.db.finding import Finding
from anyue_desktop.db.kdf import Cost
from anyue_desktop.db.keyslots import KeySlotFile, KeySlots, Operator, Role, Slot
from anyue_desktop.db.slots import new_slot, open_age, open_slot, seal, sealed_to
from anyue_desktop.db.status import Status, unusable
from anyue_desktop.db.tries import Tries

KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """What an unlocked operator holds; never shown, never logged."""

    operator: Operator
    unit: Mapping[str, str]
    db_id: str
    generation: int
    dek: bytes = field(repr=False)
    identity: str = field(repr=False)
    previous_dek: bytes | None = field(default=None, repr=False)
    sealed_seed: bytes = field(default=b"", repr=False)

    @property
    def may_sign(self) -> bool:
        """Whether the operator is a reviewer and can open the signing seed."""
        return self.operator.has(Role.REVIEWER)

    def open_signing_seed(self) -> bytes:
        """Returns the site's 32-byte Ed25519 seed; raises `UserError` unless sealed to this operator."""
        try:
            seed: bytes = pyrage.decrypt(self.sealed_seed, [pyrage.x25519.Identity.from_str(self.identity)])
        except pyrage.DecryptError as error:
            raise UserError("只有审核人可以签名上报", "请由具有审核权限的操作员登录后再操作") from error
        return seed


class Vault:
    """The key file of one workspace: unlocks it and changes who may open it."""

    def __init__(self, folder: Path) -> None:
        self.file = KeySlotFile(folder)

    def create(
        self,
        unit: Mapping[str, str],
        login: str,
        words: str,
        roles: Iterable[Role] = Role,
        *,
        name: str = "",
        recovery: str | None = None,
        cost: Cost | None = None,
    ) -> Keys:
        """Makes the keys of a new workspace with its first operator, who is an administrator and reviewer.

        Raises:
            Unusable: E_WORKSPACE_EXISTS.
            UserError: the passphrase is too weak, or nobody could manage operators or sign.
        """
        if self.file.exists():
            raise unusable(Status.WORKSPACE_EXISTS, str(self.file.copies[0].parent))
        content = KeySlots(db_id=str(uuid.uuid4()), unit=dict(unit), slots=(), recovery=recovery, generation=0)
        slot, identity = new_slot(content, _named(login, name, roles), words, cost or kdf.calibrated())
        dek, seed = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES)
        content = _sealed(replace(content, slots=(slot,)), dek, seed)
        self.file.write(content)
        return _keys(content, slot, identity, dek)

    def operators(self) -> tuple[Operator, ...]:
        """Returns who may open the workspace; can be asked before anyone has unlocked it."""
        return tuple(slot.operator for slot in self.file.read().slots)

    def unit(self) -> Mapping[str, str]:
        """Returns the facts of the unit the workspace belongs to, before anyone has unlocked it."""
        return self.file.read().unit

    def unlock(self, login: str, words: str) -> Keys:
        """Returns the operator's keys.

        Raises:
            Unusable: E_KEYSLOTS_MISSING, E_KEYSLOTS_DAMAGED, E_KEYSLOTS_NEWER, E_OPERATOR_UNKNOWN,
                E_KDF_PARAMS, E_PASSPHRASE, E_UNLOCK_WAIT, E_KEYSLOTS_TAMPERED.
        """
        tries = Tries(self.file.copies[0].parent)
        tries.check()
        try:
            return open_keys(self.file.read(), login, words)
        except Unusable as error:
            tries.wrong(error)
            raise

    def add_operator(self, keys: Keys, login: str, words: str, roles: Iterable[Role], name: str = "") -> Keys:
        """Adds an operator; returns the caller's keys of the new key file."""

        def add(content: KeySlots) -> KeySlots:
            if any(slot.operator.login == login for slot in content.slots):
                raise UserError(f"登录名“{login}”已经有人使用", "请另取一个登录名")
            slot, _ = new_slot(content, _named(login, name, roles), words, content.slots[0].cost)
            return replace(content, slots=(*content.slots, slot))

        return self._change(keys, add)

    def remove_operator(self, keys: Keys, login: str) -> Keys:
        """Removes an operator; the database key should be changed afterwards (`Store.change_key`)."""

        def remove(content: KeySlots) -> KeySlots:
            if login == keys.operator.login:
                raise UserError("不能删除自己", "请由另一位管理员操作")
            gone = content.slot(login)
            return replace(content, slots=tuple(slot for slot in content.slots if slot is not gone))

        return self._change(keys, remove)

    def set_roles(self, keys: Keys, login: str, roles: Iterable[Role]) -> Keys:
        """Gives an operator these roles; a new reviewer needs a reviewer to pass the signing seed on."""

        def set_them(content: KeySlots) -> KeySlots:
            slot = content.slot(login)
            return _put(content, replace(slot, operator=replace(slot.operator, roles=frozenset(roles))))

        return self._change(keys, set_them)

    def reset_passphrase(self, keys: Keys, login: str, words: str) -> Keys:
        """Gives an operator who forgot it a new passphrase, with a new identity."""

        def reset(content: KeySlots) -> KeySlots:
            old = content.slot(login)
            return _put(content, new_slot(content, old.operator, words, old.cost)[0])

        return self._change(keys, reset)

    def recover(self, dek: bytes, login: str, words: str, seed: bytes | None = None) -> tuple[Keys, bool]:
        """Gives an operator whose key the county opened a new passphrase; also tells whether signing begins anew.

        Nobody but a reviewer can open the signing seed: where another one is left, he may pass it on again later;
        the last one gets a new seed, which the county must enrol. Whoever brings the `seed` along keeps the right.
        """
        content = self.file.read()
        if not content.is_authentic(dek):
            raise unusable(Status.KEYSLOTS_TAMPERED)
        old = content.slot(login)
        alone = self.is_last_reviewer(login)
        roles = (
            old.operator.roles if alone or seed else (old.operator.roles - {Role.REVIEWER} or frozenset({Role.ENTRY}))
        )
        slot, identity = new_slot(content, replace(old.operator, roles=roles), words, old.cost)
        content = _sealed(_put(content, slot), dek, seed or (os.urandom(KEY_BYTES) if alone else None))
        self.file.write(content)
        return _keys(content, slot, identity, dek), alone and seed is None

    def is_last_reviewer(self, login: str) -> bool:
        """Whether nobody but this operator could open the signing seed."""
        return not any(one.has(Role.REVIEWER) for one in self.operators() if one.login != login)

    def renew_signing(self, keys: Keys, seed: bytes | None = None) -> Keys:
        """Gives the reviewers a new signing seed, this one or any, so that one who left can sign no longer."""
        keys.open_signing_seed()
        content = _sealed(self._current(keys), keys.dek, seed or os.urandom(KEY_BYTES))
        self.file.write(content)
        return _keys(content, content.slot(keys.operator.login), keys.identity, keys.dek)

    def change_passphrase(self, keys: Keys, old: str, new: str, cost: Cost | None = None) -> Keys:
        """Changes one's own passphrase; raises `Unusable` E_PASSPHRASE if the old one is wrong."""
        content = self._current(keys)
        slot = content.slot(keys.operator.login)
        identity = open_slot(content, slot, old)
        passphrase.require_good(new, content.unit, keys.operator.login)
        fresh = replace(slot, cost=cost or slot.cost, salt=kdf.new_salt())
        return self._write(keys, _put(content, replace(fresh, sealed=seal(content.db_id, fresh, new, identity))))

    def set_recovery(self, keys: Keys, recipient: str | None) -> Keys:
        """Seals the database key to the county's recovery key as well (from the trust bundle)."""
        return self._write(keys, replace(self._current(keys), recovery=recipient))

    def begin_key_change(self, keys: Keys) -> Keys:
        """Writes a fresh database key beside the present one; `finish_key_change` drops the present one."""
        content = self._current(keys)
        return self._write(keys, content, dek=os.urandom(KEY_BYTES), previous=keys.dek)

    def finish_key_change(self, keys: Keys) -> Keys:
        """Drops the database key before this one."""
        return self._write(keys, self._current(keys))

    def findings(self, keys: Keys) -> list[Finding]:
        """Returns what is wrong with the copies of the key file."""
        found: list[Finding] = []
        for name, copy in self.file.each().items():
            if not isinstance(copy, KeySlots):
                found.append(Finding(Status(copy.status), name))
            elif not copy.is_authentic(keys.dek):
                found.append(Finding(Status.KEYSLOTS_TAMPERED, name))
            elif copy.generation != keys.generation:
                found.append(Finding(Status.KEYSLOTS_ROLLBACK, name))
        return found

    def mend_copies(self, keys: Keys) -> None:
        """Writes both copies anew from the sound one if they are not the same."""
        if self.findings(keys):
            self.file.write(self._current(keys))

    def _change(self, keys: Keys, change: Callable[[KeySlots], KeySlots]) -> Keys:
        if not keys.operator.has(Role.ADMIN):
            raise UserError("只有管理员可以管理操作员", "请由管理员登录后再操作")
        content = change(self._current(keys))
        for role, title in ((Role.ADMIN, "管理员"), (Role.REVIEWER, "审核人")):
            if not any(slot.operator.has(role) for slot in content.slots):
                raise UserError(f"至少要留一名{title}", f"请先让另一位操作员成为{title}")
        return self._write(keys, content)

    def _current(self, keys: Keys) -> KeySlots:
        content = self.file.read()
        if not content.is_authentic(keys.dek):
            raise unusable(Status.KEYSLOTS_TAMPERED)
        return content

    def _write(self, keys: Keys, content: KeySlots, dek: bytes | None = None, previous: bytes = b"") -> Keys:
        before = self.file.read()
        key = dek or keys.dek
        seed = keys.open_signing_seed() if _reviewers(before) != _reviewers(content) else None
        content = _sealed(content, key, seed, previous)
        self.file.write(content)
        return _keys(content, content.slot(keys.operator.login), keys.identity, key)


def open_keys(content: KeySlots, login: str, words: str) -> Keys:
    """Returns an operator's keys from the content of a key file; raises as `Vault.unlock`."""
    slot = content.slot(login)
    identity = open_slot(content, slot, words)
    dek = open_age(content.dek, identity)
    if not content.is_authentic(dek):
        raise unusable(Status.KEYSLOTS_TAMPERED)
    return _keys(content, slot, identity, dek)


def _named(login: str, name: str, roles: Iterable[Role]) -> Operator:
    login = login.strip()
    if not 1 <= len(login) <= 40:
        raise UserError(f"登录名“{login}”不合适", "请用1至40个字的登录名")
    held = frozenset(roles)
    if not held:
        raise UserError(f"没有给操作员“{login}”任何权限", "请至少选择一项权限")
    return Operator(str(uuid.uuid4()), login, name.strip() or login, held)


def _reviewers(content: KeySlots) -> list[str]:
    return [slot.recipient for slot in content.slots if slot.operator.has(Role.REVIEWER)]


def _sealed(content: KeySlots, dek: bytes, seed: bytes | None, previous: bytes = b"") -> KeySlots:
    """Returns the next generation of the key file, its keys sealed to those who now may hold them."""
    everyone = [slot.recipient for slot in content.slots] + ([content.recovery] if content.recovery else [])
    return replace(
        content,
        generation=content.generation + 1,
        dek=sealed_to(dek, everyone),
        previous=sealed_to(previous, everyone) if previous else b"",
        signing=sealed_to(seed, _reviewers(content)) if seed is not None else content.signing,
    ).sealed(dek)


def _put(content: KeySlots, slot: Slot) -> KeySlots:
    same = slot.operator.id
    return replace(content, slots=tuple(slot if one.operator.id == same else one for one in content.slots))


def _keys(content: KeySlots, slot: Slot, identity: str, dek: bytes) -> Keys:
    return Keys(
        operator=slot.operator,
        unit=content.unit,
        db_id=content.db_id,
        generation=content.generation,
        dek=dek,
        identity=identity,
        previous_dek=open_age(content.previous, identity) if content.previous else None,
        sealed_seed=content.signing,
    )
