"""Every ledger: what it is about, what can be chosen, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from anyue_desktop.core.sheet import Heading, Sheet
from anyue_desktop.db.keyslots import Role
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.form_book import FormBook
from anyue_desktop.services.printing.benefits import PAID
from anyue_desktop.services.printing.child_counts import left_behind_children
from anyue_desktop.services.printing.children import CHILDREN
from anyue_desktop.services.printing.elders import ROSTER, UNVISITED
from anyue_desktop.services.printing.facilities import COMMUNITY_SERVICE, ELDER_CARE, HAZARDS
from anyue_desktop.services.printing.handover import newest_handover
from anyue_desktop.services.printing.homecare import SERVED
from anyue_desktop.services.printing.indicators import indicators_of_month
from anyue_desktop.services.printing.listing import Listing
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.reminding import reminder
from anyue_desktop.services.printing.reports import REPORT, one_report
from anyue_desktop.services.printing.service_counts import services_of_month
from anyue_desktop.services.printing.staff import stations_and_staff
from anyue_desktop.services.printing.summary import visits_of_month
from anyue_desktop.services.printing.visit_pages import CHILD_VISITS, ELDER_VISITS
from anyue_desktop.services.printing.walks import CHILD_WALK, ELDER_WALK

Maker = Callable[[Office, LedgerOrder, Heading], Sheet | FormBook]
Numbered = Callable[[str, Office, LedgerOrder, Heading], Sheet]
ELDERS, MINORS, HOMECARE, FACILITIES, BENEFITS, REPORTING = (
    "特殊困难老年人", "留守（困境）儿童", "居家养老服务", "设施与安全", "待遇补贴", "上报",
)  # fmt: skip
PROTECT = Role.PROTECT.value


@dataclass(frozen=True)
class Ledger:
    """One ledger: what can be chosen of it, and how it is made."""

    number: str
    subject: str
    registers: tuple[str, ...]  # whose lists lead to it
    make: Maker
    of_village: bool = True  # can be printed of one village
    of_township: bool = True  # the county prints it of one township or of all
    personal: bool = True  # masked unless somebody says why not
    form: bool = False  # pages that can be printed empty as well
    of_one: str = ""  # the register whose chosen record it can be printed of alone
    singly: bool = False  # only ever of one record, for a reason
    of_children: bool = False  # names are masked as well
    role: str = ""  # who may print it
    of_periods: bool = False  # is also printed of a quarter or a year
    of_county: bool = False  # the county alone prints it

    @property
    def title(self) -> str:
        """What it is called."""
        return LEDGERS[self.number]


def _listed(number: str, subject: str, listing: Listing, *registers: str, of_one: str = "") -> Ledger:
    def make(office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
        return listing.sheet(number, office, order, heading)

    return Ledger(number, subject, registers, make, of_one=of_one, of_children=listing.of_children)


def _summed(number: str, subject: str, counted: Numbered, *registers: str, personal: bool = False) -> Ledger:
    return Ledger(number, subject, registers, _numbered(number, counted), of_village=personal, personal=personal)


def _numbered(number: str, counted: Numbered) -> Maker:
    return lambda office, order, heading: counted(number, office, order, heading)


CATALOGUE: dict[str, Ledger] = {
    ledger.number: ledger
    for ledger in (
        _listed("L1", ELDERS, ROSTER, "elder_case", of_one="elder_case"),
        Ledger("L2", ELDERS, ("elder_visit",), ELDER_VISITS.make, form=True, of_one="elder_case"),
        _summed("L3", ELDERS, visits_of_month),
        _listed("L4", ELDERS, UNVISITED),
        _listed("QD", ELDERS, ELDER_WALK),
        _listed("L5", MINORS, CHILDREN, "child_case"),
        Ledger("L6", MINORS, ("child_visit",), CHILD_VISITS.make, form=True, of_one="child_case", of_children=True),
        _summed("L7", MINORS, left_behind_children),
        _listed("QZ", MINORS, CHILD_WALK),
        _summed("L11", MINORS, stations_and_staff, "protect_staff", "staff_training", personal=True),
        Ledger(
            "L17", MINORS, (REPORT,), one_report,
            of_village=False, of_township=False, singly=True, of_children=True, role=PROTECT,
        ),
        _listed("L8", HOMECARE, SERVED, "homecare_enrolment"),
        _summed("L9", HOMECARE, services_of_month, "homecare_log"),
        _listed("L10", FACILITIES, ELDER_CARE, "facility", "facility_month"),
        _listed("L12", FACILITIES, COMMUNITY_SERVICE),
        _listed("L13", FACILITIES, HAZARDS, "facility_inspection", "facility_issue"),
        _listed("L14", BENEFITS, PAID, "person_benefit"),
        Ledger("L15", REPORTING, (), _numbered("L15", indicators_of_month), personal=False, of_periods=True),
        Ledger(
            "CB", REPORTING, (), reminder, of_village=False, of_township=False, personal=False, of_county=True
        ),
        Ledger(
            "L16", REPORTING, ("report_package",), newest_handover,
            of_village=False, of_township=False, personal=False,
        ),
    )
}  # fmt: skip

PRINTED_REGISTERS = tuple(name for ledger in CATALOGUE.values() for name in ledger.registers)


def ledger_of(register: str) -> Ledger | None:
    """Returns the ledger that a register's list leads to, or None."""
    return next((one for one in CATALOGUE.values() if register in one.registers), None)


def ledgers_about(registers: Collection[str]) -> list[Ledger]:
    """Returns the ledgers of the subjects that these registers are of, also those no list leads to."""
    subjects = {one.subject for one in CATALOGUE.values() if not set(one.registers).isdisjoint(registers)}
    return [one for one in CATALOGUE.values() if one.subject in subjects and not one.singly]
