"""A whole made-up township: all its registers."""

from __future__ import annotations

from datetime import date

from anyue_desktop.services.practice.base_figures import write_base_figures
from anyue_desktop.services.practice.character import USUAL, Character
from anyue_desktop.services.practice.children import write_children
from anyue_desktop.services.practice.facilities import write_facilities
from anyue_desktop.services.practice.facility_months import write_months
from anyue_desktop.services.practice.homecare import write_homecare
from anyue_desktop.services.practice.households import write_households
from anyue_desktop.services.practice.inspections import write_inspections
from anyue_desktop.services.practice.residents import write_residents
from anyue_desktop.services.practice.setting import YEAR, Setting, Size, size_of
from anyue_desktop.services.practice.staff import write_staff
from anyue_desktop.services.practice.township import SEED, PracticeTownship, files
from anyue_desktop.services.practice.women import write_women


def whole_township(
    township: str,
    today: date,
    size: Size | None = None,
    seed: str = SEED,
    *,
    character: Character = USUAL,
    months: int = YEAR,
) -> PracticeTownship:
    """Returns the records of all registers; the same arguments give the same records.

    `months` is for how many whole months visits, services and monthly reports go back; children are visited by their
    risk, over a year. The elders are those of `people`, whatever else is made.
    """
    setting = Setting(township, today, seed, size or size_of(township), character, months)
    write_staff(setting)
    elders = list(files(township, today, setting.size.elders, seed, months, character.visited, setting.issued))
    for one in elders:
        for register, record in one.rows():
            setting.book.take(register, record)
    made = write_children(setting, elders)
    write_facilities(setting)
    write_months(setting)
    write_inspections(setting)
    write_residents(setting)
    write_households(setting, elders, made)
    write_homecare(setting, elders)
    write_women(setting)
    write_base_figures(setting)
    return PracticeTownship(township, setting.book.records)
