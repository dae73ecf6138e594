"""The villages of the practice township and who visits there."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core.divisions import divisions
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.draw import Draw, Odds

CADRE, GRID_WORKER = "01", "03"
FURTHER_VISITORS = Odds({"03": 5, "07": 3, "06": 1, "09": 2})


@dataclass(frozen=True)
class Visitor:
    """Somebody who is responsible for visits."""

    name: str
    kind: str
    phone: str


@dataclass(frozen=True)
class Village:
    """A village or community, its groups and its visitors."""

    code: str
    name: str
    groups: int
    unit: str
    visitors: tuple[Visitor, ...]
    weight: float

    @property
    def urban(self) -> bool:
        """Whether people live in streets."""
        return self.name.endswith("社区")

    def address(self, draw: Draw) -> str:
        """Returns a made-up address within the village."""
        return f"{draw.one(words.STREETS if self.urban else words.SPOTS)}{draw.between(1, 88)}号"


def villages(township: str, seed: str) -> tuple[Village, ...]:
    """Returns the villages of a township, the same for the same seed."""
    return tuple(
        _village(one.code, one.short_name, Draw(f"{seed}/{one.code}")) for one in divisions().children(township)
    )


def _village(code: str, name: str, draw: Draw) -> Village:
    kinds = [CADRE, GRID_WORKER, *(draw.of(FURTHER_VISITORS) for _ in range(draw.between(0, 1)))]
    return Village(
        code=code,
        name=name,
        groups=draw.between(4, 11),
        unit="社" if draw.chance(0.3) else "组",
        visitors=tuple(_visitor(draw, kind) for kind in kinds),
        weight=0.6 + draw.fraction(),
    )


def _visitor(draw: Draw, kind: str) -> Visitor:
    name = words.full_name(draw, draw.one("12"), young=True)
    return Visitor(name, kind, numbers.phone(draw, numbers.VISITOR))
