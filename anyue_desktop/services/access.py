"""Which registers an operator may look into and enter: by role (registers.md B.8) and by who keeps them (B.12, F.4)."""

from __future__ import annotations

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import COUNTY, TOWNSHIP, Register
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.store import Store
from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.accounts import ROLE_NAMES
from anyue_desktop.services.columns import register_named


def holds(store: Store, role: str) -> bool:
    """Whether whoever is logged in has a role; everybody has the blank one."""
    return not role or store.keys.operator.has(Role(role))


def keeps(store: Store, register: Register) -> bool:
    """Whether this edition enters a register: a township its own, a county the figures only the county knows."""
    return register.keeper == store.keys.unit["edition"]


def reaches(store: Store, register: Register) -> bool:
    """Whether a register concerns this edition at all: a county has its own and those of its townships."""
    return keeps(store, register) or store.keys.unit["edition"] == COUNTY


def permitted(store: Store, name: str) -> Register:
    """Returns a register by table name or title.

    Raises:
        UserError: there is none, or it is not open to the operator or to a township.
    """
    known = register_named(name)
    if not reaches(store, known):
        raise UserError(f"“{known.title}”由县局填写，乡镇不用填报", "请在乡镇自己的登记册里录入")
    require(store, known.role, f"“{known.title}”")
    return known


def enterable(store: Store, name: str) -> Register:
    """Returns a register the operator may enter, by table name or title.

    Raises:
        UserError: there is none, it is not open to the operator, or another edition keeps it.
    """
    known = permitted(store, name)
    if not keeps(store, known):
        raise UserError(f"县局不能修改乡镇的记录，“{known.title}”由乡镇填报", "请退回并写明原因，由乡镇更正后再报")
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
    return {name: one for name, one in REGISTERS.items() if holds(store, one.role) and reaches(store, one)}


def reported_registers(*, special: bool = False) -> list[str]:
    """Returns what a township sends: everything it keeps, what is open to one role only in a package of its own."""
    return [name for name, one in REGISTERS.items() if one.keeper == TOWNSHIP and bool(one.role) is special]
