"""Ledgers printed from what is registered; masking is decided here and nowhere below."""

from anyue_desktop.services.printing.service import LedgerOrder, Printing

__all__ = ["LedgerOrder", "Printing"]
