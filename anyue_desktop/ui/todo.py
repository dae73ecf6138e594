"""Lines of what is to do: one list, or lists of one kind in several registers, with where each leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anyue_desktop.registers import REGISTERS
from anyue_desktop.services.dashboard import DRAFTS
from anyue_desktop.services.query import Query
from anyue_desktop.services.worklists import VillageList, Worklist
from anyue_desktop.ui.places import ListPlace, NamedPlace, Place, VillagesPlace

PICTURES = {
    "unvisited": "calendar",
    "waiting": "calendar",
    "holiday": "calendar",
    "returned": "returned",
    "follow_up": "forward",
    "overdue": "warning",
    "late": "warning",
    "should_end": "warning",
    "incomplete": "missing",
    "without_base": "missing",
    "without_director": "missing",
    "untrained": "missing",
    DRAFTS: "draft",
}


@dataclass(frozen=True)
class Line:
    """One line: its words, and the lists behind it."""

    key: str
    title: str
    picture: str
    lists: tuple[Worklist | VillageList, ...] = ()
    urgent: bool = False

    def count(self, counts: Mapping[str, int]) -> int:
        """Returns how much there is to do."""
        return sum(counts.get(one.name, 0) for one in self.lists) if self.lists else counts.get(self.key, 0)

    def waiting(self, counts: Mapping[str, int]) -> list[Worklist | VillageList]:
        """Returns the lists that have anything in them."""
        return [one for one in self.lists if counts.get(one.name, 0)]


DRAFT_LINE = Line(DRAFTS, "没有录完的草稿", PICTURES[DRAFTS])


def lines(lists: Iterable[Worklist | VillageList], *, drafts: bool = False) -> list[Line]:
    """Returns the lines of these lists, the urgent first."""
    grouped: dict[str, list[Worklist | VillageList]] = {}
    for one in lists:
        grouped.setdefault(one.group or one.name, []).append(one)
    found = [
        Line(key, same[0].title, PICTURES.get(same[0].key, "forward"), tuple(same), same[0].urgent)
        for key, same in grouped.items()
    ]
    found += [DRAFT_LINE] if drafts else []
    return sorted(found, key=lambda line: not line.urgent)


def place_of(one: Worklist | VillageList, month: str) -> Place:
    """Returns where a list is."""
    if isinstance(one, VillageList):
        return VillagesPlace(one.name, month)
    return ListPlace(Query(one.register, worklist=one.key, month=month))


def register_title(one: Worklist | VillageList) -> str:
    """Returns the title of the register a list is of."""
    return REGISTERS[one.register].title


DRAFTS_PLACE = NamedPlace("drafts")
