"""What a unit changes of its local code lists: weights, limits and intervals, as data (registers.md C, C.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from anyue_desktop.core import codes
from anyue_desktop.core.codes import CodeList
from anyue_desktop.core.errors import UserError
from anyue_desktop.db.keyslots import Role
from anyue_desktop.db.settings import write_setting
from anyue_desktop.db.store import Store
from anyue_desktop.services.access import require

SETTING = "code_attributes"  # {list: {code: {attribute: value}}}
CHANGED = "修改评分权重"
RISING = (("risk_level", "child_score"),)  # attributes that grow from code to code, the first one from 0
Place = tuple[str, str, str]  # list, code, attribute


@dataclass(frozen=True)
class Adjustable:
    """One value a unit may change."""

    place: Place
    name: str  # of the code
    label: str  # of the attribute
    value: int
    usual: int
    low: int
    high: int


class CodeSettings:
    """Reads and changes the attributes of codes; a change is logged, and old records keep what they were given."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Place, int] | None = None

    def attributes(self) -> dict[Place, int]:
        """Returns what the unit has changed, by list, code and attribute."""
        if self._known is None:
            kept: Mapping[str, Any] = self._store.setting(SETTING, {})
            self._known = {
                (name, code, key): value
                for name, by_code in kept.items()
                for code, values in by_code.items()
                for key, value in values.items()
            }
        return dict(self._known)

    def lists(self) -> list[CodeList]:
        """Returns the lists that have something to change."""
        return [one for one in codes.code_lists().values() if one.editable]

    def values(self, list_name: str) -> list[Adjustable]:
        """Returns everything that can be changed of a list, code by code.

        Raises:
            UserError: there is no such list, or nothing of it can be changed.
        """
        known, changed = _editable(list_name), self.attributes()
        return [
            Adjustable(
                place=(known.name, item.code, key),
                name=item.name,
                label=one.label,
                value=changed.get((known.name, item.code, key), int(item.attributes[key])),
                usual=int(item.attributes[key]),
                low=one.low,
                high=one.high,
            )
            for item in known.offered
            for key, one in known.editable.items()
            if key in item.attributes
        ]

    def change(self, changes: Mapping[Place, int]) -> None:
        """Sets values; what equals the program's own is forgotten again.

        Raises:
            UserError: the operator is no 管理, a value does not exist or lies outside its limits.
        """
        require(self._store, Role.ADMIN.value, "评分权重")
        usual: dict[Place, int] = {}
        for name in {place[0] for place in changes}:
            usual |= {one.place: one.usual for one in self.values(name)}
        for place, value in changes.items():
            _check(place, value)
        wanted = {
            place: value for place, value in {**self.attributes(), **changes}.items() if value != usual.get(place)
        }
        _check_rising(wanted)
        self._keep(wanted, {"/".join(place): value for place, value in changes.items()})

    def restore(self, list_name: str) -> None:
        """Takes back everything the unit has changed of a list.

        Raises:
            UserError: the operator is no 管理, or there is no such list.
        """
        require(self._store, Role.ADMIN.value, "评分权重")
        name = _editable(list_name).name
        self._keep({place: value for place, value in self.attributes().items() if place[0] != name}, {name: "usual"})

    def _keep(self, wanted: Mapping[Place, int], said: Mapping[str, Any]) -> None:
        kept: dict[str, dict[str, dict[str, int]]] = {}
        for (name, code, key), value in wanted.items():
            kept.setdefault(name, {}).setdefault(code, {})[key] = value
        with self._store.work(CHANGED) as work:
            write_setting(work.session, SETTING, kept)
            work.facts["changed"] = dict(said)
        self._known = dict(wanted)


def _editable(list_name: str) -> CodeList:
    known = codes.code_lists()
    found = known.get(list_name) or next((one for one in known.values() if one.title == list_name), None)
    if found is None or not found.editable:
        names = "、".join(f"{one.name}（{one.title}）" for one in known.values() if one.editable)
        raise UserError(f"“{list_name}”没有可以修改的分值", f"可以修改的有：{names}")
    return found


def _check(place: Place, value: int) -> None:
    name, code, key = place
    known = _editable(name)
    limits, item = known.editable.get(key), known.item(code)
    if limits is None or item is None or key not in item.attributes:
        raise UserError(f"“{known.title}”没有“{code} {key}”这一项", "请核对代码和项目")
    if not limits.low <= value <= limits.high:
        message = f"“{item.name}”的{limits.label}应在{limits.low}到{limits.high}之间，现为{value}"
        raise UserError(message, "请改正后再保存")


def _check_rising(wanted: Mapping[Place, int]) -> None:
    for name, key in RISING:
        known = codes.code_list(name)
        values = [wanted.get((name, item.code, key), int(item.attributes[key])) for item in known.items]
        if values[0] != 0 or any(low >= high for low, high in pairwise(values)):
            shown = "、".join(f"{item.name}{value}" for item, value in zip(known.items, values, strict=True))
            message = f"“{known.title}”的{known.editable[key].label}应从0起逐级升高，现为：{shown}"
            raise UserError(message, "请改正后再保存")
