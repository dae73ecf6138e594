"""同一人: which of the county's person records, kept by different townships, are one person.

The county's merge keeps it (docs/package-format.md, one person of two townships). It is no register: nobody enters it
and it travels nowhere. A person without a row is alone.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from anyue_desktop.registers.base import Base


class PersonCluster(Base):
    """A person record that stands for the same person as others do."""

    __tablename__ = "person_cluster"

    person_id: Mapped[str] = mapped_column(primary_key=True)
    cluster: Mapped[str] = mapped_column(index=True, doc="the smallest record id of the person")
