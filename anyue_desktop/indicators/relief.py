"""特困人员 cared for in a home: of those who wish it (I01), of those who cannot look after themselves (I18)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from anyue_desktop.indicators.indicator import Formula
from anyue_desktop.indicators.scope import Scope
from anyue_desktop.indicators.sides import Counted, Rows, gives
from anyue_desktop.registers import AbilityAssessment, Person
from anyue_desktop.registers.person_rules import DEAD, RELIEF_AT_HOME, RELIEF_IN_CARE

PERSON = "person"
ON_RELIEF = (RELIEF_AT_HOME, RELIEF_IN_CARE)
RURAL = "1"  # codelist hukou_kind
WILLING, UNWILLING = "1", "2"  # codelist willingness
CANNOT, NOT_ASSESSED = "3", "9"  # codelist self_care_level


def alive(scope: Scope) -> ColumnElement[bool]:
    """Not dead by the day of judgement; one without a date of death is."""
    dead = and_(
        func.coalesce(Person.life_status, "").in_(DEAD),
        or_(Person.death_date.is_(None), Person.death_date <= scope.as_of),
    )
    return and_(Person.deleted_at.is_(None), not_(dead))


def persons(scope: Scope, *conditions: Any) -> Select[Any]:
    """The living persons that fulfil the conditions."""
    found = gives(Person.id, Person.township_code, Person.residence_division, person=Person.id)
    return found.where(alive(scope), *conditions)


def of_persons(*conditions: Any) -> Rows:
    """A side of living persons, each counting once."""
    return Rows(PERSON, lambda scope: persons(scope, *conditions), Counted.PERSONS)


def self_care(scope: Scope) -> Any:
    """What the newest assessment up to the day says of a person's self-care (特困人员认定办法, six items)."""
    found = (
        select(AbilityAssessment.self_care_level)
        .where(
            AbilityAssessment.person_id == Person.id,
            AbilityAssessment.deleted_at.is_(None),
            AbilityAssessment.self_care_level.is_not(None),
            AbilityAssessment.self_care_level != NOT_ASSESSED,
            func.coalesce(AbilityAssessment.assessed_on, date.min) <= scope.as_of,
        )
        .order_by(AbilityAssessment.assessed_on.desc().nulls_last(), AbilityAssessment.id.desc())
        .limit(1)
    )
    return found.scalar_subquery()


def _unable(*classes: str) -> Rows:
    return Rows(
        PERSON,
        lambda scope: persons(scope, Person.relief_class.in_(classes), self_care(scope) == CANNOT),
        Counted.PERSONS,
    )


RURAL_RELIEF = and_(Person.relief_class.in_(ON_RELIEF), Person.hukou_kind == RURAL)
WISHING = and_(RURAL_RELIEF, Person.central_willing == WILLING)


def _counted(session: Session, scope: Scope, *conditions: Any) -> int:
    return int(of_persons(*conditions).total(session, scope).amount)


def wishes(session: Session, scope: Scope) -> Iterator[str]:
    """Who does not wish it, who was not asked, and whose wish is of an earlier year: it is asked every year."""
    unwilling = _counted(session, scope, RURAL_RELIEF, Person.central_willing == UNWILLING)
    asked = (WILLING, UNWILLING)
    unasked = _counted(session, scope, RURAL_RELIEF, func.coalesce(Person.central_willing, "").not_in(asked))
    this_year = and_(Person.central_asked_on.is_not(None), Person.central_asked_on >= date(scope.year, 1, 1))
    earlier = _counted(session, scope, WISHING, not_(this_year))
    unknown = _counted(session, scope, Person.relief_class.in_(ON_RELIEF), Person.hukou_kind.is_(None))
    yield from _said((unwilling, "人无意愿"), (unasked, "人未征询意愿"))
    if earlier:
        yield f"{earlier}人的意愿不是{scope.year}年征询的"
    if unknown:
        yield f"{unknown}名特困人员没有填户口性质，没有计入"


UNASSESSED = Rows(
    PERSON,
    lambda scope: persons(scope, Person.relief_class.in_(ON_RELIEF), self_care(scope).is_(None)),
    Counted.PERSONS,
)


def unassessed(session: Session, scope: Scope) -> Iterator[str]:
    """特困人员 without an assessment that says whether they can look after themselves."""
    left = UNASSESSED.total(session, scope).amount
    if left:
        yield f"{left}名特困人员没有评估生活自理能力，没有计入"


def _said(*parts: tuple[int, str]) -> Iterator[str]:
    said = "，".join(f"{count}{words}" for count, words in parts if count)
    if said:
        yield f"另有{said}"


FORMULAS = {
    "I01": Formula(of_persons(WISHING, Person.relief_class == RELIEF_IN_CARE), of_persons(WISHING), notes=(wishes,)),
    "I18": Formula(_unable(RELIEF_IN_CARE), _unable(*ON_RELIEF), notes=(unassessed,)),
}
