"""The turn of the year by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import Desk, words_of_elder

from anyue_desktop.core.clock import FIXED_DAY


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path / "t")
    made.tells("init", "--township", "512021206", "--operator", "王芳", "--site-letter", "b")
    made.tells("add", "elder_case", *words_of_elder(2, "周春英"))
    return made


def test_a_year_can_be_looked_at_before_and_rolled_over_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED_DAY, "2026-12-20")
    looked = desk.tells("rollover", "--year", "2027", "--dry-run")
    assert looked["carried"] == [{"register": "elder_case", "title": "特殊困难老年人档案", "open": 1, "should_end": 0}]
    assert (looked["dry_run"], looked["done_on"], looked["base_year"]) == (True, "", 2026)
    assert "土桥村" in looked["villages"]
    monkeypatch.setenv(FIXED_DAY, "2027-01-06")
    assert desk.tells("rollover", "--year", "2027")["done_on"] == "2027-01-06"
    monkeypatch.setenv(FIXED_DAY, "2027-01-20")
    assert desk.tells("rollover", "--year", "2027")["done_on"] == "2027-01-06"
