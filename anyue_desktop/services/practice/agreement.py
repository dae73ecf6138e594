"""Makes most files of the practice township agree with the rules' proposals; a few are left to be adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from anyue_desktop.core.field_type import Context
from anyue_desktop.core.register import Entry
from anyue_desktop.registers import REGISTERS
from anyue_desktop.registers.elder_case_rules import categories_agree, twice_a_month, usual_answers
from anyue_desktop.services.practice.draw import Draw

Values = dict[str, Any]
CASE = "elder_case"
LEFT_TO_THE_OFFICER = 0.04
MOST_PROPOSALS = 6


class _Household:
    """The one person of a file."""

    def __init__(self, person: Values) -> None:
        self._person = person

    def parent(self, register: str, identity: str) -> Values | None:
        return self._person if register == "person" else None

    def others(self, register: str, match: Mapping[str, Any]) -> Sequence[Values]:
        return ()


def adopt(draw: Draw, case: Values, person: Values, context: Context) -> None:
    """Takes over what the rules propose for categories and interval."""
    if draw.chance(LEFT_TO_THE_OFFICER):
        return
    neighbours = _Household(person)
    case |= usual_answers(Entry(REGISTERS[CASE], case, context, neighbours))
    for _ in range(MOST_PROPOSALS):
        entry = Entry(REGISTERS[CASE], case, context, neighbours)
        proposed = (one for rule in (categories_agree, twice_a_month) for one in rule(entry) if one.suggestion)
        found = next(proposed, None)
        if found is None:
            return
        case |= found.suggestion
