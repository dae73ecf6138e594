"""The colours of the program, for the style sheet and for what is painted by hand.

Text on its ground keeps a contrast of at least 4.5:1 (WCAG 2.1 AA).
"""

from __future__ import annotations

ACCENT = "#1A5FB4"
ACCENT_DARK = "#124A8F"
ACCENT_PALE = "#D3E3F6"
ACCENT_LIGHT = "#E9F1FB"
INK = "#1F2933"
MUTED = "#55606C"
FAINT = "#9AA5B1"
SURFACE = "#FFFFFF"
GROUND = "#F4F6F8"
HEAD = "#EDF1F5"
STRIPE = "#F9FAFC"
NAV = "#EBEFF4"
LINE = "#DCE2E9"
EDGE = "#B9C3CE"
TOP_EDGE = "#6B9ED8"
RED = "#B3261E"
RED_LIGHT = "#FDF0EF"
AMBER = "#8A5600"
AMBER_LIGHT = "#FFF6E2"
GREEN = "#1B6E3C"
GREEN_LIGHT = "#E8F5EC"

TONES = {"error": RED, "warning": AMBER, "ok": GREEN, "muted": MUTED}  # what stands out, by how grave it is


def named() -> dict[str, str]:
    """Returns the colours by the lower-case names the style sheet uses."""
    return {name.lower(): value for name, value in globals().items() if name.isupper() and isinstance(value, str)}
