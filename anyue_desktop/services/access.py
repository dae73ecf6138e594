"""Which registers an operator may look into: some are open to one role only (registers.md B.8)."""

from __future__ import annotations

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import Register
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.store import Store
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.accounts import ROLE_NAMES
from anyue_desktop.services.columns import register_named


def holds(store: Store, role: str) -> bool:
    """Whether whoever is logged in has a role; everybody has the blank one."""
    return not role or store.keys.operator.has(Role(role))


def permitted(store: Store, name: str) -> Register:
    """Returns a register by table name or title.

    Raises:
        UserError: there is none, or it is not open to the operator.
    """
    known = register_named(name)
    require(store, known.role, f"“{known.title}”")
    return known


def require(store: Store, role: str, what: str) -> None:
    """Lets only operators with a role pass.

    Raises:
        UserError: the operator does not have it.
    """
    if not holds(store, role):
        title = ROLE_NAMES[role]
        raise UserError(f"{what}只有“{title}”的操作员可以查看和办理", f"请由有“{title}”岗位的操作员登录办理")


def open_registers(store: Store) -> dict[str, Register]:
    """Returns the registers the operator may look into, by name."""
    return {name: one for name, one in REGISTERS.items() if holds(store, one.role)}
