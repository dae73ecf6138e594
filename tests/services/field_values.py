"""Values a field may hold, for tests that try many: good ones by field type, and JSON no field wants."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from anyue_desktop.core import types
from anyue_desktop.core.dates import EARLIEST
from anyue_desktop.core.divisions import TOWNSHIP, divisions
from anyue_desktop.core.resident_id import check_character

TODAY = date(2026, 11, 23)
PLAIN = st.text("甲乙丙丁王李村社血压正常0123456789abc", min_size=1, max_size=12)
DAYS = st.dates(EARLIEST, TODAY)
TIMES = st.times().map(lambda time: f"{time:%H:%M}")
IDS = st.uuids().map(str)
UNITS = [
    one.code for township in divisions().townships()[:3] for one in (township, *divisions().children(township.code))
]
CARDS = [first + check_character(first) for first in ("51209919460105001", "51209919460105002", "51209919500101003")]
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["", "1", "01", "X", "2026-13-01", " 甲", "无"])
    | PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PLAIN, inner, max_size=2),
    max_leaves=4,
)


def good(kind: Any) -> st.SearchStrategy[Any]:  # noqa: C901 - one line a type
    """Returns values that `check` allows."""
    match kind:
        case types.Code():
            return st.sampled_from(kind.list.codes)
        case types.Codes():
            codes = st.sets(st.sampled_from([one for one in kind.list.codes if one != kind.exclusive]), min_size=1)
            return codes.map(kind.list.in_order)
        case types.Date():
            return DAYS
        case types.Division():
            level = kind.level
            return st.sampled_from(
                [one for one in UNITS if level is None or one.endswith("000") == (level == TOWNSHIP)]
            )
        case types.Integer():
            return st.integers(kind.low, kind.high)
        case types.Number():
            return _numbers(kind)
        case types.YesNo():
            return st.booleans()
        case types.Ref():
            return IDS
        case types.Refs():
            return st.sets(IDS, min_size=1, max_size=3).map(sorted).map(tuple)
        case types.Text():  # and groups
            return PLAIN.map(lambda text: text[: kind.max_length])
        case _:
            return FORMED[type(kind)]


FORMED: dict[type, st.SearchStrategy[Any]] = {
    types.Moment: st.tuples(DAYS, TIMES).map(lambda parts: f"{parts[0].isoformat()} {parts[1]}"),
    types.Month: DAYS.map(lambda day: f"{day:%Y-%m}"),
    types.Name: st.text("王李张刘陈芳伟娜敏静", min_size=2, max_size=4),
    types.Phone: st.integers(10**9, 10**10 - 1).map(lambda number: f"13{number % 10**9:09}"),
    types.ResidentId: st.sampled_from(CARDS),
    types.TimeOfDay: TIMES,
}


def _numbers(kind: types.Number) -> st.SearchStrategy[Decimal]:
    top = min(Decimal(kind.high), Decimal(10) ** (kind.digits - kind.places) - 1)
    return st.decimals(Decimal(kind.low), top, places=kind.places)
