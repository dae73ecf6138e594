"""What the indicators were when a month was reported: figures that later entries no longer change."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from anyue_desktop.registers.base import Base


class FrozenMonth(Base):
    """The figures of one month as they were at one moment; a month may be frozen more than once, the newest counts."""

    __tablename__ = "frozen_month"

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(index=True)
    rules: Mapped[int] = mapped_column(doc="the version of the formulas")
    basis: Mapped[str] = mapped_column(Text, doc="JSON: the 口径 by key")
    figures: Mapped[str] = mapped_column(Text, doc="JSON: indicator → value, numerator, denominator")
    at: Mapped[str]
    by: Mapped[str] = mapped_column(doc="login of the operator")
    sealed: Mapped[bool] = mapped_column(doc="whether a package was sealed with these figures")


__all__ = ["FrozenMonth"]
