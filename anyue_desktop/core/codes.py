"""Code lists (national standards and local ones) and how an officer's words find a code in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from anyue_desktop.core import pinyin, resources
from anyue_desktop.core.cells import folded, quoted
from anyue_desktop.core.field_type import BadValue, Context

LISTED_CHOICES = 12  # how many names a sentence offers
SEPARATORS = "、，,；;/|+\\s。"

_BRACKETED = re.compile(r"\(([^()]*)\)")
_KEYS = frozenset({"code", "name", "active", "sort"})


@dataclass(frozen=True)
class CodeItem:
    """One entry of a code list."""

    code: str
    name: str
    active: bool = True  # a retired entry is not offered any more; old records still show its name
    attributes: Mapping[str, Any] = field(default_factory=dict, hash=False, compare=False)

    @property
    def short_name(self) -> str:
        """The name without what stands in brackets."""
        return re.sub(r"（.*?）", "", self.name) or self.name


@dataclass(frozen=True)
class Editable:
    """An attribute of a list's codes that a unit may change for itself, within limits."""

    label: str
    low: int
    high: int


class CodeList:
    """One code list; `find` understands codes, names, parts of names, the officers' synonyms and pinyin."""

    def __init__(
        self,
        name: str,
        title: str,
        items: Iterable[CodeItem],
        source: str = "",
        synonyms: Mapping[str, Sequence[str]] | None = None,
        editable: Mapping[str, Editable] | None = None,
    ) -> None:
        self.name = name
        self.title = title
        self.source = source
        self.editable = editable or {}
        self.items = tuple(items)
        self._synonyms = synonyms or {}
        self._by_code = {item.code: item for item in self.items}
        self._order = {item.code: position for position, item in enumerate(self.items)}
        self._width = max((len(code) for code in self._by_code), default=0)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in list order."""
        return tuple(self._by_code)

    @property
    def offered(self) -> tuple[CodeItem, ...]:
        """The entries that can be chosen now: not those retired."""
        return tuple(item for item in self.items if item.active)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def item(self, code: str) -> CodeItem | None:
        """Returns the entry of a code, or None."""
        return self._by_code.get(code)

    def show(self, code: str) -> str:
        """Returns the name of a code; an unknown code shows itself."""
        item = self._by_code.get(code)
        return item.name if item else code

    def attribute(self, code: str, key: str, default: Any = None) -> Any:
        """Returns an attribute of a code such as `counts`, or the default."""
        item = self._by_code.get(code)
        return item.attributes.get(key, default) if item else default

    def in_order(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Returns the codes once each, in list order."""
        return tuple(sorted(set(codes), key=lambda code: self._order.get(code, len(self._order))))

    def find(self, text: str) -> CodeItem:
        """Returns the one entry a text means.

        Raises:
            BadValue: no entry fits, or several do; the sentence lists them.
        """
        found = self._matches(_key(text))
        if len(found) == 1:
            return found[0]
        if found:
            raise BadValue(f"{quoted(text)}可能是：{_names(found)}，请写明是哪一个")
        raise BadValue(f"{quoted(text)}不在“{self.title}”的选项里，可以填：{_names(self.offered)}")

    def search(self, text: str, limit: int = 20) -> tuple[CodeItem, ...]:
        """Returns the entries an unfinished text may mean, the likeliest first; a blank gives the whole list."""
        key = _key(text)
        if not key:
            return self.offered[:limit]
        ranked = dict.fromkeys(item for look in self._looks for item in look(key) if item.active)
        return tuple(ranked)[:limit]

    def split(self, text: str) -> list[str]:
        """Returns the parts of a text that names several entries; names that contain separators stay whole."""
        return [part for part in self._splitter.findall(_spaced(text)) if part.strip()]

    def _matches(self, key: str) -> tuple[CodeItem, ...]:
        for look in self._looks if key else ():
            found = look(key)
            if found:
                return tuple(item for item in found if item.active) or found
        return ()

    @property
    def _looks(self) -> tuple[Callable[[str], tuple[CodeItem, ...]], ...]:
        return (self._by_number, self._by_name, self._by_alias, self._by_beginning, self._by_part, self._by_pinyin)

    def _by_number(self, key: str) -> tuple[CodeItem, ...]:
        item = self._by_code.get(key.upper()) or self._by_code.get(key.zfill(self._width) if key.isdigit() else "")
        return (item,) if item else ()

    def _by_name(self, key: str) -> tuple[CodeItem, ...]:
        item = self._by_full_name.get(key)
        return (item,) if item else ()

    def _by_alias(self, key: str) -> tuple[CodeItem, ...]:
        return self._said.get(key) or self._aliases.get(key) or ()

    def _by_beginning(self, key: str) -> tuple[CodeItem, ...]:
        return tuple(item for name, item in self._by_full_name.items() if name.startswith(key))

    def _by_part(self, key: str) -> tuple[CodeItem, ...]:
        if len(key) < 2 or key.isascii():
            return ()
        return tuple(item for name, item in self._by_full_name.items() if key in name)

    def _by_pinyin(self, key: str) -> tuple[CodeItem, ...]:
        if not (key.isascii() and key.isalpha()):
            return ()
        for fits in (str.__eq__, str.startswith):
            found = tuple(item for full, initials, item in self._spelled if fits(full, key) or fits(initials, key))
            if found:
                return found
        return ()

    @cached_property
    def _by_full_name(self) -> dict[str, CodeItem]:
        return {_key(item.name): item for item in self.items}

    @cached_property
    def _said(self) -> dict[str, tuple[CodeItem, ...]]:
        pairs = ((word, self._by_code[code]) for code, words in self._synonyms.items() for word in words)
        return _grouped(pairs)

    @cached_property
    def _aliases(self) -> dict[str, tuple[CodeItem, ...]]:
        return _grouped((word, item) for item in self.items for word in _name_parts(item.name))

    @cached_property
    def _spelled(self) -> tuple[tuple[str, str, CodeItem], ...]:
        return tuple((*pinyin.phrase(_BRACKETED.sub("", _key(item.name))), item) for item in self.items)

    @cached_property
    def _splitter(self) -> re.Pattern[str]:
        names = sorted((re.escape(_spaced(item.name)) for item in self.items), key=len, reverse=True)
        return re.compile(rf"(?:{'|'.join(names)})(?=$|[{SEPARATORS}])|[^{SEPARATORS}]+")


