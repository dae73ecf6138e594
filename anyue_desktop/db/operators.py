"""Changing who may open the workspace: the key file and the database move together, and the log says so."""

from __future__ import annotations

from collections.abc import Iterable

from anyue_desktop.core.register import COUNTY
from anyue_desktop.db import settings
from anyue_desktop.db.acts import Act
from anyue_desktop.db.keyslots import Operator, Role
from anyue_desktop.db.opening import GENERATION
from anyue_desktop.db.store import Store
from anyue_desktop.db.vault import Keys

RECOVERED = "unlock.recovered"  # setting: who came in through the county, and who has been told


class Operators:
    """The operators of an open workspace. Everything but one's own passphrase needs an administrator."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> tuple[Operator, ...]:
        """Returns who may open the workspace."""
        return self._store.vault.operators()

    def add(self, login: str, words: str, roles: Iterable[Role], name: str = "") -> Operator:
        """Adds an operator."""
        self._adopt(
            self._store.vault.add_operator(self._store.keys, login, words, roles, name), Act.OPERATOR_ADDED, login
        )
        return self._found(login)

    def remove(self, login: str) -> None:
        """Removes an operator and changes the database key, so that his passphrase opens no newer file."""
        gone = self._found(login)
        keys = self._store.vault.remove_operator(self._store.keys, login)
        self._store.keys = keys
        self._record(keys, Act.OPERATOR_REMOVED, gone)
        self.change_key()

    def set_roles(self, login: str, roles: Iterable[Role]) -> None:
        """Gives an operator these roles."""
        self._adopt(self._store.vault.set_roles(self._store.keys, login, roles), Act.OPERATOR_ROLES, login)

    def reset_passphrase(self, login: str, words: str) -> None:
        """Gives an operator who forgot it a new passphrase."""
        self._adopt(self._store.vault.reset_passphrase(self._store.keys, login, words), Act.OPERATOR_RESET, login)

    def change_passphrase(self, old: str, new: str) -> None:
        """Changes one's own passphrase."""
        keys = self._store.vault.change_passphrase(self._store.keys, old, new)
        self._adopt(keys, Act.PASSPHRASE, keys.operator.login)

    def set_recovery(self, recipient: str | None) -> None:
        """Seals the database key to the county's recovery key as well."""
        keys = self._store.vault.set_recovery(self._store.keys, recipient)
        self._adopt(keys, Act.RECOVERY, keys.operator.login)

    def renew_signing(self, seed: bytes | None = None) -> None:
        """Makes a new signing key, or takes this one; the county must enrol it before anything can be reported."""
        keys = self._store.vault.renew_signing(self._store.keys, seed)
        self._adopt(keys, Act.SIGNING_RENEWED, keys.operator.login)

    def recovered(self) -> None:
        """Notes that the county opened the workspace for this operator, tells everybody, and changes the key."""
        own = self._store.keys.operator
        with self._store.work("通知其他操作员") as work:
            settings.write_setting(work.session, RECOVERED, {"login": own.login, "at": work.at, "seen": [own.id]})
        self._record(self._store.keys, Act.UNLOCK_RECOVERED, own)
        self.change_key()

    def news(self) -> str:
        """Returns once to every operator that somebody came in through the county; empty if nobody did."""
        found, own = self._store.setting(RECOVERED), self._store.keys.operator.id
        if not found or own in found["seen"]:
            return ""
        with self._store.work("告知找回密码") as work:
            settings.write_setting(work.session, RECOVERED, {**found, "seen": [*found["seen"], own]})
        way = "用封存的恢复密钥" if self._store.keys.unit.get("edition") == COUNTY else "经县局"
        return f"“{found['login']}”在 {found['at'][:16].replace('T', ' ')} 忘记密码，{way}重新设了密码"

    def change_key(self) -> None:
        """Encrypts the database anew under a fresh key."""
        self._store.change_key()
        self._record(self._store.keys, Act.KEY_CHANGED, self._store.keys.operator)

    def _adopt(self, keys: Keys, act: str, login: str) -> None:
        self._store.keys = keys
        self._record(keys, act, self._found(login))

    def _found(self, login: str) -> Operator:
        return next(one for one in self.all() if one.login == login)

    def _record(self, keys: Keys, act: str, who: Operator) -> None:
        with self._store.work(act) as work:
            settings.write_setting(work.session, GENERATION, keys.generation)
            work.facts.update(who=who.id, roles=sorted(who.roles), gen=keys.generation)
