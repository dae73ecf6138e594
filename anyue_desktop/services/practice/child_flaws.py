"""What is missing in children's real files; none is a logic error.

Children who should have left the list, or soon will, are in `families.FIRST`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyue_desktop.services.practice.child_cases import ChildFile

Values = dict[str, Any]
Flaw = Callable[[Values], None]

EVERY, FROM = 19, 17  # one child in 19 has a flaw
CLASS = ("school_name", "grade_class", "is_boarding")


def no_school(case: Values) -> None:
    """The school was never asked."""
    for key in CLASS:
        case.pop(key, None)
    case["school_stage"] = None


def mother_unknown(case: Values) -> None:
    """The mother is known by her state alone."""
    case.pop("mother_name", None)
    case.pop("mother_phone", None)


def no_consent(case: Values) -> None:
    """Nobody noted whether the guardian was told."""
    del case["consent_kind"]


def no_advice(case: Values) -> None:
    """Neither support nor advice is written down."""
    del case["support_advice"]
    del case["assistance_got"]


FLAWS: tuple[Flaw, ...] = (no_school, mother_unknown, no_consent, no_advice)


def spoil(child: ChildFile, number: int) -> None:
    """Gives some of the children one flaw each."""
    if number % EVERY == FROM:
        FLAWS[number // EVERY % len(FLAWS)](child.case)
