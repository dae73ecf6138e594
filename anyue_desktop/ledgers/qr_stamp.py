"""The QR code by which a printed page can be matched with what the program kept."""

from __future__ import annotations

from anyue_desktop.ledgers.ink import Ink

SIDE_MM = 14.0
_NAME = "qr"


def define_qr(ink: Ink, text: str, x: float, y: float) -> None:
    """Makes the QR code of a text, to be stamped on every page with its upper left corner at this place."""
    from reportlab.graphics.barcode import qrencoder  # noqa: PLC0415 - takes 0.2 s that only printing should pay

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    cell = SIDE_MM / len(code.modules)
    corners = (
        (x + column * cell, y + row * cell)
        for row, modules in enumerate(code.modules)
        for column, black in enumerate(modules)
        if black
    )
    with ink.define(_NAME):
        ink.squares(corners, cell)


def stamp_qr(ink: Ink) -> None:
    """Puts the QR code on this page."""
    ink.stamp(_NAME)


def qr_text(ledger: str, print_number: str, digest: str) -> str:
    """Returns what the QR code of a printing says: capitals and digits only, which keeps it coarse and easy to read."""
    return f"AYTZ:{ledger}:{print_number}:{digest}".upper()
