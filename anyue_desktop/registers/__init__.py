"""The registers the programme keeps. A new one is a module here, a name in ALL and a migration."""

from __future__ import annotations

from anyue_desktop.core.register import Register
from anyue_desktop.registers.ability_assessment import AbilityAssessment
from anyue_desktop.registers.base import Base, Record, register_of
from anyue_desktop.registers.elder_case import ElderCase
from anyue_desktop.registers.elder_visit import ElderVisit
from anyue_desktop.registers.person import Person
from anyue_desktop.registers.person_benefit import PersonBenefit
from anyue_desktop.registers.person_relation import PersonRelation
from anyue_desktop.registers.report_package import ReportPackage

ALL: tuple[type[Record], ...] = (
    Person,
    PersonRelation,
    PersonBenefit,
    AbilityAssessment,
    ElderCase,
    ElderVisit,
    ReportPackage,
)

RECORDS: dict[str, type[Record]] = {record.__tablename__: record for record in ALL}
REGISTERS: dict[str, Register] = {name: register_of(record) for name, record in RECORDS.items()}

__all__ = [
    "ALL",
    "RECORDS",
    "REGISTERS",
    "AbilityAssessment",
    "Base",
    "ElderCase",
    "ElderVisit",
    "Person",
    "PersonBenefit",
    "PersonRelation",
    "Record",
    "ReportPackage",
]
