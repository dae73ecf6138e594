"""The subjects of a township's work: which registers an officer looks for where."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.ui.places import (
    BatchPlace,
    BrowsePlace,
    DraftPlace,
    IdsPlace,
    ListPlace,
    NamedPlace,
    NewPlace,
    PersonPlace,
    Place,
    RecordPlace,
    VillagesPlace,
)

OF_COUNTY, ROLLOVER = NamedPlace("registers"), NamedPlace("rollover")


@dataclass(frozen=True)
class Shelf:
    """Registers that belong together."""

    title: str
    registers: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """One page of registers, with what is to do and to print for them."""

    name: str
    title: str
    shelves: tuple[Shelf, ...]
    yearly: bool = False  # has the year-end roll-over
    part: str = ""  # the line of the navigation it belongs to, where that opens another page

    @property
    def registers(self) -> tuple[str, ...]:
        """All its registers, in order."""
        return tuple(name for shelf in self.shelves for name in shelf.registers)

    @property
    def place(self) -> Place:
        """Where it is."""
        return NamedPlace(self.name)

    @property
    def within(self) -> Place:
        """The part of the program it belongs to."""
        return NamedPlace(self.part or self.name)


ELDERS = Subject(
    "elder_registers",
    "老年人",
    (
        Shelf("档案与探访", ("elder_case", "elder_visit")),
        Shelf("评估、待遇与关系人", ("ability_assessment", "person_benefit", "person_relation")),
    ),
    part="elders",
)
CHILDREN = Subject(
    "children",
    "儿童和妇女",
    (
        Shelf(
            "留守儿童、困境儿童",
            ("child_case", "child_visit", "care_entrustment", "child_risk_assessment", "child_report"),
        ),
        Shelf("儿童督导员、儿童主任", ("protect_staff", "staff_training")),
        Shelf("农村留守妇女", ("left_behind_woman", "left_behind_woman_visit")),
    ),
)
HOMECARE = Subject(
    "homecare",
    "居家养老",
    (Shelf("服务对象与服务", ("homecare_enrolment", "homecare_log")),),
)
FACILITIES = Subject(
    "facilities",
    "设施",
    (
        Shelf("设施与月报", ("facility", "facility_month")),
        Shelf("安全排查", ("facility_inspection", "facility_issue")),
    ),
)
BASE = Subject(
    "base",
    "基础数据",
    (
        Shelf("年度数据", ("village_year_base", "county_manual")),
        Shelf("人员与家庭", ("person", "household", "household_member")),
    ),
    yearly=True,
)
SUBJECTS: tuple[Subject, ...] = (ELDERS, CHILDREN, HOMECARE, FACILITIES, BASE)


def subject_of(register: str) -> Subject | None:
    """Returns the subject a register belongs to."""
    return next((one for one in SUBJECTS if register in one.registers), None)


def parts_of(place: Place) -> tuple[Place, ...]:
    """Returns the parts of the program a place may belong to; a township has its subjects, the county its registers."""
    register = _register(place)
    subject = subject_of(register) if register else _subject_at(place)
    parts = (subject.within,) if subject is not None else ()
    return (place, *parts, *((OF_COUNTY,) if register or isinstance(place, BrowsePlace) else ()))


def _subject_at(place: Place) -> Subject | None:
    return next((one for one in SUBJECTS if place == one.place or (one.yearly and place == ROLLOVER)), None)


def _register(place: Place) -> str:
    match place:
        case ListPlace():
            return place.query.register
        case VillagesPlace():
            return place.name.partition(".")[0]
        case IdsPlace() | PersonPlace() | RecordPlace() | NewPlace() | DraftPlace() | BatchPlace():
            return place.register
        case _:
            return ""
