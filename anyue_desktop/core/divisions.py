"""Townships and villages of 安岳县, and how the words of a village sheet find one.

Divisions are data: a later list may retire codes (`retired`), whose names still show in old records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from anyue_desktop.core import resources
from anyue_desktop.core.cells import quoted
from anyue_desktop.core.field_type import BadValue
from anyue_desktop.core.groups import split_group
from anyue_desktop.core.place_names import fold_place, short_place, stem_of

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE = "province", "city", "county", "township", "village"
_HIGHER = (PROVINCE, CITY, COUNTY)
LISTED = 12  # how many candidates a sentence names
REMEMBERED = 16384

_ABOVE = re.compile(r"^(?:中国)?(?:四川省)?(?:资阳市|内江市)?(?:安岳县)?")
_TOWNSHIP_STEM = re.compile(r"(?:街道|镇|乡)$")


@dataclass(frozen=True)
class Division:
    """One unit of the division list."""

    code: str
    name: str
    level: str
    parent: str
    short_name: str
    pinyin: str = ""
    initials: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Former:
    """A township before the merger of 2019–2020 and the villages it had."""

    code: str
    name: str
    now: str
    villages: tuple[str, ...]


@dataclass(frozen=True)
class DivisionMatch:
    """The unit a text means, the group named behind it, and what the officer should see."""

    division: Division
    group: str = ""
    notes: tuple[str, ...] = ()


class Divisions:
    """The division list with the searches the registers need."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], former: Iterable[Mapping[str, Any]] = ()) -> None:
        self._by_code = {row["code"]: _division(row) for row in rows}
        self._above = {fold_place(one.name): one for one in self._by_code.values() if one.level in _HIGHER}
        self._former = tuple(
            Former(row["code"], row["name"], row["now"], tuple(row["former_villages"])) for row in former
        )
        self._former_names = {one.code: one.name for one in self._former}
        self._children: dict[str, list[Division]] = defaultdict(list)
        self._by_short: dict[tuple[str, str], list[Division]] = defaultdict(list)
        self._by_stem: dict[tuple[str, str], list[Division]] = defaultdict(list)
        for one in self._by_code.values():
            self._index(one)
        self._former_places = self._index_former()
        self._townships = self._township_names()
        self._by_township_stem: dict[str, list[Division]] = defaultdict(list)
        for one in self.townships():
            self._by_township_stem[_TOWNSHIP_STEM.sub("", fold_place(one.short_name))].append(one)
        self.match = lru_cache(REMEMBERED)(self._match)

    def get(self, code: str) -> Division | None:
        """Returns the unit of a 12-digit code, or None."""
        return self._by_code.get(code)

    def name(self, code: str) -> str:
        """Returns the short name of a code, also of one that was abolished; an unknown code shows itself."""
        found = self._by_code.get(code)
        return found.short_name if found else self._former_names.get(code, code)

    def full_name(self, code: str) -> str:
        """Returns township and village together: 天马乡土桥村."""
        found = self._by_code.get(code)
        if found is None or found.level != VILLAGE:
            return self.name(code)
        return self.name(found.parent) + found.short_name

    def children(self, code: str) -> tuple[Division, ...]:
        """Returns the present units directly below a code, in code order."""
        return tuple(self._children.get(code, ()))

    def townships(self) -> tuple[Division, ...]:
        """Returns the present townships, in code order."""
        return tuple(one for one in self._by_code.values() if one.level == TOWNSHIP and not one.retired)

    def township_of(self, code: str) -> Division | None:
        """Returns the township a village or township code belongs to, or None."""
        found = self._by_code.get(code)
        if found is None or found.level == TOWNSHIP:
            return found
        return self._by_code.get(found.parent) if found.level == VILLAGE else None

    def search(self, text: str, township: str = "", level: str | None = None, limit: int = 20) -> tuple[Division, ...]:
        """Returns the units an unfinished name, pinyin, initials or code may mean; the own township's first."""
        key = fold_place(text).casefold()
        found = [
            (rank, one.parent != township and one.code != township, one.code, one)
            for one in self._by_code.values()
            if not one.retired and level in (None, one.level) and (rank := _rank(one, key)) is not None
        ]
        found.sort(key=lambda entry: (entry[1], entry[0], entry[2]))
        return tuple(entry[3] for entry in found[:limit])

    def _match(self, text: str, township: str = "") -> DivisionMatch:
        """Returns the unit a text means, read in a township (12-digit code; empty at the county).

        Raises:
            BadValue: nothing fits, or several units do; the sentence lists them.
        """
        above = self._above.get(fold_place(text))
        if above:
            return DivisionMatch(above)
        plain = _ABOVE.sub("", fold_place(text)) or fold_place(text)
        by_code = self._by_code.get(plain.ljust(12, "0")) if re.fullmatch("[0-9]{6,12}", plain) else None
        if by_code:
            return DivisionMatch(by_code)
        name, notes, named = self._named_township(plain)
        if named and not name:
            return DivisionMatch(self._by_code[named], notes=notes)
        place, group = split_group(name)
        found, more = self._village(place, named or township, text, stay=bool(named))
        return DivisionMatch(found, group, (*notes, *more))

    def match_township(self, text: str, township: str = "") -> DivisionMatch:
        """Returns the township a text means; a village gives its township, 天马 is enough for 天马乡.

        Raises:
            BadValue: no township fits.
        """
        stems = self._by_township_stem.get(_ABOVE.sub("", fold_place(text)), ())
        if len(stems) == 1:
            return DivisionMatch(stems[0])
        found = self.match(text, township)
        unit = self.township_of(found.division.code)
        if unit is None:
            raise BadValue(f"{quoted(text)}不是本县的乡镇（街道），请写明乡镇")
        return DivisionMatch(unit, found.group, found.notes)

    def _named_township(self, text: str) -> tuple[str, tuple[str, ...], str]:
        """Divides a text into what follows a township's name, the notes, and that township's code."""
        for name in self._townships.get(text[:2], ()):
            if text.startswith(name.text):
                return text[len(name.text) :], name.notes, name.code
        return text, (), ""

    def _village(self, place: str, township: str, seen: str, *, stay: bool) -> tuple[Division, tuple[str, ...]]:
        name = short_place(place)
        exact = self._by_short.get((township, name), [])
        if len(exact) == 1:
            return exact[0], ()
        stem = stem_of(name)
        near = exact or self._by_stem.get((township, stem), [])
        candidates = [*near, *(one for one in self._elsewhere(name, township, stay) if one not in near)]
        if len(candidates) > 1:
            raise BadValue(f"{quoted(seen)}可能是：{self._listed(candidates)}，请写明是哪一个")
        if near:
            return near[0], self._former_note(name, near[0], township)
        if candidates:
            one = candidates[0]
            where = f"不在{self.name(township)}" if stay else "不在本乡镇"
            return one, (f"{quoted(seen)}{where}，已读作{self.full_name(one.code)}，请核对",)
        self._refuse_former(name, stem, township, seen)
        raise BadValue(self._unknown(seen, stem, township))

    def _elsewhere(self, name: str, township: str, stay: bool) -> list[Division]:
        """Villages of this very name in other townships; where the text names a township, only ones moved out of it."""
        if not township or (stay and (township, name) not in self._former_places):
            return []
        return self._by_short.get(("", name), [])

    def _former_note(self, name: str, found: Division, township: str) -> tuple[str, ...]:
        former = self._former_places.get((township, name))
        if not former or stem_of(name) == name or fold_place(found.short_name) == name:
            return ()
        return (f"“{name}”是合并前{former[0].name}的村名，已读作{found.short_name}，请核对",)

    def _refuse_former(self, name: str, stem: str, township: str, seen: str) -> None:
        """A village of before the merger: where it went is known only down to the township."""
        places = self._former_places.get((township, name)) or self._former_places.get((township, stem)) or []
        if not places:
            return
        old = "、".join(dict.fromkeys(one.name for one in places))
        units = [unit for one in places for unit in self._children.get(one.now, ())]
        where = "、".join(dict.fromkeys(self.name(one.now) for one in places))
        listed = self._listed(_nearest(stem, units))
        raise BadValue(f"{quoted(seen)}是合并前{old}的村名，现属{where}，请选择现在的村（社区）：{listed}")

    def _unknown(self, seen: str, stem: str, township: str) -> str:
        if not township:
            return f"{quoted(seen)}不是本县的村（社区），请写明乡镇和村，例如天马乡土桥村"
        units = _nearest(stem, self._children.get(township, []))
        return f"{quoted(seen)}不是{self.name(township)}的村（社区），可以填：{self._listed(units)}"

    def _listed(self, units: Sequence[Division]) -> str:
        same = len({one.parent for one in units}) <= 1
        names = [one.short_name if same else self.full_name(one.code) for one in units[:LISTED]]
        return "、".join(names) + ("等" if len(units) > LISTED else "")

    def _index(self, one: Division) -> None:
        if one.retired:
            return
        self._children[one.parent].append(one)
        if one.level == VILLAGE:
            name = fold_place(one.short_name)
            for township in (one.parent, ""):
                self._by_short[township, name].append(one)
                self._by_stem[township, stem_of(name)].append(one)

    def _index_former(self) -> dict[tuple[str, str], list[Former]]:
        places: dict[tuple[str, str], list[Former]] = defaultdict(list)
        for one in self._former:
            for village in one.villages:
                name = short_place(fold_place(village))
                for key in {name, stem_of(name)}:
                    places[one.now, key].append(one)
                    places["", key].append(one)
        return places

    def _township_names(self) -> dict[str, list[_TownshipName]]:
        """The spellings of townships by their first two characters, the longest first."""
        present = ((fold_place(one.short_name), one.code) for one in self.townships())
        names = {text: _TownshipName(text, code) for text, code in present}
        for former in self._former:
            text = fold_place(former.name)
            if text not in names and former.now in self._by_code:
                note = f"“{former.name}”是合并前的乡镇，现属{self.name(former.now)}，请核对"
                names[text] = _TownshipName(text, former.now, (note,))
        grouped: dict[str, list[_TownshipName]] = defaultdict(list)
        for name in sorted(names.values(), key=lambda one: -len(one.text)):
            grouped[name.text[:2]].append(name)
        return grouped


@dataclass(frozen=True)
class _TownshipName:
    text: str
    code: str
    notes: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """Returns the division list that comes with the program."""
    return Divisions(resources.load_json("divisions.json"), resources.load_json("former_divisions.json")["list"])


def _division(row: Mapping[str, Any]) -> Division:
    return Division(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        parent=row["parent"] or "",
        short_name=row["short_name"],
        pinyin=row.get("pinyin", ""),
        initials=row.get("initials", "").lower(),
        retired=bool(row.get("retired")),
    )


def _rank(one: Division, key: str) -> int | None:
    """How well a unit fits an unfinished word: 0 best, None not at all."""
    name = fold_place(one.short_name)
    if key == name or key == one.code:
        return 0
    if name.startswith(key) or one.initials.startswith(key) or one.pinyin.startswith(key):
        return 1
    if key in name or (key.isdigit() and one.code.startswith(key)):
        return 2
    return None


def _nearest(stem: str, units: Iterable[Division]) -> list[Division]:
    """The units that share characters with the name come first."""
    return sorted(units, key=lambda one: -len(set(stem) & set(stem_of(one.short_name))))
