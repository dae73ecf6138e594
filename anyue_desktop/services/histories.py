"""Looking back: who changed what, when and why, and putting one field back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import Register
from anyue_desktop.db import history
from anyue_desktop.db.store import Store
from anyue_desktop.registers import RECORDS
from anyue_desktop.services.access import permitted

NOT_TOLD = frozenset({"report_state", "return_reason", "name_pinyin", "name_initials"})  # local or made by the program


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as texts."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Revision:
    """A record as it stood from one change to the next."""

    revision: int
    at: str
    operator: str
    action: str
    reason: str
    deleted: bool
    changes: list[FieldChange] = field(default_factory=list)


class Histories:
    """The history of records."""

    def __init__(self, store: Store, set_field: Callable[..., Any]) -> None:
        self._store = store
        self._set_field = set_field

    def history(self, register: str, identity: str) -> list[Revision]:
        """Returns all revisions, the newest first.

        Raises:
            UserError: there is no such record.
        """
        known = permitted(self._store, register)
        with self._store.read() as session:
            found = history.revisions(session, RECORDS[known.name], identity)
        if not found:
            raise UserError(f"“{known.title}”里没有编号为 {identity} 的记录", "请刷新列表")
        names = {one.id: one.name for one in self._store.vault.operators()}
        return [_shown(known, one, names) for one in reversed(found)]

    def put_back(self, register: str, identity: str, key: str, revision: int) -> Any:
        """Gives one field the value it had at a revision; a new revision like any other change.

        Raises:
            UserError: the record never had that revision.
        """
        known = permitted(self._store, register)
        with self._store.read() as session:
            values = history.at_revision(session, RECORDS[known.name], identity, revision)
        if values is None:
            raise UserError(f"这条记录没有第 {revision} 版", "请刷新历史")
        label = known.field(key).label
        return self._set_field(register, identity, {key: values.get(key)}, action=f"恢复“{label}”到第{revision}版")


def _shown(known: Register, one: history.Revision, names: dict[str, str]) -> Revision:
    return Revision(
        revision=one.number,
        at=one.at,
        operator=names.get(one.operator, one.operator),
        action=one.act,
        reason=one.reason,
        deleted=one.values.get("deleted_at") is not None,
        changes=[
            FieldChange(
                change.key,
                known.field(change.key).label,
                known.show(change.key, change.old),
                known.show(change.key, change.new),
            )
            for change in one.changes
            if change.key in known.by_key and change.key not in NOT_TOLD
        ],
    )
