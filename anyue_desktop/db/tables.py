"""The program's own tables: operations, row history, drafts, settings and the search index of people."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from anyue_desktop.registers.base import Base


class Operation(Base):
    """One action of a person: a link of the hash chain, never changed (security.md §5)."""

    __tablename__ = "operation"

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    op: Mapped[str] = mapped_column(doc="operator id")
    act: Mapped[str]
    obj: Mapped[str] = mapped_column(Text, doc="canonical JSON: subject, batch, counts; no personal data")
    prev: Mapped[str]
    h: Mapped[str]


class History(Base):
    """What a record held before a change: the row history."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_record", "register", "record_id", "revision", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str]
    record_id: Mapped[str]
    revision: Mapped[int] = mapped_column(doc="the revision that was overwritten")
    operation: Mapped[int] = mapped_column(
        ForeignKey("operation.n", deferrable=True, initially="DEFERRED"), index=True, doc="what overwrote it"
    )
    image: Mapped[str] = mapped_column(Text, doc="JSON of all values that were not empty")
    reason: Mapped[str | None]


class DraftRow(Base):
    """An entry under way that is not saved yet, so that no keystroke is lost."""

    __tablename__ = "draft"

    register: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[str]


class Setting(Base):
    """A fact of the workspace under a name."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(Text, doc="JSON")


class PersonSearch(Base):
    """What a person is found by, in one narrow row."""

    __tablename__ = "person_search"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    pinyin: Mapped[str] = mapped_column(doc="what a result is sorted by")
    living: Mapped[bool] = mapped_column(doc="whether the record is not deleted")


GUARDS = tuple(
    f"CREATE TRIGGER keep_operation_{verb.lower()} BEFORE {verb} ON operation BEGIN SELECT RAISE(ABORT, 'kept'); END"
    for verb in ("UPDATE", "DELETE")
)
