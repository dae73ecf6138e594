"""The registers the programme keeps. A new one is a module here, a name in ALL and a migration."""

from __future__ import annotations

from anyue_desktop.core.register import Register
from anyue_desktop.registers.ability_assessment import AbilityAssessment
from anyue_desktop.registers.base import Base, Record, register_of
from anyue_desktop.registers.care_entrustment import CareEntrustment
from anyue_desktop.registers.child_case import ChildCase
from anyue_desktop.registers.child_report import ChildReport
from anyue_desktop.registers.child_risk_assessment import ChildRiskAssessment
from anyue_desktop.registers.child_visit import ChildVisit
from anyue_desktop.registers.county_manual import CountyManual
from anyue_desktop.registers.elder_case import ElderCase
from anyue_desktop.registers.elder_visit import ElderVisit
from anyue_desktop.registers.facility import Facility
from anyue_desktop.registers.facility_inspection import FacilityInspection
from anyue_desktop.registers.facility_issue import FacilityIssue
from anyue_desktop.registers.facility_month import FacilityMonth
from anyue_desktop.registers.homecare_enrolment import HomecareEnrolment
from anyue_desktop.registers.homecare_log import HomecareLog
from anyue_desktop.registers.household import Household
from anyue_desktop.registers.household_member import HouseholdMember
from anyue_desktop.registers.left_behind_woman import LeftBehindWoman
from anyue_desktop.registers.left_behind_woman_visit import LeftBehindWomanVisit
from anyue_desktop.registers.person import Person
from anyue_desktop.registers.person_benefit import PersonBenefit
from anyue_desktop.registers.person_cluster import PersonCluster
from anyue_desktop.registers.person_relation import PersonRelation
from anyue_desktop.registers.protect_staff import ProtectStaff
from anyue_desktop.registers.report_package import ReportPackage
from anyue_desktop.registers.staff_training import StaffTraining
from anyue_desktop.registers.village_year_base import VillageYearBase

ALL: tuple[type[Record], ...] = (
    Person,
    PersonRelation,
    PersonBenefit,
    AbilityAssessment,
    ElderCase,
    ElderVisit,
    ChildCase,
    CareEntrustment,
    ChildVisit,
    ChildRiskAssessment,
    ChildReport,
    Household,
    HouseholdMember,
    Facility,
    FacilityMonth,
    FacilityInspection,
    FacilityIssue,
    HomecareEnrolment,
    HomecareLog,
    LeftBehindWoman,
    LeftBehindWomanVisit,
    ProtectStaff,
    StaffTraining,
    VillageYearBase,
    CountyManual,
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
    "CareEntrustment",
    "ChildCase",
    "ChildReport",
    "ChildRiskAssessment",
    "ChildVisit",
    "CountyManual",
    "ElderCase",
    "ElderVisit",
    "Facility",
    "FacilityInspection",
    "FacilityIssue",
    "FacilityMonth",
    "HomecareEnrolment",
    "HomecareLog",
    "Household",
    "HouseholdMember",
    "LeftBehindWoman",
    "LeftBehindWomanVisit",
    "Person",
    "PersonBenefit",
    "PersonCluster",
    "PersonRelation",
    "ProtectStaff",
    "Record",
    "ReportPackage",
    "StaffTraining",
    "VillageYearBase",
]
