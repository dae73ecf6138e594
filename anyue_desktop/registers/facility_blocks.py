"""Which fields a facility is asked for; each type names its blocks in codelist facility_type (registers.md B.10)."""

from __future__ import annotations

from dataclasses import dataclass

from anyue_desktop.core import codes
from anyue_desktop.core.register import Values


@dataclass(frozen=True)
class Block:
    """Fields that make sense together for some types of facilities."""

    fields: tuple[str, ...]
    wanted: tuple[str, ...] = ()  # of these, what a complete record has


BLOCKS = {
    "care": Block(
        ("operation_mode", "founder", "is_regional_center", "is_smart"),
        wanted=("operation_mode", "founder"),
    ),
    "institution": Block(
        ("is_filed", "filed_on", "star_level", "is_relief_home", "meets_gbt35796", "medical_mode",
         "liability_insured", "ltci_point"),
        wanted=("is_filed", "meets_gbt35796"),
    ),
    "beds": Block(
        ("beds_total", "beds_full", "beds_day", "beds_nursing"),
        wanted=("beds_total", "beds_full", "beds_day", "beds_nursing"),
    ),
    "fire": Block(("fire_ok", "fire_note"), wanted=("fire_ok",)),
    "food": Block(("food_license", "food_license_until"), wanted=("food_license",)),
    "community": Block(
        ("households_served", "has_volunteer_site", "renovated", "in_new_estate"),
        wanted=("floor_area", "households_served", "has_volunteer_site"),
    ),
    "protect": Block(("set_mode", "funding"), wanted=("set_mode",)),
    "post": Block(("has_protect_staff",), wanted=("has_protect_staff",)),
    "capacity": Block(("capacity_other",), wanted=("capacity_other",)),
    "burial": Block(()),
}  # fmt: skip
OF_SOME_TYPES = frozenset(key for block in BLOCKS.values() for key in block.fields)


def blocks_of(facility_type: str | None) -> tuple[str, ...]:
    """Returns the blocks a type of facility is asked for."""
    return tuple(codes.code_list("facility_type").attribute(facility_type or "", "blocks", ()))


def asked(facility_type: str | None) -> frozenset[str]:
    """Returns the fields only some types are asked for that this type is."""
    return frozenset(key for name in blocks_of(facility_type) for key in BLOCKS[name].fields)


def unasked(facility: Values) -> frozenset[str]:
    """Returns the fields a facility of this type is not asked for; without a type, all that depend on it."""
    return OF_SOME_TYPES - asked(facility.get("facility_type"))


def wanted(facility_type: str | None) -> tuple[str, ...]:
    """Returns the fields a complete record of this type has beyond those of every facility."""
    return tuple(key for name in blocks_of(facility_type) for key in BLOCKS[name].wanted)
