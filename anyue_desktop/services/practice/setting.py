"""What everything in a made-up township has in common: its villages, its size, and how well it is kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from anyue_desktop.core.divisions import divisions
from anyue_desktop.core.field_type import Context
from anyue_desktop.services.practice.book import Book
from anyue_desktop.services.practice.character import USUAL, Character
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.numbers import IdNumbers
from anyue_desktop.services.practice.places import Village, villages


@dataclass(frozen=True)
class Size:
    """How many people of each kind a township's registers hold; facilities follow from its villages."""

    elders: int
    children: int
    clients: int
    women: int
    residents: int  # of its home for people on 特困 support


YEAR = 12
A_VILLAGE = Size(elders=42, children=12, clients=8, women=2, residents=1)  # registers.md E.5, a seventh of it


def size_of(township: str, scale: float = 1.0) -> Size:
    """Returns the size that goes with a township's number of villages; at least one of everything."""
    count = len(divisions().children(township)) * scale
    return Size(**{name: max(1, round(one * count)) for name, one in asdict(A_VILLAGE).items()})


class Setting:
    """One township on one day, and the book its records are written into."""

    def __init__(
        self, township: str, today: date, seed: str, size: Size, character: Character = USUAL, months: int = YEAR
    ) -> None:
        self.township = township
        self.name = divisions().name(township)
        self.today = today
        self.seed = seed
        self.size = size
        self.character = character
        self.months = months  # whole ones, beside the present
        self.villages = villages(township, seed)
        self.issued = IdNumbers(township)
        self.book = Book(Context(today, township))
        self._shares = Odds({str(position): one.weight for position, one in enumerate(self.villages)})

    def draw(self, subject: str, number: int = 0) -> Draw:
        """Returns the chance of one thing of one subject, the same whatever else is made."""
        return Draw(f"{self.seed}/{self.township}/{subject}/{number}")

    def village(self, draw: Draw, number: int) -> Village:
        """Returns where the next one lives: every village has somebody, the larger ones more."""
        return self.villages[number] if number < len(self.villages) else self.villages[int(draw.of(self._shares))]
