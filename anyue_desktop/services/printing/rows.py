"""The rows of the elder ledgers, from list values; masked unless told otherwise (registers.md H.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from anyue_desktop.core import codes
from anyue_desktop.core.dates import age_on
from anyue_desktop.core.masking import mask
from anyue_desktop.core.phones import mask_phone
from anyue_desktop.ledgers.roster import RosterRow
from anyue_desktop.ledgers.unvisited import UnvisitedRow
from anyue_desktop.ledgers.visit_record import VisitSheet
from anyue_desktop.registers import REGISTERS

CASE, VISIT = "elder_case", "elder_visit"
PERSON_PATHS = (
    "name", "sex", "birth_date", "id_number", "residence_division", "group_name", "residence_address", "phone",
    "disability_type", "disability_grade", "emergency_name", "emergency_phone", "remark",
)  # fmt: skip
CASE_PATHS = (
    *(f"person.{key}" for key in PERSON_PATHS), "categories", "self_care_level", "living_arrangement",
    "responsible_name", "responsible_phone", "enrol_date", "last_visit_date",
)  # fmt: skip
VISIT_KEYS = (
    "visit_date", "visit_time", "visitor_name", "visitor_type", "companion", "visit_method", "visit_result", "health",
    "health_note", "mental", "safety_issues", "hygiene", "housing", "needs", "needs_note", "actions", "referral_to",
    "follow_up", "follow_up_due", "follow_up_done_on", "follow_up_result",
)  # fmt: skip
VISIT_PATHS = (*VISIT_KEYS, *(f"case.{path}" for path in CASE_PATHS if path != "last_visit_date"))
SHORT_CATEGORY = "老年人"


@dataclass(frozen=True)
class Teller:
    """Shows values as a ledger may show them."""

    unmasked: bool
    as_of: date

    def say(self, row: Mapping[str, Any], path: str, prefix: str = "") -> str:
        """Returns the text of a value, masked where its field asks for it."""
        value = row.get(prefix + path)
        if value is None:
            return ""
        register, key = (REGISTERS["person"], path[7:]) if path.startswith("person.") else (REGISTERS[CASE], path)
        field = register.field(key)
        return field.type.show(value) if self.unmasked else mask(field, value)

    def age(self, born: date | None) -> int | None:
        """Returns the age on the ledger's day."""
        return age_on(born, self.as_of) if born else None

    def contact(self, name: str | None, phone: str | None) -> str:
        """Returns a name with its telephone number."""
        number = (phone if self.unmasked else mask_phone(phone)) if phone else ""
        return " ".join(part for part in (name or "", number) if part)


def short_categories(values: Sequence[str] | None) -> str:
    """Returns the categories without the word every one of them ends in: 独居、失能."""
    known = codes.code_list("elderly_category")
    return "、".join(known.show(code).removesuffix(SHORT_CATEGORY) for code in values or ())


def roster_row(row: Mapping[str, Any], tell: Teller) -> RosterRow:
    """Returns one line of L1."""
    disability = tell.say(row, "person.disability_type") + tell.say(row, "person.disability_grade")
    return RosterRow(
        village=tell.say(row, "person.residence_division"),
        group=row["person.group_name"] or "",
        name=row["person.name"],
        sex=tell.say(row, "person.sex"),
        age=tell.age(row["person.birth_date"]),
        id_number=tell.say(row, "person.id_number"),
        categories=short_categories(row["categories"]),
        self_care=_short("self_care_level", row["self_care_level"]),
        disability=disability,
        living=tell.say(row, "living_arrangement"),
        phone=tell.say(row, "person.phone"),
        emergency_contact=tell.contact(row["person.emergency_name"], row["person.emergency_phone"]),
        responsible=tell.contact(row["responsible_name"], row["responsible_phone"]),
        enrolled_on=row["enrol_date"],
        remark=row["person.remark"] or "",
    )


def unvisited_row(row: Mapping[str, Any], tell: Teller, reasons: Mapping[str, str]) -> UnvisitedRow:
    """Returns one line of L4; the days are counted to the ledger's day."""
    last = row["last_visit_date"]
    return UnvisitedRow(
        village=tell.say(row, "person.residence_division"),
        name=row["person.name"],
        age=tell.age(row["person.birth_date"]),
        categories=short_categories(row["categories"]),
        last_visit=last,
        days=(tell.as_of - last).days if last else None,
        responsible=tell.contact(row["responsible_name"], row["responsible_phone"]),
        reason=reasons.get(row["id"], ""),
    )


def visit_sheet(row: Mapping[str, Any], tell: Teller) -> VisitSheet:
    """Returns one page of L2 with a visit's answers."""
    return VisitSheet(
        **_person_part(row, tell, "case."),
        visit_date=row["visit_date"],
        visit_time=row["visit_time"] or "",
        visitor=row["visitor_name"] or "",
        visitor_type=codes.code_list("visitor_type").show(row["visitor_type"]) if row["visitor_type"] else "",
        companion=row["companion"] or "",
        method=row["visit_method"] or "",
        result=row["visit_result"] or "",
        health=row["health"] or "",
        health_note=row["health_note"] or "",
        mental=row["mental"] or "",
        safety_issues=row["safety_issues"] or (),
        hygiene=row["hygiene"] or "",
        housing=row["housing"] or "",
        needs=row["needs"] or (),
        needs_note=row["needs_note"] or "",
        actions=row["actions"] or (),
        referral_to=row["referral_to"] or "",
        follow_up=row["follow_up"] or "",
        follow_up_due=row["follow_up_due"],
        done_on=row["follow_up_done_on"],
        outcome=row["follow_up_result"] or "",
    )


def blank_sheet(row: Mapping[str, Any], tell: Teller) -> VisitSheet:
    """Returns a page of L2 to take to the village: the person filled in, the answers empty."""
    return VisitSheet(**_person_part(row, tell, ""))


def _person_part(row: Mapping[str, Any], tell: Teller, prefix: str) -> dict[str, Any]:
    def at(path: str) -> Any:
        return row.get(prefix + path)

    say: Callable[[str], str] = lambda path: tell.say(row, path, prefix)  # noqa: E731 - a short name for one call
    village = say("person.residence_division")
    return {
        "name": at("person.name") or "",
        "sex": say("person.sex"),
        "age": tell.age(at("person.birth_date")),
        "id_number": say("person.id_number"),
        "phone": say("person.phone"),
        "address": village + (at("person.group_name") or "") + say("person.residence_address"),
        "living": say("living_arrangement"),
        "categories": short_categories(at("categories")),
        "self_care": _short("self_care_level", at("self_care_level")),
        "emergency_contact": tell.contact(at("person.emergency_name"), at("person.emergency_phone")),
        "responsible": tell.contact(at("responsible_name"), at("responsible_phone")),
    }


def _short(list_name: str, code: str | None) -> str:
    item = codes.code_list(list_name).item(code) if code else None
    return item.short_name if item else ""
