"""How the models and the database are compared when a migration is drafted or checked."""

from __future__ import annotations

from typing import Any

from sqlalchemy.types import TypeDecorator

from anyue_desktop.db import exchange_tables, indicator_tables, tables
from anyue_desktop.registers import Base

MODULES = (tables, exchange_tables, indicator_tables)  # imported so that their tables are known


def render_item(kind: str, item: Any, _: Any) -> str | bool:
    """Writes the program's own column types as what they are in the database."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


COMPARING: dict[str, Any] = {
    "target_metadata": Base.metadata,
    "compare_type": True,
    "compare_server_default": True,
    "render_as_batch": True,
    "render_item": render_item,
    "transactional_ddl": False,  # the caller holds the one transaction around all steps
}
