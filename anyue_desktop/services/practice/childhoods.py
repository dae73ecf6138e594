"""The kinds of childhood a township looks after, and what goes with each (国发〔2016〕13号, 36号; registers.md A.3)."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.services.practice.draw import Odds

AWAY, PRISON, LOST, DEAD, APART, NEW_MARRIAGE, UNABLE = "01", "05", "08", "09", "13", "14", "15"
AT_HOME, DISABLED, ILL = "02", "03", "04"  # codelist parent_state
GRANDPARENTS, RELATIVES, NOBODY, ONE_PARENT = "1", "2", "3", "4"  # codelist actual_carer
NO_RELIEF, ALLOWANCE, SUPPORT = Odds({"0": 90, "6": 10}), Odds({"1": 1}), Odds({"2": 1})
EDGE = Odds({"4": 60, "5": 20, "7": 20})
WELL_GUARDED, SO_SO, BADLY = Odds({"1": 65, "2": 35}), Odds({"1": 25, "2": 75}), Odds({"3": 1})
DIVORCED, WIDOWED, ONE_LOST = "1", "2", "4"  # codelist single_parent_reason
SERIOUSLY_ILL, WITH_DISABILITY = "22", "60"  # codelist health_status


@dataclass(frozen=True)
class Childhood:
    """One kind: how often it is met, its types, who cares for such a child and what it is given."""

    weight: float
    types: tuple[str, ...]
    father: str
    mother: str
    carer: str
    relief: Odds = NO_RELIEF
    guarded: Odds = WELL_GUARDED
    assistance: tuple[str, ...] = ("00",)
    reason: str = ""  # codelist entrust_reason
    single: str = ""
    evidence: str = ""
    health: str = ""
    improper: tuple[str, ...] = ()
    danger: str = ""  # codelist child_report_type: what was reported
    ages: tuple[int, int] = (0, 17)
    several: bool = False  # brothers and sisters share it

    @property
    def left_behind(self) -> bool:
        """Whether the parents work away."""
        return "01" in self.types


BOTH_AWAY, ONE_AWAY = "1", "2"
ORPHAN_PAPER, NOBODY_PAPER = "儿童福利证 练{}号", "事实无人抚养儿童认定表 练{}号"
CHILDHOODS = (
    Childhood(42, ("01",), AWAY, AWAY, GRANDPARENTS, guarded=SO_SO, reason=BOTH_AWAY, ages=(1, 14), several=True),
    Childhood(7, ("01",), AWAY, AWAY, RELATIVES, guarded=SO_SO, reason=BOTH_AWAY, ages=(5, 14)),
    Childhood(9, ("01",), AWAY, UNABLE, GRANDPARENTS, guarded=SO_SO, reason=ONE_AWAY, ages=(1, 14), several=True),
    Childhood(5, ("01", "05"), AWAY, AWAY, GRANDPARENTS, ALLOWANCE, SO_SO, ("02",), BOTH_AWAY, ages=(2, 14)),
    Childhood(3, ("02",), DEAD, DEAD, RELATIVES, guarded=SO_SO, assistance=("09",), evidence=ORPHAN_PAPER),
    Childhood(4, ("03",), DEAD, LOST, GRANDPARENTS, NO_RELIEF, SO_SO, ("10",), "", WIDOWED, NOBODY_PAPER, ages=(3, 17)),
    Childhood(2, ("03",), PRISON, LOST, GRANDPARENTS, NO_RELIEF, SO_SO, ("10",), "", ONE_LOST, NOBODY_PAPER),
    Childhood(2, ("03",), DISABLED, LOST, GRANDPARENTS, NO_RELIEF, SO_SO, ("10", "11"), "", ONE_LOST, NOBODY_PAPER),
    Childhood(1, ("04",), DEAD, UNABLE, GRANDPARENTS, SUPPORT, SO_SO, ("03",), "", WIDOWED, "特困供养批复 练{}号"),
    Childhood(9, ("05",), AT_HOME, APART, ONE_PARENT, ALLOWANCE, WELL_GUARDED, ("02",), single=DIVORCED, several=True),
    Childhood(5, ("06",), AWAY, AT_HOME, ONE_PARENT, EDGE, assistance=("11",), several=True),
    Childhood(3, ("07",), AWAY, AT_HOME, ONE_PARENT, assistance=("04", "05"), health=SERIOUSLY_ILL),
    Childhood(5, ("08",), AWAY, AT_HOME, ONE_PARENT, assistance=("08",), health=WITH_DISABILITY, ages=(3, 17)),
    Childhood(2, ("05", "08"), AWAY, AT_HOME, ONE_PARENT, ALLOWANCE, assistance=("02", "07"), health=WITH_DISABILITY),
    Childhood(1, ("10",), AT_HOME, APART, ONE_PARENT, guarded=BADLY, single=DIVORCED, improper=("05",), danger="05"),
)  # fmt: skip
ALONE = Childhood(0, ("09",), PRISON, NEW_MARRIAGE, NOBODY, guarded=BADLY, improper=("08",), danger="01", ages=(13, 15))
UNATTENDED = Childhood(
    0, ("01", "09"), AWAY, AWAY, NOBODY, guarded=BADLY, reason=BOTH_AWAY, improper=("08",), danger="04", ages=(12, 13)
)
LEFT_BEHIND, ON_ALLOWANCE, HURT = CHILDHOODS[0], CHILDHOODS[9], CHILDHOODS[-1]
ALL = Odds({str(position): one.weight for position, one in enumerate(CHILDHOODS)})
