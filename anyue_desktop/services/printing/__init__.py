"""Ledgers printed from what is registered; masking is decided here and nowhere below."""

from anyue_desktop.ledgers.catalogue import LEDGERS
from anyue_desktop.ledgers.preview import PageImage
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.services.printing.catalogue import PRINTED_REGISTERS, Ledger, ledgers_about
from anyue_desktop.services.printing.order import LedgerOrder
from anyue_desktop.services.printing.service import Printing

__all__ = [
    "LEDGERS",
    "PRINTED_REGISTERS",
    "Ledger",
    "LedgerOrder",
    "PageImage",
    "Printed",
    "Printing",
    "ledgers_about",
]