@lru_cache(maxsize=1)
def code_lists() -> Mapping[str, CodeList]:
    """Returns every code list that comes with the program, by name."""
    synonyms = resources.load_json("synonyms.json")
    return {
        name: _code_list(name, stored, synonyms.get(name))
        for name, stored in resources.load_json("codelists.json").items()
    }


def code_list(name: str) -> CodeList:
    """Returns the code list of this name.

    Raises:
        KeyError: the program has no such list.
    """
    return code_lists()[name]


def attribute(context: Context, list_name: str, code: str, key: str, default: Any = None) -> Any:
    """Returns an attribute of a code as the unit has it: changed in its settings, or as it comes with the program."""
    changed = context.attributes.get((list_name, code, key))
    return code_list(list_name).attribute(code, key, default) if changed is None else changed


@lru_cache(maxsize=1)
def yes_no_words() -> Mapping[str, bool]:
    """Returns what officers write for yes and no."""
    words = resources.load_json("synonyms.json")["yes_no"]
    return {_key(word): answer == "1" for answer, spellings in words.items() for word in spellings}


def _code_list(name: str, stored: Mapping[str, Any], synonyms: Mapping[str, Sequence[str]] | None) -> CodeList:
    """Reads a list of `codelists.json`: entries stand as written, unless `sort` says otherwise."""
    written = sorted(enumerate(stored["items"]), key=lambda entry: (entry[1].get("sort", entry[0]), entry[0]))
    editable = {key: Editable(**limits) for key, limits in stored.get("editable", {}).items()}
    return CodeList(name, stored["title"], (_item(one) for _, one in written), stored["source"], synonyms, editable)


def _item(stored: Mapping[str, Any]) -> CodeItem:
    attributes = {key: stored[key] for key in stored if key not in _KEYS}
    return CodeItem(stored["code"], stored["name"], stored.get("active", True), attributes)


def _spaced(text: str) -> str:
    return " ".join(folded(part) for part in str(text).split()).casefold()


def _key(text: str) -> str:
    """The form in which words are compared: no white space, no quotes, one width, one case, 老人 for 老年人."""
    return re.sub("[“”\"'‘’]", "", folded(text).casefold()).replace("老年人", "老人")


def _name_parts(name: str) -> list[str]:
    key = _key(name)
    outside = _BRACKETED.sub("", key)
    inside = [part for group in _BRACKETED.findall(key) for part in re.split("[/、，,]", group)]
    return [part for part in (outside, outside.removesuffix("族"), *inside) if part]


def _grouped(pairs: Iterable[tuple[str, CodeItem]]) -> dict[str, tuple[CodeItem, ...]]:
    found: defaultdict[str, dict[CodeItem, None]] = defaultdict(dict)
    for word, item in pairs:
        found[_key(word)][item] = None
    return {word: tuple(items) for word, items in found.items()}


def _names(items: Sequence[CodeItem]) -> str:
    shown = "、".join(item.name for item in items[:LISTED_CHOICES])
    return shown + ("等" if len(items) > LISTED_CHOICES else "")
