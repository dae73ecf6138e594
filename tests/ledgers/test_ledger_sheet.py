from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from anyue_desktop.core.sheet import Column, Sheet, cell_text, day_text, fingerprint, share_text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "—"),
        (3, 0, "—"),
        (0, 7, "0.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 8, "12.5%"),
        (7, 7, "100.0%"),
        (1999, 2000, "99.9%"),
        (9999, 10000, "99.9%"),
        (2001, 2000, "100.1%"),
        (3, 2, "150.0%"),
    ],
)
def test_a_share_has_one_decimal_and_is_whole_only_when_nobody_is_missing(part, whole, text):
    assert share_text(part, whole) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (0, "0"), ("独居", "独居"), (date(2026, 3, 1), "2026-03-01"), (Decimal("12.50"), "12.50")],
)
def test_a_cell_reads_as_on_paper(cell, text):
    assert cell_text(cell) == text


def test_a_day_not_yet_known_leaves_room_to_write_it():
    assert day_text(date(2026, 11, 3)) == "2026年11月3日"
    assert day_text(None).split() == ["年", "月", "日"]


def small(heading, *rows):
    return Sheet("L0", "小表", heading, (Column("村", 10), Column("人数", 10)), rows)


def test_a_row_of_the_wrong_length_is_refused(heading):
    with pytest.raises(ValueError, match="L0"):
        small(heading, ("土桥村", 1), ("聚宝村",))
    with pytest.raises(ValueError, match="L0"):
        replace(small(heading), totals=("合计", 1, 2))


def test_equal_content_has_an_equal_fingerprint_and_any_change_another(heading):
    one = small(heading, ("土桥村", 1))
    assert fingerprint(one) == fingerprint(small(heading, ("土桥村", 1)))
    others = [
        small(heading, ("土桥村", 2)),
        small(heading, ("土桥村", "1")),
        replace(one, title="小表二"),
        replace(one, heading=replace(heading, notice="未脱敏：核对")),
    ]
    assert len({fingerprint(sheet) for sheet in (one, *others)}) == 5
