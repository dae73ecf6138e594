"""Facts of the workspace kept under a name, as JSON."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from anyue_desktop.db.tables import Setting


def read_setting(session: Session, key: str, default: Any = None) -> Any:
    """Returns a setting's value, or the default if it was never set."""
    row = session.get(Setting, key)
    return default if row is None else json.loads(row.value)


def write_setting(session: Session, key: str, value: Any) -> None:
    """Sets a value; belongs into `Store.work`."""
    session.merge(Setting(key=key, value=json.dumps(value, ensure_ascii=False, sort_keys=True)))
