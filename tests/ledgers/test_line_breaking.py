from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anyue_desktop.ledgers.breaking import NOT_FIRST, NOT_LAST, break_lines
from anyue_desktop.ledgers.fonts import WidthTable

SQUARE = WidthTable(lambda character: 0.5 if character.isascii() else 1.0, {})
TEXTS = st.text(alphabet="安岳县民政局，。（）“”、12ab-*X 村", max_size=60)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("独居", 5, ["独居"]),
        ("", 5, [""]),
        ("独居、失能、重残", 6, ["独居、失能、", "重残"]),
        ("村（社区）", 4.5, ["村", "（社区）"]),
        ("与孙辈居住（隔代）", 6, ["与孙辈居住", "（隔代）"]),
        ("陈小明 139****0001", 7, ["陈小明", "139****0001"]),
        ("已电话联系子女，", 7, ["已电话联系子", "女，"]),
        ("应探访人数", 4, ["应探访", "人数"]),
        ("甲乙丙\n丁", 9, ["甲乙丙", "丁"]),
        ("512099195001011225", 5, ["5120991950", "01011225"]),
    ],
)
def test_lines_break_where_a_reader_expects(text, width, lines):
    assert break_lines(text, width, SQUARE) == lines


@settings(max_examples=300)
@given(TEXTS, st.integers(4, 12))
def test_breaking_loses_nothing_but_blanks(text, width):
    lines = break_lines(text, width, SQUARE)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@settings(max_examples=300)
@given(TEXTS, st.integers(4, 12))
def test_no_line_is_wider_than_its_room(text, width):
    assert all(SQUARE.of(line) <= width for line in break_lines(text, width, SQUARE))


@settings(max_examples=200)
@given(st.text(alphabet="安岳县民政局村社区", min_size=1, max_size=30), st.sampled_from("，。、）"))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text, mark):
    lines = break_lines(f"{text}{mark}（{text}{mark}）{text}", 6, SQUARE)
    assert not any(line[0] in NOT_FIRST for line in lines)
    assert not any(line[-1] in NOT_LAST for line in lines)
