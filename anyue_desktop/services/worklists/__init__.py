"""The lists that say what to do: each has a name, a register and a condition."""

from __future__ import annotations

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.worklists import base_data, children, elders, everywhere, facilities, homecare
from anyue_desktop.services.worklists.villages import VILLAGE_LISTS, VillageList
from anyue_desktop.services.worklists.worklist import Worklist

ALL: tuple[Worklist, ...] = (
    *elders.LISTS,
    *children.LISTS,
    *homecare.LISTS,
    *facilities.LISTS,
    *base_data.LISTS,
    *everywhere.LISTS,
)

WORKLISTS: dict[str, dict[str, Worklist]] = {
    name: {one.key: one for one in ALL if one.register == name} for name in REGISTERS
}

__all__ = ["ALL", "VILLAGE_LISTS", "WORKLISTS", "VillageList", "Worklist"]
