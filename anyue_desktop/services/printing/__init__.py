"""Ledgers printed from what is registered; masking is decided here and nowhere below."""

from anyue_desktop.ledgers.preview import PageImage
from anyue_desktop.ledgers.printed import Printed
from anyue_desktop.services.printing.service import LedgerOrder, Printing

__all__ = ["LedgerOrder", "PageImage", "Printed", "Printing"]
