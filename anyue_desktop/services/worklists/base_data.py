"""What is to do for the people and households themselves (registers.md B.1)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from anyue_desktop.registers.person_rules import DEAD, FORCED, NO_DOCUMENT, RELIEF_AT_HOME, RELIEF_IN_CARE
from anyue_desktop.services.worklists.worklist import Worklist

PERSON = "person"
NOT_ASKED = "9"  # codelist willingness


def _lives(person: Any) -> ColumnElement[bool]:
    return or_(person.life_status.is_(None), person.life_status.not_in(DEAD))


def unasked(person: Any, month: str) -> ColumnElement[bool]:
    """People on 特困 support who have not been asked in the month's year whether they wish to live in a home.

    The answer of an earlier year stands until then: indicator I01 is counted from it.
    """
    on_support = person.relief_class.in_((RELIEF_AT_HOME, RELIEF_IN_CARE))
    not_asked = or_(person.central_asked_on.is_(None), person.central_asked_on < date(int(month[:4]), 1, 1))
    unanswered = or_(person.central_willing.is_(None), person.central_willing == NOT_ASKED)
    return and_(_lives(person), on_support, or_(unanswered, not_asked))


def _undocumented(person: Any, month: str) -> ColumnElement[bool]:
    return and_(_lives(person), person.id_type == NO_DOCUMENT)


def _unverified(person: Any, month: str) -> ColumnElement[bool]:
    return and_(_lives(person), person.id_verified == FORCED)


LISTS = (
    Worklist("unasked", "集中供养意愿未征询", PERSON, unasked),
    Worklist("undocumented", "无证件待落实户口", PERSON, _undocumented),
    Worklist("unverified", "号码待核实", PERSON, _unverified),
)
