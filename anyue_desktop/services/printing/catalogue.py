"""Every ledger: what it is about, what can be chosen, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anyue_desktop.core.sheet import Heading, Sheet
from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.form_book import FormBook
from anyue_desktop.services.printing.benefits import PAID
from anyue_desktop.services.printing.children import CHILDREN
from anyue_desktop.services.printing.elders import ROSTER, UNVISITED
from anyue_desktop.services.printing.handover import newest_handover
from anyue_desktop.services.printing.homecare import SERVED
from anyue_desktop.services.printing.listing import Listing
from anyue_desktop.services.printing.office import Office
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.summary import visits_of_month
from anyue_desktop.services.printing.visit_pages import CHILD_VISITS, ELDER_VISITS

Maker = Callable[[Office, LedgerOrder, Heading], Sheet | FormBook]
ELDERS, CHILDREN_OF, HOMECARE, FACILITIES, STAFF, BENEFITS, REPORTING = (
    "特殊困难老年人", "留守（困境）儿童", "居家养老服务", "设施", "未保人员", "待遇补贴", "上报",
)  # fmt: skip


@dataclass(frozen=True)
class Ledger:
    """One ledger."""

    number: str
    subject: str
    registers: tuple[str, ...]  # whose lists lead to it
    make: Maker
    of_village: bool = True  # can be printed of one village
    of_township: bool = True  # the county can print it, of one township or of all
    personal: bool = True  # masked unless somebody says why not
    form: bool = False  # pages that can be printed empty as well
    of_one: str = ""  # the register whose chosen record it can be printed of alone
    singly: bool = False  # only ever of one record, for a reason, by those who hold the role
    role: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return LEDGERS[self.number]


def _listed(number: str, subject: str, listing: Listing, *, of_one: str = "") -> Ledger:
    def make(office: Office, order: LedgerOrder, heading: Heading) -> Sheet:
        return listing.sheet(number, office, order, heading)

    return Ledger(number, subject, (listing.register,), make, of_one=of_one)


CATALOGUE: dict[str, Ledger] = {
    ledger.number: ledger
    for ledger in (
        _listed("L1", ELDERS, ROSTER, of_one="elder_case"),
        Ledger("L2", ELDERS, ("elder_visit",), ELDER_VISITS.make, form=True, of_one="elder_case"),
        Ledger("L3", ELDERS, (), visits_of_month, of_village=False, personal=False),
        _listed("L4", ELDERS, UNVISITED),
        _listed("L5", CHILDREN_OF, CHILDREN),
        Ledger("L6", CHILDREN_OF, ("child_visit",), CHILD_VISITS.make, form=True, of_one="child_case"),
        _listed("L8", HOMECARE, SERVED),
        _listed("L14", BENEFITS, PAID),
        Ledger(
            "L16", REPORTING, ("report_package",), newest_handover,
            of_village=False, of_township=False, personal=False,
        ),
    )
}  # fmt: skip
