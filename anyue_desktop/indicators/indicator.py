"""An indicator: the county plan's facts and the two sets of people or places behind the number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

NO_VALUE = "—"
EDGE = {Decimal(100): Decimal("99.9"), Decimal(0): Decimal("0.1")}  # never rounded onto


@dataclass(frozen=True)
class Scope:
    """What an indicator is computed for."""

    month: str  # YYYY-MM
    township: str = ""  # 12-digit code; empty for all the workspace holds
    village: str = ""  # 12-digit code; empty for all villages


Behind = Callable[[Scope], Select[Any]]  # the distinct records, by id, behind a number


@dataclass(frozen=True)
class Indicator:
    """One row of the plan (安府办发〔2023〕10号 专栏1 and the body text)."""

    id: str
    name: str
    target: Decimal
    unit: str
    attribute: str  # 约束性 | 预期性 | 未注明
    register: str  # the register of the records behind the number
    numerator: Behind
    denominator: Behind


@dataclass(frozen=True)
class Measured:
    """An indicator's value for one scope; `rate` is None when the denominator is 0."""

    indicator: Indicator
    numerator: int
    denominator: int

    @property
    def rate(self) -> Decimal | None:
        """Percent with 1 decimal, never rounded to 100.0 or 0.0 when it is not (registers.md F.5)."""
        if self.denominator == 0:
            return None
        exact = Decimal(self.numerator) * 100 / self.denominator
        shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return EDGE.get(shown, shown) if shown != exact else shown

    @property
    def text(self) -> str:
        """The value as printed."""
        return NO_VALUE if self.rate is None else f"{self.rate}{self.indicator.unit}"

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a value."""
        return None if self.denominator == 0 else self.missing == 0

    @property
    def missing(self) -> int:
        """How many more people or places the target needs."""
        needed = -(-self.denominator * self.indicator.target // 100)
        return max(0, int(needed) - self.numerator)


def measure(session: Session, indicator: Indicator, scope: Scope) -> Measured:
    """Counts the records behind both numbers."""
    return Measured(
        indicator, _count(session, indicator.numerator(scope)), _count(session, indicator.denominator(scope))
    )


def _count(session: Session, behind: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(behind.order_by(None).subquery())) or 0
