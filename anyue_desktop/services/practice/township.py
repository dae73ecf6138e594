"""The old people of a made-up township, their files and a year of visits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from anyue_desktop.core.field_type import Context
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.elder_case_rules import number_prefix
from anyue_desktop.services.practice import numbers
from anyue_desktop.services.practice.agreement import adopt
from anyue_desktop.services.practice.assessments import assessments
from anyue_desktop.services.practice.benefits import benefits
from anyue_desktop.services.practice.cases import case
from anyue_desktop.services.practice.draw import Draw, Odds
from anyue_desktop.services.practice.family import relations
from anyue_desktop.services.practice.flaws import spoil
from anyue_desktop.services.practice.lives import Life, live
from anyue_desktop.services.practice.persons import person
from anyue_desktop.services.practice.places import Village, villages
from anyue_desktop.services.practice.visits import VISITED_SHARE, visits

Values = dict[str, Any]

PRACTICE_TOWNSHIP = "512021101000"  # 鸳大镇: ten villages, about the middle of the county
SEED = "练习乡镇"
TYPED, TO_REPORT = "1", "1"
REGISTER_ORDER = ("person", "elder_case", "person_relation", "person_benefit", "ability_assessment", "elder_visit")
SERIAL_WIDTH = 4


@dataclass
class PersonFile:
    """Everything kept about one made-up person: records by register, parents first."""

    life: Life
    person: Values
    case: Values
    relations: list[Values]
    benefits: list[Values]
    assessments: list[Values]
    visits: list[Values]

    def rows(self) -> Iterator[tuple[str, Values]]:
        """Returns each record with the name of its register, in an order that satisfies the references."""
        groups = ([self.person], [self.case], self.relations, self.benefits, self.assessments, self.visits)
        for register, records in zip(REGISTER_ORDER, groups, strict=True):
            for record in records:
                yield register, record


@dataclass
class PracticeTownship:
    """The records of a made-up township by register, parents first."""

    township: str
    records: dict[str, list[Values]] = field(default_factory=lambda: {name: [] for name in REGISTER_ORDER})


def people(township: str, today: date, count: int = 420, seed: str = SEED, months: int = 12) -> PracticeTownship:
    """Returns all the files at once, by register."""
    result = PracticeTownship(township)
    for one in files(township, today, count, seed, months):
        for register, record in one.rows():
            result.records[register].append(record)
    return result


def files(
    township: str,
    today: date,
    count: int = 420,
    seed: str = SEED,
    months: int = 12,
    visited: float = VISITED_SHARE,
    issued: numbers.IdNumbers | None = None,
) -> Iterator[PersonFile]:
    """Makes one person's file after another; the same arguments give the same files.

    Values are those of `core.types`, automatic ones included; of the technical columns each record has `id`,
    `township_code`, `created_at`, `source` and `report_state`. Who keeps them adds operator, `updated_at` and revision.
    """
    places = villages(township, seed)
    shares = Odds({str(position): village.weight for position, village in enumerate(places)})
    numbered = issued or numbers.IdNumbers(township)
    serials: Counter[str] = Counter()
    for number in range(count):
        draw = Draw(f"{seed}/{township}/{number}")
        village = places[number] if number < len(places) else places[int(draw.of(shares))]
        life, context = live(draw, number, village, today), Context(today, township)
        yield _file(draw, life, context, numbered, serials, months, visited)


def _file(
    draw: Draw,
    life: Life,
    context: Context,
    issued: numbers.IdNumbers,
    serials: Counter[str],
    months: int,
    visited: float,
) -> PersonFile:
    who = person(draw, life, issued.next(life.birth, life.sex))
    what = case(draw, life, who)
    family = relations(draw, life, who)
    support = benefits(draw, life, who, what)
    assessed = assessments(draw, life, who, what)
    seen = visits(draw, life, what, months, visited)
    adopt(draw, what, who, context)
    spoil(life, who, what)
    for record in (who, what, *family, *support):
        record["created_at"] = numbers.moment_of(draw, life.enrolled)
    for record in assessed:
        record["created_at"] = numbers.moment_of(draw, record["assessed_on"])
    result = PersonFile(life, who, what, family, support, assessed, seen)
    for _, record in result.rows():
        record.setdefault("source", TYPED)
        record["township_code"], record["report_state"] = context.township, TO_REPORT
    result.person = REGISTERS["person"].filled(who, context)
    result.case = REGISTERS["elder_case"].filled(what, context)
    _number(result.case, serials)
    return result


def _number(values: Values, serials: Counter[str]) -> None:
    prefix = number_prefix(values)
    serials[prefix] += 1
    values["case_no"] = f"{prefix}{serials[prefix]:0{SERIAL_WIDTH}d}"


__all__ = ["PRACTICE_TOWNSHIP", "SEED", "PersonFile", "PracticeTownship", "Village", "files", "people"]
