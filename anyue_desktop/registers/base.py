"""How a register is declared: a mapped class whose columns carry their `Field`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

from sqlalchemy import ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, column_property, mapped_column

from anyue_desktop.core.field import Field, Need, Privacy
from anyue_desktop.core.field_type import FieldType
from anyue_desktop.core.register import OWNER, TOWNSHIP, Filling, Numbering, Register, Rule, Values
from anyue_desktop.core.types import Code, Division, Ref, Text
from anyue_desktop.registers.columns import Explanations, sql_type

INFO = "field"


class Base(DeclarativeBase):
    """All mapped tables, the registers and the program's own."""


@dataclass(frozen=True)
class _Declared:
    """What `field()` was told; the key is known only when the class is made."""

    label: str
    type: FieldType[Any]
    options: dict[str, Any]

    def named(self, key: str) -> Field:
        return Field(key, self.label, self.type, **self.options)


def field(
    label: str,
    type: FieldType[Any],
    *,
    need: Need = Need.OPTIONAL,
    privacy: Privacy = Privacy.PERSONAL,
    index: bool = False,
    **options: Any,
) -> MappedColumn[Any]:
    """Declares one column of a register; the options are those of `core.field.Field`."""
    declared = _Declared(label, type, {"need": need, "privacy": privacy, **options})
    parent = [ForeignKey(f"{type.target}.id", deferrable=True, initially="DEFERRED")] if isinstance(type, Ref) else []
    return mapped_column(
        sql_type(type),
        *parent,
        nullable=need is not Need.DRAFT,
        index=index or isinstance(type, Ref),
        info={INFO: declared},
    )


def derived(label: str, type: FieldType[Any], expression: Any, **options: Any) -> Any:
    """Declares a value the database works out whenever it is read; it is never stored and never travels."""
    declared = _Declared(label, type, {"need": Need.AUTO, "exported": False, **options})
    return column_property(expression, info={INFO: declared}, expire_on_flush=False)


class Record(Base):
    """What every record carries beside its own fields (registers.md B.0)."""

    __abstract__ = True

    TITLE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    RULES: ClassVar[tuple[Rule, ...]] = ()
    FILLINGS: ClassVar[tuple[Filling, ...]] = ()
    SHEET: ClassVar[tuple[str, ...]] = ()
    ORDER: ClassVar[tuple[str, ...]] = ()
    CAPTION: ClassVar[str] = "id"
    EMBEDS: ClassVar[str] = ""
    NUMBERING: ClassVar[Numbering | None] = None
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ()
    SPAN: ClassVar[tuple[str, str] | None] = None
    UNASKED: ClassVar[staticmethod[[Values], Collection[str]] | None] = None
    ROLE: ClassVar[str] = ""
    KEEPER: ClassVar[str] = TOWNSHIP

    id: Mapped[str] = mapped_column(primary_key=True)
    township_code: Mapped[str] = field(
        "所属乡镇", Division("township"), need=Need.AUTO, privacy=Privacy.PUBLIC, index=True
    )
    created_at: Mapped[str] = field("建档时间", Text(25), need=Need.AUTO, privacy=Privacy.PUBLIC)
    created_by: Mapped[str] = field("录入人", Text(36), need=Need.AUTO)
    updated_at: Mapped[str] = field("最后修改时间", Text(25), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True)
    updated_by: Mapped[str] = field("修改人", Text(36), need=Need.AUTO)
    revision: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[str | None] = mapped_column(default=None)
    source: Mapped[str] = field("数据来源", Code("data_source"), need=Need.AUTO, privacy=Privacy.PUBLIC)
    import_batch_id: Mapped[str | None] = mapped_column(default=None, index=True)
    report_state: Mapped[str] = field(
        "上报状态",
        Code("report_state"),
        need=Need.AUTO,
        privacy=Privacy.PUBLIC,
        listed=True,
        exported=False,
        index=True,
    )
    return_reason: Mapped[str | None] = field(
        "退回原因", Text(200), need=Need.AUTO, privacy=Privacy.PUBLIC, listed=True, exported=False
    )
    explanations: Mapped[dict[str, str] | None] = mapped_column(Explanations, default=None)


def table_of(mapped: type[Base]) -> Table:
    """Returns the table of a mapped class."""
    return cast(Table, mapped.__table__)


def register_of(record: type[Record]) -> Register:
    """Returns the register a mapped class declares: its own fields in the order written, then the technical ones."""
    mapper = record.__mapper__
    declared = {attribute.key: info for attribute in mapper.attrs if (info := _declaration(attribute)) is not None}
    written = [key for key in vars(record) if key in declared]
    technical = [key for key in declared if key not in written]
    return Register(
        name=record.__tablename__,
        title=record.TITLE,
        fields=tuple(_kept_by(record.KEEPER, declared[key].named(key)) for key in (*written, *technical)),
        rules=record.RULES,
        version=record.VERSION,
        sheet=record.SHEET,
        fillings=record.FILLINGS,
        order=record.ORDER,
        caption=record.CAPTION,
        embeds=record.EMBEDS,
        numbering=record.NUMBERING,
        natural_key=record.NATURAL_KEY,
        span=record.SPAN,
        unasked=record.UNASKED,
        role=record.ROLE,
        keeper=record.KEEPER,
    )


def _kept_by(keeper: str, one: Field) -> Field:
    """What a county keeps belongs to the county, not to one of its townships."""
    if one.key != OWNER or keeper == TOWNSHIP:
        return one
    return replace(one, label="所属县", type=Division(keeper))


def _declaration(attribute: Any) -> _Declared | None:
    found = attribute.info.get(INFO) or (attribute.columns[0].info.get(INFO) if hasattr(attribute, "columns") else None)
    return found if isinstance(found, _Declared) else None
