"""操作员: who may open the workspace and what they may do."""

from __future__ import annotations

from collections.abc import Iterable

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import COUNTY
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.operators import Operators
from anyue_desktop.db.store import Store
from anyue_desktop.services.unit import Operator

RENEW = "他会签名上报：请在“报送 · 设备登记”里换一把新的签名密钥，县局批准以后请县局注销旧的。"
RENEW_ROOT = "他用过县局的根密钥：请在“系统 · 设备登记”里更换根密钥。"
ROLE_NAMES = {"entry": "录入", "reviewer": "审核", "protect": "未保专岗", "admin": "管理"}


class Accounts:
    """Manages operators; everything but one's own passphrase needs 管理."""

    def __init__(self, store: Store) -> None:
        self._operators = Operators(store)
        self._renewal = RENEW_ROOT if store.keys.unit["edition"] == COUNTY else RENEW

    def list(self) -> list[Operator]:
        """Returns the operators."""
        return [
            Operator(one.id, one.login, one.name, frozenset(role.value for role in one.roles))
            for one in self._operators.all()
        ]

    def add(self, login: str, passphrase: str, roles: Iterable[str], name: str = "") -> Operator:
        """Adds an operator.

        Raises:
            UserError: the login is taken, the passphrase weak, a role unknown, or the caller no 管理.
        """
        self._operators.add(login, passphrase, roles_named(roles), name)
        return next(one for one in self.list() if one.login == login)

    def set_roles(self, login: str, roles: Iterable[str]) -> None:
        """Gives an operator these roles."""
        self._operators.set_roles(login, roles_named(roles))

    def change_passphrase(self, old: str, new: str) -> None:
        """Changes one's own passphrase."""
        self._operators.change_passphrase(old, new)

    def reset_passphrase(self, login: str, new: str) -> None:
        """Gives another operator a new passphrase."""
        self._operators.reset_passphrase(login, new)

    def news(self) -> str:
        """Returns what this operator should know of others' passphrases, once; mostly empty."""
        return self._operators.news()

    def after_leaving(self, gone: Operator) -> str:
        """Returns what is still to be done once an operator is gone; empty if nothing."""
        return self._renewal if gone.may_sign else ""

    def remove(self, login: str) -> None:
        """Removes an operator; the database is encrypted anew."""
        self._operators.remove(login)


def roles_named(names: Iterable[str]) -> list[Role]:
    """Returns roles by identifier or Chinese name.

    Raises:
        UserError: there is no such role.
    """
    known = {**{role.value: role for role in Role}, **{name: Role(key) for key, name in ROLE_NAMES.items()}}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise UserError(f"没有“{name}”这种权限", "可用：录入 entry、审核 reviewer、未保专岗 protect、管理 admin")
    return [known[name] for name in wanted]
