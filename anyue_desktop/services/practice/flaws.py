"""What is missing or doubtful in real files: each changes one made-up person's records, none is a logic error.

The other registers' flaws stand where they are made, so that every list of what is to be done has something on it:

- children with something missing: `child_flaws`; who reaches 16 or 18 soon, or has passed it: `families.FIRST`;
  whose visit is overdue: `Character.children_late`;
- entrustments that run out or are over: `child_papers.ENDS_SOON`, `OVER`; without paper: `UNWRITTEN_SHARE`;
- a village whose 儿童主任 has left, and one who missed every training: `Character.vacant_posts`, `staff.UNTRAINED`;
- a food licence that ends, a building site, a house out of use: `facilities.LICENCE_ENDS`, `BUILDING`, `IDLE`;
- a grave hazard, an overdue one and an open one: `inspections.LATEST`;
- a village without this year's figures: `Character.villages_without_figures`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyue_desktop.core.resident_id import CHECK_CHARACTERS, FORCED, NONE
from anyue_desktop.services.practice.lives import Life

Values = dict[str, Any]
Flaw = Callable[[Life, Values, Values], None]

EVERY, FROM = 17, 5  # one person in 17 has a flaw
CONTACT = ("emergency_name", "emergency_relation", "emergency_phone")


def no_contact(life: Life, person: Values, case: Values) -> None:
    """Nobody to call."""
    for key in CONTACT:
        del person[key]


def same_telephone(life: Life, person: Values, case: Values) -> None:
    """The contact's telephone is the person's own."""
    person.pop("phone_none", None)
    person["phone"] = person["emergency_phone"]


def no_address(life: Life, person: Values, case: Values) -> None:
    """A village without group and house."""
    for key in ("residence_address", "group_name", "same_address"):
        del person[key]


def no_document(life: Life, person: Values, case: Values) -> None:
    """The card is lost."""
    del person["id_number"]
    person |= {"id_type": NONE, "id_missing_reason": "3", "id_verified": "0", "birth_precision": "1"}


def wrong_number(life: Life, person: Values, case: Values) -> None:
    """A number that was issued wrongly long ago, as the police confirm."""
    right = person["id_number"][17]
    wrong = CHECK_CHARACTERS[CHECK_CHARACTERS.index(right) - 1]
    person |= {"id_number": person["id_number"][:17] + wrong, "id_verified": FORCED, "birth_precision": "1"}
    person["id_force_note"] = "经派出所核实为历史错号"
    person.pop("disability_cert_no", None)


def not_classified(life: Life, person: Values, case: Values) -> None:
    """A file without category."""
    del case["categories"], case["main_category"]


def nobody_responsible(life: Life, person: Values, case: Values) -> None:
    """A file without a responsible visitor."""
    for key in ("responsible_name", "responsible_type", "responsible_phone"):
        del case[key]


def no_enrolment(life: Life, person: Values, case: Values) -> None:
    """A file taken over from paper without its date."""
    if not life.left:
        del case["enrol_date"]


def alone_by_habit(life: Life, person: Values, case: Values) -> None:
    """Living conditions that contradict the category, with the reason written down."""
    case["living_arrangement"] = "3" if case["living_arrangement"] == "1" else "1"
    case["explanations"] = dict.fromkeys(("kind_01", "not_kind_01"), "子女轮流回家照料，已入户核实")


def not_assessed(life: Life, person: Values, case: Values) -> None:
    """Risk and consent were never written down."""
    del case["risk_level"], case["consent_kind"]
    case.pop("key_risk_note", None)


FLAWS: tuple[Flaw, ...] = (
    no_contact,
    same_telephone,
    no_address,
    no_document,
    wrong_number,
    not_classified,
    nobody_responsible,
    no_enrolment,
    alone_by_habit,
    not_assessed,
)


def spoil(life: Life, person: Values, case: Values) -> None:
    """Gives some of the people one flaw each."""
    if life.number % EVERY == FROM:
        FLAWS[life.number // EVERY % len(FLAWS)](life, person, case)
