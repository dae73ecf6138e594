"""The facts of one made-up life, drawn before any record is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from anyue_desktop.core.dates import age_on
from anyue_desktop.services.practice import numbers, words
from anyue_desktop.services.practice.difficulty import ALL, AWAY, DIFFICULTIES, NEAR, NONE, Difficulty
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.places import Village

FEMALE_SHARE = 0.56
AGES = Odds({"60": 26, "70": 42, "80": 26, "90": 6})
OLDEST = 98
ENROLLED_YEARS = 4
RARE_EVERY, RARE_FROM = 29, 11  # one name in 29 is hard to type or to print
DIED, ENTERED_HOME, MOVED, WITH_CHILDREN = "01", "02", "03", "04"
EXITS = Odds({DIED: 45, ENTERED_HOME: 25, MOVED: 12, WITH_CHILDREN: 18})
EXIT_SHARE = 0.04
SPOUSE, NEPHEW, NEIGHBOUR = "10", "93", "99"
SONS, DAUGHTERS = ("22", "23", "24"), ("32", "33", "34")
FREQUENCY_AWAY, FREQUENCY_NEAR = Odds({"4": 4, "3": 4, "5": 2}), Odds({"1": 3, "2": 4, "3": 3})


@dataclass(frozen=True)
class Relative:
    """Somebody who belongs to the old person."""

    name: str
    relation: str
    phone: str
    away: bool
    place: str
    frequency: str


@dataclass(frozen=True)
class Life:
    """One old person as the township knows them."""

    number: int
    name: str
    sex: str
    birth: date
    difficulty: Difficulty
    village: Village
    enrolled: date
    left: date | None
    exit_reason: str | None
    relatives: tuple[Relative, ...]
    today: date

    @property
    def age(self) -> int:
        """Years of age today."""
        return age_on(self.birth, self.today)


def live(draw: Draw, number: int, village: Village, today: date) -> Life:
    """Draws a life."""
    difficulty = DIFFICULTIES[int(draw.of(ALL))]
    name, sex = _name(draw, number)
    birth = _birth(draw, difficulty.least_age, today)
    enrolled = _enrolled(draw, birth, today)
    left, reason = _exit(draw, enrolled, today)
    return Life(
        number, name, sex, birth, difficulty, village, enrolled, left, reason, _relatives(draw, name, difficulty), today
    )


def _name(draw: Draw, number: int) -> tuple[str, str]:
    if number % RARE_EVERY == RARE_FROM:
        return words.RARE_NAMES[number // RARE_EVERY % len(words.RARE_NAMES)]
    sex = "2" if draw.chance(FEMALE_SHARE) else "1"
    return words.full_name(draw, sex), sex


def _birth(draw: Draw, least_age: int, today: date) -> date:
    age = max(min(int(draw.of(AGES)) + draw.below(10), OLDEST), least_age + draw.below(6))
    return today - timedelta(days=int(age * 365.25) + 1 + draw.below(364))


def _enrolled(draw: Draw, birth: date, today: date) -> date:
    of_age = birth + timedelta(days=int(60 * 365.25) + 2)
    earliest = today - timedelta(days=150 if draw.chance(0.08) else 365 * ENROLLED_YEARS)
    enrolled = draw.day(min(max(earliest, of_age), today), today - timedelta(days=20) if of_age < today else today)
    return max(enrolled, min(of_age, today))


def _exit(draw: Draw, enrolled: date, today: date) -> tuple[date | None, str | None]:
    first = max(enrolled + timedelta(days=40), today - timedelta(days=330))
    if first >= today or not draw.chance(EXIT_SHARE):
        return None, None
    return draw.day(first, today), draw.of(EXITS)


def _relatives(draw: Draw, name: str, difficulty: Difficulty) -> tuple[Relative, ...]:
    found = []
    if difficulty.living == "2":
        found.append(_relative(draw, words.full_name(draw, draw.one("12")), SPOUSE, away=False))
    if difficulty.children == NONE:
        relation = draw.one((NEPHEW, NEPHEW, NEIGHBOUR))
        found.append(_relative(draw, _kin(draw, name, "1"), relation, away=False))
        return tuple(found)
    for position in range(draw.between(1, 3)):
        sex = draw.one("12")
        away = difficulty.children == AWAY or (position > 0 and draw.chance(0.5))
        relation = (SONS if sex == "1" else DAUGHTERS)[position]
        found.append(_relative(draw, _kin(draw, name, sex), relation, away=away))
    return tuple(found)


def _kin(draw: Draw, name: str, sex: str) -> str:
    if draw.chance(0.3):  # many mothers' children carry another surname
        return words.full_name(draw, sex, young=True)
    return name[0] + words.given_name(draw, sex, young=True)


def _relative(draw: Draw, name: str, relation: str, *, away: bool) -> Relative:
    place = draw.one(words.WORK_PLACES) if away else ""
    frequency = draw.of(FREQUENCY_AWAY if away else FREQUENCY_NEAR)
    return Relative(name, relation, numbers.phone(draw, numbers.FAMILY), away, place, frequency)


def has_children(life: Life) -> bool:
    """Whether any child lives."""
    return life.difficulty.children in (NEAR, AWAY)
