"""常用列: named sets of columns in an order of their own: the county asks for another than the ledger's (G.3, 12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anyue_desktop.core.errors import UserError
from anyue_desktop.db.settings import write_setting
from anyue_desktop.db.store import Store
from anyue_desktop.services import columns
from anyue_desktop.services.access import permitted

SETTING = "column_sets"  # {register: {name: [paths]}}
LONGEST_NAME = 20


class ColumnSets:
    """Keeps them in the workspace, for every operator, list and export."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def column_sets(self, register: str) -> dict[str, tuple[str, ...]]:
        """Returns the columns of each set of a register by name, in the order they were kept."""
        known = permitted(self._store, register)
        listed = {one.path for one in columns.sheet_columns(known)}
        kept = {
            name: [path for path in paths if path in listed]
            for name, paths in self._kept_sets().get(known.name, {}).items()
        }
        return {name: tuple(paths) for name, paths in kept.items() if paths}

    def column_set(self, register: str, name: str) -> tuple[str, ...]:
        """Returns the columns of one set.

        Raises:
            UserError: there is none of this name.
        """
        sets = self.column_sets(register)
        if name not in sets:
            known = "、".join(sets) or "还没有保存过"
            raise UserError(f"没有名为“{name}”的常用列", f"已保存的有：{known}")
        return sets[name]

    def keep_columns(self, register: str, name: str, paths: Sequence[str]) -> None:
        """Keeps a set; one of the same name gives way.

        Raises:
            UserError: no name, a name too long, no columns, or a column the register's list does not have.
        """
        known, title = permitted(self._store, register), name.strip()
        if not title or len(title) > LONGEST_NAME:
            raise UserError(f"常用列的名称应为1到{LONGEST_NAME}个字", "例如：县局月报格式")
        listed = [one.path for one in columns.sheet_columns(known)]
        if not paths or not set(paths) <= set(listed):
            raise UserError("常用列里没有列，或有这个登记册没有的列", "请至少选一列")
        sets = self._kept_sets()
        sets.setdefault(known.name, {})[title] = [*dict.fromkeys(paths)]
        self._keep_sets(sets, f"保存常用列“{title}”")

    def drop_columns(self, register: str, name: str) -> None:
        """Forgets a set."""
        sets = self._kept_sets()
        sets.get(permitted(self._store, register).name, {}).pop(name, None)
        self._keep_sets(sets, f"删除常用列“{name}”")

    def _kept_sets(self) -> dict[str, dict[str, list[str]]]:
        kept: Mapping[str, Mapping[str, list[str]]] = self._store.setting(SETTING, {})
        return {register: dict(sets) for register, sets in kept.items()}

    def _keep_sets(self, sets: Mapping[str, Mapping[str, list[str]]], act: str) -> None:
        with self._store.work(act) as work:
            write_setting(work.session, SETTING, sets)
