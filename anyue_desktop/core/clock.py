"""The one place that asks what time it is."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone

from anyue_desktop.core.errors import UserError

BEIJING = timezone(timedelta(hours=8))
FIXED_DAY = "ANYUE_TODAY"


def now() -> datetime:
    """Returns the present moment in Beijing time; `ANYUE_TODAY=YYYY-MM-DD` fixes its day."""
    actual = datetime.now(BEIJING)
    fixed = os.environ.get(FIXED_DAY)
    if not fixed:
        return actual
    try:
        day = date.fromisoformat(fixed)
    except ValueError as error:
        raise UserError(f"环境变量 {FIXED_DAY} 的值“{fixed}”不是日期", "请写成 2026-11-23 这样的形式") from error
    return datetime.combine(day, actual.timetz())


def today() -> date:
    """Returns the present day in Beijing."""
    return now().date()


def stamp(moment: datetime | None = None) -> str:
    """Returns `YYYY-MM-DDThh:mm:ss+08:00`, the form kept in every record."""
    return (moment or now()).astimezone(BEIJING).isoformat(timespec="seconds")


def utc_stamp(moment: datetime | None = None) -> str:
    """Returns `YYYY-MM-DDThh:mm:ssZ`, the form used in signed manifests."""
    return (moment or now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def end_of_day(day: date) -> datetime:
    """Returns the last second of a Beijing day."""
    return datetime.combine(day, time(23, 59, 59), BEIJING)
