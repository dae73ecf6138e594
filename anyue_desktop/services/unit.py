"""Which unit a workspace belongs to, and who works in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.errors import UserError
from anyue_desktop.core.register import COUNTY, TOWNSHIP

COUNTY_CODE = "512021000000"
PRACTICE_LETTER = "z"  # only practice townships have it, and no real county approves it


@dataclass(frozen=True)
class Unit:
    """A township's laptop or the county office."""

    edition: str  # township | county
    code: str  # 12-digit division code
    name: str
    site: str  # t512021206a | county-512021
    practice: bool = False

    @property
    def is_county(self) -> bool:
        """Whether this is the county edition."""
        return self.edition == COUNTY

    @property
    def office(self) -> str:
        """The name that stands on stamped paper: 天马乡人民政府, 岳城街道办事处, 安岳县民政局."""
        if self.is_county:
            return f"{self.name}民政局"
        return f"{self.name}办事处" if self.name.endswith("街道") else f"{self.name}人民政府"

    def facts(self) -> dict[str, str]:
        """Returns the unit as kept beside the keys, readable before anyone has unlocked."""
        return {
            "edition": self.edition,
            "code": self.code,
            "name": self.name,
            "site": self.site,
            "practice": "1" if self.practice else "",
        }

    @classmethod
    def of(cls, facts: Mapping[str, str]) -> Unit:
        """Reads what `facts` wrote."""
        return cls(facts["edition"], facts["code"], facts["name"], facts["site"], bool(facts.get("practice")))


def township_unit(text: str, letter: str = "a", *, practice: bool = False) -> Unit:
    """Returns the unit of a township named by code (12, 9 digits) or name.

    Raises:
        UserError: there is no such township, or the letter is not one of a–z.
    """
    known = divisions()
    found = known.get(text.ljust(12, "0")) if text.isdigit() else None
    if found is None:
        found = next((one for one in known.townships() if text in (one.name, one.short_name)), None)
    if found is None or found.level != "township":
        raise UserError(f"没有找到乡镇“{text}”", "请填写乡镇全名（如 天马乡）或9位代码（如 512021206）")
    if len(letter) != 1 or not "a" <= letter < PRACTICE_LETTER:
        raise UserError(f"设备字母“{letter}”不对", "请用一个小写字母 a 至 y，一台电脑一个字母；z 只供练习")
    own = PRACTICE_LETTER if practice else letter
    return Unit(TOWNSHIP, found.code, found.name, f"t{found.code[:9]}{own}", practice)


def unit_name(site: str) -> str:
    """Returns the name of the township a site belongs to."""
    return divisions().name(f"{site[1:10]}000")


def county_unit(*, practice: bool = False) -> Unit:
    """Returns the county office, or one to practise with."""
    found = divisions().get(COUNTY_CODE)
    name = found.name if found else "安岳县"
    return Unit(COUNTY, COUNTY_CODE, name, f"county-{COUNTY_CODE[:6]}", practice)


@dataclass(frozen=True)
class Operator:
    """Who is logged in."""

    id: str
    login: str
    name: str
    roles: frozenset[str]

    @property
    def may_sign(self) -> bool:
        """Whether the operator may sign packages (审核)."""
        return "reviewer" in self.roles
